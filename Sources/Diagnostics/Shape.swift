extension String {
    /// The text without its numbers: what a tool says twice differs in a time, a process or a name that it has drawn, and is no news.
    public var shape: String {
        var shape = ""
        var isInNumber = false
        for scalar in unicodeScalars {
            let isDigit = ("0"..."9").contains(scalar)
            if !isDigit { shape.unicodeScalars.append(scalar) } else if !isInNumber { shape.append("#") }
            isInNumber = isDigit
        }
        return shape
    }
}

extension StringProtocol {
    /// What fits of it into so many bytes of UTF-8, without half a letter at the end.
    public func beginning(ofBytes limit: Int) -> String {
        guard utf8.count > limit else { return String(self) }
        var size = 0
        return String(
            prefix {
                size += $0.utf8.count
                return size <= limit
            })
    }
}

public import Diagnostics

extension SourceText {
    /// Whatever is found wrong can be shown: it stands in the text, and drives no terminal.
    public func requireShowable(_ findings: [Finding]) {
        for finding in findings {
            require(!finding.message.isEmpty, "a finding says something")
            if let place = finding.place { requireInside(place) }
            if let fix = finding.fix { requireInside(fix) }
            require(finding.description.terminalSafe.unicodeScalars.allSatisfy(\.isHarmless), "\(finding) can be shown")
        }
    }

    private func requireInside(_ place: Place) {
        require(place.file == path, "\(place.file) is the file that was read")
        let lines = bytes.count { $0 == UInt8(ascii: "\n") } + 1
        require((1...lines).contains(place.line), "line \(place.line) of \(lines) is a line of the file")
        let columns = place.text.count + 1
        require((1...columns).contains(place.column), "column \(place.column) of \(columns) is in line \(place.line)")
        require(place.column + place.length <= columns + 1, "what is meant in line \(place.line) ends in it")
    }

    private func requireInside(_ fix: TextEdit) {
        require(fix.file == path, "\(fix.file) is the file that was read")
        require(fix.range.lowerBound >= 0 && fix.range.upperBound <= bytes.count, "\(fix.range) is in the file")
    }
}

extension Unicode.Scalar {
    fileprivate var isHarmless: Bool { self == "\n" || self == "\t" || properties.generalCategory != .control }
}

extension [Finding] {
    /// Whether the file says what it seems to say.
    public var isSound: Bool { allSatisfy { $0.severity != .error } }
}

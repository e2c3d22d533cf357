extension CorosyncConfiguration: CustomStringConvertible {
    /// The text, an entry a line, a tab for each level. Comments are not kept.
    public var description: String {
        var text = ""
        for entry in entries { entry.print(into: &text, depth: 0) }
        return text
    }
}

extension CorosyncConfiguration.Entry {
    fileprivate func print(into text: inout String, depth: Int) {
        let indent = String(repeating: "\t", count: depth)
        switch self {
        case .pair(let key, let value, _):
            // Of a carriage return at the end corosync takes one for the line's.
            let end = value.utf8.last == UInt8(ascii: "\r") ? "\r\n" : "\n"
            text += "\(indent)\(key):\(value.isEmpty ? "" : " ")\(value)\(end)"
        case .section(let name, let entries, _):
            text += "\(indent)\(name) {\n"
            for entry in entries { entry.print(into: &text, depth: depth + 1) }
            text += "\(indent)}\n"
        }
    }
}

/// `KEY=VALUE,KEY=VALUE`, the form of `vif`, `vfb` and others. As xl takes it apart: empty parameters don't count, nor blanks before
/// a key; blanks after a value belong to it.
struct DeviceParameters: Hashable, Sendable {
    struct Parameter: Hashable, Sendable {
        let key: Substring
        /// Nil without a `=`.
        let value: Substring?
    }

    let all: [Parameter]

    init(_ specification: String) {
        all = specification.utf8.split(separator: UInt8(ascii: ",")).map { bytes in
            let text = Substring(bytes.drop { $0 == UInt8(ascii: " ") })
            guard let equals = text.utf8.firstIndex(of: UInt8(ascii: "=")) else { return Parameter(key: text, value: nil) }
            return Parameter(key: text[..<equals], value: text[text.utf8.index(after: equals)...])
        }
    }

    /// Of two with one key the last one counts.
    subscript(key: String) -> String? {
        all.last { $0.key == key[...] && $0.value != nil }?.value.map { String($0) }
    }
}

extension DeviceParameters: CustomStringConvertible {
    /// The shortest text that says the same, in present spellings.
    var description: String {
        all.map { parameter in
            let key = parameter.key == "netdev" ? "gatewaydev" : parameter.key
            return parameter.value.map { "\(key)=\($0)" } ?? String(key)
        }.joined(separator: ",")
    }
}

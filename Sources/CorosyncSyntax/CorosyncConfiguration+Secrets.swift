public import Diagnostics

extension CorosyncConfiguration {
    /// The key of the cluster, where it stands in the file: "Shared key stored in configuration instead of authkey file."
    /// (corosync.conf(5))
    public static func secrets(in source: SourceText) -> [Secret] {
        guard source.range(of: "key") != nil else { return [] }
        return parse(source).configuration.entries.sections("totem").flatMap(\.entries).compactMap { entry in
            guard case .pair("key", let value, let origin) = entry, !value.isEmpty else { return nil }
            let line = source.bytes[origin.range.upperBound...].prefix { $0 != UInt8(ascii: "\n") }
            let end = line.lastIndex { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") && $0 != UInt8(ascii: "\r") }
            guard let end, line[...end].suffix(value.utf8.count).elementsEqual(value.utf8) else { return nil }
            return Secret(path: ["totem", "key"], value: value, range: end + 1 - value.utf8.count..<end + 1, notation: self.line)
        }
    }

    private static func line(_ value: String) -> String? { value.utf8.contains(UInt8(ascii: "\n")) ? nil : value }
}

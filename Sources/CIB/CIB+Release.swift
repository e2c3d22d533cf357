extension CIB {
    /// Whether a newer Pacemaker wrote it than the one that wrote the other: its tools can't change it.
    public func isNewer(than other: CIB) -> Bool {
        Self.isNewer(featureSet ?? "", other.featureSet ?? "")
            || Self.isNewer(String(schema.drop { $0 != "-" }.dropFirst()), String(other.schema.drop { $0 != "-" }.dropFirst()))
    }

    /// "3.16.1" and the like; what is no such number is not newer than anything.
    private static func isNewer(_ text: String, _ other: String) -> Bool {
        let (numbers, others) = (text.split(separator: ".").map { Int($0) }, other.split(separator: ".").map { Int($0) })
        guard !numbers.contains(nil), !others.contains(nil), !numbers.isEmpty, !others.isEmpty else { return false }
        return others.compactMap(\.self).lexicographicallyPrecedes(numbers.compactMap(\.self))
    }
}

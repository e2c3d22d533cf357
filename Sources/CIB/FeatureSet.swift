/// What the oldest node of the cluster understands: "crm_feature_set" of a CIB, which the DC writes there.
public struct FeatureSet: Hashable, Sendable, Comparable {
    private let numbers: [Int]

    public init?(_ text: String) {
        let numbers = text.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
        guard !numbers.isEmpty, numbers.allSatisfy({ $0 != nil }) else { return nil }
        self.numbers = numbers.compactMap(\.self)
    }

    /// From this one on the options `stonith-…` are called `fencing-…`; "first, the new property is looked for", and the former one where it
    /// is missing (pcs on Pacemaker's source, in its detection of fencing-watchdog-timeout).
    public static let fencingNames = FeatureSet([3, 20, 5])

    private init(_ numbers: [Int]) { self.numbers = numbers }

    public static func < (a: FeatureSet, b: FeatureSet) -> Bool { a.numbers.lexicographicallyPrecedes(b.numbers) }
}

/// What the oldest node of the cluster understands: "crm_feature_set" of a CIB, which the DC writes there.
public struct FeatureSet: Hashable, Sendable, Comparable {
    private let numbers: [Int]

    public init?(_ text: String) {
        let numbers = text.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
        guard !numbers.isEmpty, numbers.allSatisfy({ $0 != nil }) else { return nil }
        self.numbers = numbers.compactMap(\.self)
    }

    /// From this one on the options `stonith-…` are called `fencing-…`, and the former names still read where the new one is missing
    /// (Pacemaker 3.0.2).
    public static let fencingNames = FeatureSet([3, 20, 5])

    private init(_ numbers: [Int]) { self.numbers = numbers }

    public static func < (a: FeatureSet, b: FeatureSet) -> Bool { a.numbers.lexicographicallyPrecedes(b.numbers) }
}

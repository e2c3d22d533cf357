/// One of the schemas that a CIB can be written for: the `pacemaker-2.10` of `validate-with="pacemaker-2.10"`.
public struct SchemaVersion: Hashable, Sendable, Comparable, CustomStringConvertible {
    public let major: Int
    public let minor: Int

    public init(_ major: Int, _ minor: Int) {
        self.major = major
        self.minor = minor
    }

    /// - Parameter name: the value of `validate-with`. Nil for `none`, for the schemas before 1.0, and for what is no schema.
    public init?(name: String) {
        guard name.hasPrefix("pacemaker-") else { return nil }
        let numbers = name.dropFirst("pacemaker-".count).split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
        guard numbers.count == 2, let major = numbers[0], let minor = numbers[1], major > 0 else { return nil }
        self.init(major, minor)
    }

    /// All that Pacemaker 2.1 installs, the oldest first; there never was a 1.1 for CIBs to stay with.
    public static let all =
        [(1, 0), (1, 2), (1, 3)].map(SchemaVersion.init) + (0...10).map { SchemaVersion(2, $0) } + (0...9).map { SchemaVersion(3, $0) }

    public static let newest = all[all.count - 1]

    /// The one that came next, nil for the newest.
    var next: SchemaVersion? { Self.all.first { $0 > self } }

    public var description: String { "pacemaker-\(major).\(minor)" }

    public static func < (a: SchemaVersion, b: SchemaVersion) -> Bool { (a.major, a.minor) < (b.major, b.minor) }
}

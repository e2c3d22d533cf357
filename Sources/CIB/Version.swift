internal import XML

/// The version of a CIB: "admin_epoch, epoch, num_updates", compared in this order (Pacemaker Explained, "CIB Properties").
public struct Version: Hashable, Sendable, Comparable, CustomStringConvertible {
    public var adminEpoch: Int
    /// Goes up with every change of the configuration.
    public var epoch: Int
    /// Goes up with every change of the status.
    public var updates: Int

    public init(adminEpoch: Int, epoch: Int, updates: Int) {
        self.adminEpoch = adminEpoch
        self.epoch = epoch
        self.updates = updates
    }

    init(_ cib: Element) {
        self.init(
            adminEpoch: cib["admin_epoch"].flatMap { Int($0) } ?? 0, epoch: cib["epoch"].flatMap { Int($0) } ?? 0,
            updates: cib["num_updates"].flatMap { Int($0) } ?? 0)
    }

    /// What a change of the configuration makes of it.
    public var next: Version { Version(adminEpoch: adminEpoch, epoch: epoch + 1, updates: 0) }

    /// Equal for two CIBs whose configuration is the same.
    public func hasSameConfiguration(as other: Version) -> Bool {
        adminEpoch == other.adminEpoch && epoch == other.epoch
    }

    public static func < (a: Version, b: Version) -> Bool {
        (a.adminEpoch, a.epoch, a.updates) < (b.adminEpoch, b.epoch, b.updates)
    }

    public var description: String { "\(adminEpoch).\(epoch).\(updates)" }
}

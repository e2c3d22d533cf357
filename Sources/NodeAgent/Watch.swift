internal import CIB
internal import Host
internal import Observing
internal import Planning
internal import Repository

/// Tells whether the world has moved since the last look, at the price of a few stat(2) calls.
struct Watch: Sendable {
    private let settings: Settings
    private var last: [String] = []

    /// Where Pacemaker keeps the configuration: replaced by a rename whenever it changes, not when the status does.
    private static let liveCIB = "/var/lib/pacemaker/cib/cib.xml"

    init(_ settings: Settings) { self.settings = settings }

    /// - Returns: true when something is not as it was at the call before; true at the first call.
    mutating func hasMoved(_ policy: Policy) -> Bool {
        let now = stamps(policy)
        defer { last = now }
        return now != last
    }

    private func stamps(_ policy: Policy) -> [String] {
        var stamps = [FileTree().stamp(of: cib)]
        guard settings.hasHost else { return stamps }
        let tree = FileTree(root: settings.root ?? "/")
        for directory in [policy.drbdDirectory, policy.xenDirectory, NodeSecrets.directory] {
            for name in (try? tree.regularFiles(in: directory)) ?? [] {
                stamps.append(tree.stamp(of: "\(directory)/\(name)"))
            }
        }
        return stamps
    }

    private var cib: String {
        switch settings.cib {
        case .cluster: Self.liveCIB
        case .file(let path): path
        }
    }
}

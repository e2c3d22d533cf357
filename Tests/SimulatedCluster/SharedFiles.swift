internal import ClusterModel
internal import Diagnostics
internal import TestKit

/// A cluster file system: what is on it every host sees that has it mounted, and nobody else.
final class SharedFiles {
    let directory = "/cluster"
    var files: [String: SourceText] = [:]

    func holds(_ path: String) -> Bool { path.hasPrefix(directory + "/") }
}

extension Host {
    /// Whether Pacemaker has mounted the cluster's file system here.
    var isMounted: Bool { shared.map { shared in running.values.contains { $0.kind == .fileSystem(shared.directory) } } ?? false }

    /// What lies below the mount point, and vanishes when something is mounted there.
    var hidden: [String] { shared.map { own.keys.filter($0.holds).sorted() } ?? [] }

    /// What a process sees.
    var files: [String: SourceText] {
        get {
            guard let shared, isMounted else { return own }
            return own.filter { !shared.holds($0.key) }.merging(shared.files) { _, new in new }
        }
        set {
            guard let shared, isMounted else {
                own = newValue
                return
            }
            own = own.filter { shared.holds($0.key) }.merging(newValue.filter { !shared.holds($0.key) }) { _, new in new }
            shared.files = newValue.filter { shared.holds($0.key) }
        }
    }
}

extension Cluster {
    /// What a file of a host holds, or will when its file system is mounted there.
    func file(_ path: String, on host: Host) -> SourceText? {
        guard let shared, shared.holds(path) else { return host.files[path] }
        return shared.files[path]
    }

    /// The watch of each host that has it mounted sees that a file is another one, but for who did it.
    func share(_ path: String, changedBy name: NodeName) {
        guard let shared, shared.holds(path) else { return }
        for node in names.map(node) where node.name != name && node.host.isMounted { changedFiles(on: node) }
    }

    /// Something was mounted on a host, or is gone: nobody sees that but by the files.
    func remounted(_ host: Host) {
        guard shared?.files.isEmpty == false, let node = nodes[host.name] else { return }
        changedFiles(on: node)
    }

    func changedFiles(on node: Node) {
        node.changesOfFiles += 1
        moved(node.name)
    }

    /// Two parts of a cluster that don't hear each other never have it mounted both.
    func mayMount(_ host: Host) -> Bool {
        let company = partition(of: host.name)?.members ?? []
        return !nodes.values.contains { $0.host.isMounted && !company.contains($0.name) }
    }

    /// o2cb: of those that have it mounted and don't hear each other the smaller part resets itself, of two halves the one without the first host.
    func fence() {
        let mounted = names.filter { node($0).host.isMounted }
        guard let first = mounted.first else { return }
        for partition in partitions {
            let part = mounted.filter(partition.members.contains)
            let isLess = 2 * part.count < mounted.count || 2 * part.count == mounted.count && !part.contains(first)
            for name in part where isLess { cutPower(name, for: simulation.random.number(5000...60000)) }
        }
    }
}

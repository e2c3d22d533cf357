internal import DRBDSyntax
internal import Diagnostics
internal import LiveState
internal import Repository
internal import Steps

/// Changes of DRBD's files that `drbdadm adjust` would carry out at the expense of the data, or of a device in use:
/// another disk or metadata device is attached in place of the good one, another minor or node-id takes its place, a
/// resource loses its configuration while it is up.
struct DRBDHazards {
    private var found: [(resource: String, message: String)] = []
    private var wanted: Set<String> = []

    init() {}

    init(_ changes: [FileChange], wanted: Set<String>) {
        let files = changes.filter { $0.format == .drbd }
        let before = Self.resources(files.compactMap(\.old))
        let after = Self.resources(files.compactMap(\.new))
        let dropped = files.filter { $0.action == .change }.flatMap { file in
            Self.resources([file.old].compactMap(\.self)).keys.filter { !wanted.contains($0) }
        }
        let altered = before.keys.sorted().flatMap { name in
            (after[name].map { Self.differences(before[name] ?? [:], $0, of: name) } ?? []).map { (name, $0) }
        }
        found = altered + dropped.sorted().map { ($0, "DRBD resource \($0) would lose its configuration in a file that stays") }
        self.wanted = wanted
    }

    /// What is at stake. The file of a resource that is down here may change where nothing is about to start it; and one that came up with
    /// a former file is not adjusted to another disk either.
    ///
    /// - Parameter expected: the resources that may be started at any moment.
    func messages(_ conditions: Known<[String: DRBDCondition]>, expected: Set<String>) -> [String] {
        guard case .known(let up) = conditions else { return found.map(\.message) }
        let known = Set(found.map(\.resource))
        let others = up.keys.filter { wanted.contains($0) && !known.contains($0) }.sorted()
        return found.filter { up[$0.resource] != nil || expected.contains($0.resource) }.map(\.message)
            + others.compactMap { name in
                up[name]?.detachment.map { "DRBD resource \(name) is up, and not as its file says: drbdadm adjust would run \"\($0)\"" }
            }
    }

    /// What each host's volumes stand on, by the name of the resource.
    private static func resources(_ sources: [SourceText]) -> [String: [String: String]] {
        var all: [String: [String: String]] = [:]
        for resource in sources.flatMap({ DRBDConfiguration.parse($0).configuration.resources }) {
            for (index, host) in resource.hosts.enumerated() { all[resource.name, default: [:]].merge(facts(host, index)) { $1 } }
        }
        return all
    }

    private static func facts(_ host: DRBDHost, _ index: Int) -> [String: String] {
        let name: String
        if case .on(let names) = host.kind { name = names.joined(separator: " ") } else { name = "host \(index + 1)" }
        var facts = ["node-id on \(name)": host.nodeID.map(String.init) ?? ""]
        for volume in host.volumes {
            let place = "of volume \(volume.number) on \(name)"
            facts["disk \(place)"] = volume.disk ?? ""
            facts["meta-disk \(place)"] = volume.metaDisk ?? ""
            facts["minor \(place)"] = volume.device?.minor.map(String.init) ?? ""
        }
        return facts
    }

    private static func differences(_ old: [String: String], _ new: [String: String], of name: String) -> [String] {
        old.keys.sorted().compactMap { key in
            guard let now = new[key], now != old[key] else { return nil }
            return "DRBD resource \(name): \(key) would change from \"\(old[key] ?? "")\" to \"\(now)\""
        }
    }
}

extension DRBDCondition {
    /// What of its adjustment takes a device away (drbdsetup(8)).
    fileprivate var detachment: String? {
        adjustment.first { line in line.split(separator: " ").contains { ["detach", "del-minor", "down"].contains($0) } }
    }
}

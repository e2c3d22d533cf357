internal import ClusterModel
internal import Diagnostics
internal import GitStore
internal import Host
internal import NodeAgent
internal import Observing
internal import Presenting
internal import Repository

/// Plans for all clusters that one repository holds, each against a CIB in a file: one clone serves them all.
struct PlanOfAll {
    let settings: Settings
    let mirror: Mirror
    let commit: Commit
    /// Where the CIBs are: PATH.xml, or CLUSTER.xml.
    let directory: String
    let depth: EvidenceReader.Depth

    /// Pacemaker's tools run beside each other, and beside our own work.
    private static let atOnce = 4

    /// - Throws: where the repository can't be read; what is wrong with one cluster is in its entry.
    func entries() async throws -> [ClusterPlans.Entry] {
        let paths = try await self.paths()
        guard !paths.isEmpty else {
            throw Finding.error("no directory of the repository has a coxswain.yaml", remedy: "--all looks for one in each cluster's directory")
        }
        return try await withThrowingTaskGroup(of: (Int, ClusterPlans.Entry).self) { group in
            var entries = [ClusterPlans.Entry?](repeating: nil, count: paths.count)
            var next = 0
            while next < min(Self.atOnce, paths.count) { add(&next, of: paths, to: &group) }
            while let (index, entry) = try await group.next() {
                entries[index] = entry
                if next < paths.count { add(&next, of: paths, to: &group) }
            }
            return entries.compactMap(\.self)
        }
    }

    private func add(_ next: inout Int, of paths: [String], to group: inout ThrowingTaskGroup<(Int, ClusterPlans.Entry), any Error>) {
        let index = next
        next += 1
        group.addTask { (index, try await entry(paths[index])) }
    }

    /// The directories below the wanted one that hold a cluster, sorted.
    private func paths() async throws -> [String] {
        let listing = try await mirror.files(of: commit.id, under: settings.path) { path in
            path.hasSuffix("/") || path == Self.policy || path.hasSuffix("/" + Self.policy)
        }
        return listing.files.map { String($0.path.dropLast(Self.policy.count)).trimmingSlash }
    }

    private static let policy = "coxswain.yaml"

    private func entry(_ path: String) async throws -> ClusterPlans.Entry {
        var settings = self.settings.besides("all-\(path.replacing("/", with: "+"))")
        settings.path = [self.settings.path, path.isEmpty ? nil : path].compactMap(\.self).joined(separator: "/")
        if settings.path == "" { settings.path = nil }
        settings.root = nil
        let name = await DesiredReader(mirror, path: settings.path).policy(of: commit)?.policy.cluster ?? Policy.defaultCluster
        guard let file = try cib(path, name) else {
            return ClusterPlans.Entry(path, name, .unknown, because: ["\(directory) has no \(candidates(path, name).joined(separator: ", and no "))"])
        }
        settings.cib = .file(file)
        do {
            let reader = EvidenceReader(settings, mirror: mirror)
            let reading = try await reader.desired.read(commit)
            let live = try await reader.observe(as: try await Agent.node(settings), depth: depth)
            let evidence = try await reader.evidence(for: reading, head: commit, live, isFresh: true, depth: depth, leadsAlone: true)
            return ClusterPlans.Entry(path, name, evidence)
        } catch let findings as Findings {
            return ClusterPlans.Entry(path, name, .refused, because: findings.all.map(\.description))
        } catch {
            guard let findings = Failure.findings(of: error) else { throw error }
            return ClusterPlans.Entry(path, name, .unknown, because: findings.map(\.description))
        }
    }

    private func candidates(_ path: String, _ cluster: String) -> [String] {
        (path.isEmpty ? [] : ["\(path).xml"]) + ["\(cluster).xml"]
    }

    private func cib(_ path: String, _ cluster: String) throws -> String? {
        let tree = FileTree(root: directory)
        for candidate in candidates(path, cluster) where try tree.kind(of: "/" + candidate) == .regular { return tree.location(of: "/" + candidate) }
        return nil
    }
}

extension String {
    fileprivate var trimmingSlash: String { hasSuffix("/") ? String(dropLast()) : self }
}

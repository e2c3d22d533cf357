public import CIB
internal import CRMSyntax
public import Diagnostics
public import LiveState
internal import Planning
public import Repository
internal import XML

/// A cluster as a repository would declare it: the files to write, and what did not go into them.
public struct ImportedRepository: Sendable {
    public enum Layout: String, Hashable, Sendable, CaseIterable {
        /// One `crm` file for everything.
        case single
        /// One for each concern, and one for each domU with the storage that is its own.
        case split
    }

    public enum Secrets: Hashable, Sendable {
        /// The file refers to the value that the cluster, or the host, has.
        case references
        /// For what never leaves the machine.
        case values
    }

    public struct File: Hashable, Sendable {
        /// Relative to the root of the repository.
        public let path: String
        public let bytes: [UInt8]

        init(_ path: String, _ bytes: [UInt8]) {
            self.path = path
            self.bytes = bytes
        }
    }

    /// In the order of their paths.
    public let files: [File]
    public let findings: [Finding]

    /// - Parameters:
    ///   - host: the files of a host, in the directories that `Policy(importing:)` names.
    ///   - groups: the volume groups of that host.
    public init(
        _ cib: CIB, host: LiveFiles = LiveFiles(), groups: [VolumeGroup] = [], layout: Layout, secrets: Secrets = .references
    ) {
        let policy = Policy(importing: cib)
        let selection = Selection(cib, secrets)
        let objects = selection.objects
        let configuration = Self.texts(objects, in: cib, layout)
        let hostFiles = HostFiles(host, policy, secrets)
        let volumes = groups.isEmpty ? [] : ReferredVolumes(hostFiles.files).files(of: groups)
        files = (configuration.files + hostFiles.files + volumes + [File("coxswain.yaml", Array(policy.yaml.utf8))])
            .sorted { $0.path < $1.path }
        findings =
            cib.inexpressible + selection.findings + configuration.findings + hostFiles.findings
            + DomainFiles(objects, policy).missing(from: host)
    }

    private static func texts(
        _ objects: [CIBObject], in cib: CIB, _ layout: Layout
    ) -> (files: [File], findings: [Finding]) {
        var writer = StatementWriter(referenced: cib.configuration.referencedIDs)
        let split = SplitLayout(objects)
        var texts: [String: [String]] = [:]
        for object in objects.inReadingOrder {
            guard let text = writer.text(of: object) else { continue }
            texts[layout == .single ? "crm/cluster.crm" : split.path(of: object), default: []].append(text)
        }
        return (texts.map { File($0.key, Array(($0.value.joined(separator: "\n") + "\n").utf8)) }, writer.findings)
    }
}

extension [CIBObject] {
    /// Members before what holds them, resources before constraints; among the same, as in the CIB.
    fileprivate var inReadingOrder: [CIBObject] {
        enumerated().sorted { a, b in
            let (x, y) = (a.element.readingRank, b.element.readingRank)
            return x != y ? x < y : a.offset < b.offset
        }.map(\.element)
    }
}

extension CIBObject {
    private static let tags = [
        "cluster_property_set", "node", "template", "primitive", "group", "clone", "master", "bundle", "tag", "rsc_location",
        "rsc_colocation", "rsc_order", "rsc_ticket", "fencing-topology", "alert", "acl_role", "acl_user", "acl_target",
        "acl_group",
    ]

    fileprivate var readingRank: Int { id.kind.isSet ? 0 : Self.tags.firstIndex(of: element.name) ?? Self.tags.count }
}

public import CIB
internal import CRMSyntax
internal import DRBDSyntax
public import Diagnostics
internal import XenSyntax

/// What a commit wants: the objects of the CIB and the files of the hosts.
public struct DesiredState: Sendable {
    public let policy: Policy
    /// In the order of files and statements.
    public var declarations: [Declaration] { declared.all }
    /// DRBD's and Xen's files, by name.
    public private(set) var files: [HostFile]
    /// What is wrong, in every file, or not as it should be.
    private let problems: [Finding]
    /// Resources that are referred to and declared nowhere here. They may exist in the live cluster.
    public let unresolved: [UnresolvedReference]

    private let declared: Declarations
    let documents: [String: CRMDocument]
    let read: ReadFiles

    /// - Parameters:
    ///   - files: the files of the commit, their paths relative to the root of the desired state; those that are of no
    ///     concern are passed over.
    ///   - previous: another commit's state, to share what is the same.
    public init(_ files: [(path: String, text: SourceText)], reusing previous: DesiredState? = nil) {
        let reader = SourceReader(files, previous)
        let references = References(reader.declarations)
        self.init(
            reader, unresolved: references.unresolved,
            advice: references.findings + Inventory(reader.declarations, reader.read).findings)
    }

    /// The state of a commit that is in force. It was judged before it was applied, and is only read again: what it lacks
    /// by today's rules must not keep it from being the base of a comparison.
    public init(inForce files: [(path: String, text: SourceText)], reusing previous: DesiredState? = nil) {
        self.init(SourceReader(files, previous), unresolved: [], advice: [])
    }

    private init(_ reader: SourceReader, unresolved: [UnresolvedReference], advice: [Finding]) {
        policy = reader.policy
        declared = reader.declarations
        documents = reader.documents
        read = reader.read
        let resources = reader.drbdResources
        files = reader.files.map { $0.concerning(resources) }
        self.unresolved = unresolved
        problems = reader.findings + reader.declarations.findings + advice
    }

    public subscript(id: ObjectID) -> Declaration? { declared[id] }

    public func declares(_ id: ObjectID) -> Bool { declared.contains(id) }

    /// The same without the hosts' files, where there is no host to put them on.
    public func forHost(_ hasHost: Bool) -> DesiredState {
        var state = self
        if !hasHost { state.files = [] }
        return state
    }

    public var isEmpty: Bool { declarations.isEmpty && files.isEmpty }

    /// All that is wrong or worth a word.
    public var findings: [Finding] {
        problems + FormerSpelling.findings(declarations) + Conformity(declared).findings + Inventory(declared, read).thoroughFindings
    }
    /// The agents that the resources use, as far as metadata can be asked for.
    public var agents: Set<AgentName> { Set(declarations.compactMap { declared.agent(of: $0.object.element) }) }

    /// What the resources and their agents don't agree on.
    public func findings(knowing agents: [AgentName: AgentMetadata]) -> [Finding] {
        agents.isEmpty ? [] : AgentRules(declared, knowing: agents).findings
    }

    public var errors: [Finding] { problems.filter { $0.severity == .error } }
    public var warnings: [Finding] { problems.filter { $0.severity == .warning } }
}

/// A file that belongs onto every host.
public struct HostFile: Hashable, Sendable {
    public enum Format: String, Hashable, Sendable { case drbd, xen }

    public let format: Format
    /// The name within the directory that the policy gives for the format.
    public let name: String
    public let source: SourceText
    /// DRBD resources that the file is about: those that it defines; all, where it is what they have in common.
    public private(set) var resources: [String]

    public init(format: Format, name: String, source: SourceText, resources: [String]) {
        self.format = format
        self.name = name
        self.source = source
        self.resources = resources
    }

    fileprivate func concerning(_ all: [String]) -> HostFile {
        var file = self
        if name == Concern.common { file.resources = all }
        return file
    }

    /// Whether two texts of this format mean the same.
    public func means(the other: SourceText) -> Bool {
        if source.bytes == other.bytes { return true }
        switch format {
        case .drbd:
            let (a, b) = (DRBDConfiguration.parse(source), DRBDConfiguration.parse(other))
            return b.findings.isSound && a.configuration.isEquivalent(to: b.configuration)
        case .xen:
            let (a, b) = (XenConfiguration.parse(source), XenConfiguration.parse(other))
            return b.findings.isSound && a.configuration.isEquivalent(to: b.configuration)
        }
    }
}

extension [Finding] {
    /// Whether the file says what it seems to say.
    fileprivate var isSound: Bool { allSatisfy { $0.severity != .error } }
}

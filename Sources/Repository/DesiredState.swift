public import CIB
public import Diagnostics

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
    let read: ReadFiles

    /// - Parameters:
    ///   - files: the files of the commit, their paths relative to the root of the desired state; those that are of no
    ///     concern are passed over.
    ///   - parsed: what is known of files, and what becomes known now.
    public init(_ files: [DesiredFile], _ parsed: inout ParsedFiles) {
        let reader = SourceReader(files, &parsed)
        let references = References(reader.declarations)
        self.init(
            reader, unresolved: references.unresolved,
            advice: references.findings + DeclaredCluster(reader.declarations, reader.read, reader.policy).findings)
    }

    /// The same of files that nothing is known of.
    public init(_ files: [(path: String, text: SourceText)]) {
        var parsed = ParsedFiles()
        self.init(files.map { DesiredFile(path: $0.path, text: $0.text) }, &parsed)
    }

    /// The state of a commit that is in force. It was judged before it was applied, and is only read again: what it lacks
    /// by today's rules must not keep it from being the base of a comparison.
    public init(inForce files: [DesiredFile], _ parsed: inout ParsedFiles) {
        self.init(SourceReader(files, &parsed), unresolved: [], advice: [])
    }

    private init(_ reader: SourceReader, unresolved: [UnresolvedReference], advice: [Finding]) {
        policy = reader.policy
        declared = reader.declarations
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
        problems + FormerSpelling.findings(declarations) + Conformity(declared).findings + DeclaredCluster(declared, read, policy).thoroughFindings
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

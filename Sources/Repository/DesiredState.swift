public import CIB
public import Diagnostics

/// What a commit wants: the objects of the CIB and the files of the hosts, as they were read.
public struct DesiredState: Sendable {
    public let policy: Policy
    /// In the order of files and statements.
    public var declarations: [Declaration] { declared.all }
    /// The files that belong onto the hosts, by name.
    public private(set) var files: [HostFile]
    /// What reading them found: words that a format doesn't have, or that say a thing twice. What the files mean together is
    /// Validation's.
    public let findings: [Finding]

    package let declared: Declarations
    package let read: ReadFiles
    private let tree = Once<ResourceTree>()

    /// - Parameters:
    ///   - files: the files of the commit, their paths relative to the root of the desired state; those that are of no
    ///     concern are passed over.
    ///   - parsed: what is known of files, and what becomes known now.
    public init(_ files: [DesiredFile], _ parsed: inout ParsedFiles) {
        let reader = SourceReader(files, &parsed)
        policy = reader.policy
        declared = reader.declarations
        read = reader.read
        let resources = reader.drbdResources
        self.files = reader.files.map { $0.concerning(resources) }
        findings = reader.findings + reader.declarations.findings
    }

    /// The same of files that nothing is known of.
    public init(_ files: [(path: String, text: SourceText)]) {
        var parsed = ParsedFiles()
        self.init(files.map { DesiredFile(path: $0.path, text: $0.text) }, &parsed)
    }

    /// Its resources as they belong together.
    public var resourceTree: ResourceTree { tree.value { ResourceTree(declarations.map(\.object)) } }

    public subscript(id: ObjectID) -> Declaration? { declared[id] }

    public func declares(_ id: ObjectID) -> Bool { declared.contains(id) }

    /// The same without the hosts' files, where there is no host to put them on.
    public func forHost(_ hasHost: Bool) -> DesiredState {
        var state = self
        if !hasHost { state.files = [] }
        return state
    }

    public var isEmpty: Bool { declarations.isEmpty && files.isEmpty }

    /// Whether there is not even a file that is only checked.
    public var holdsNothing: Bool { isEmpty && read.volumes.isEmpty && read.corosync == nil && read.ocfs2 == nil && read.shell.isEmpty }
}

public import CIB
public import Diagnostics

/// What a commit wants: the objects of the CIB and the files of the hosts, as they were read.
public struct DesiredState: Sendable {
    /// Held once, however often the state is handed on.
    private final class Content: Sendable {
        let policy: Policy
        let declared: Declarations
        let read: ReadFiles
        let findings: [Finding]
        let tree = Once<ResourceTree>()

        init(_ reader: SourceReader) {
            policy = reader.policy
            declared = reader.declarations
            read = reader.read
            findings = reader.findings + reader.declarations.findings
        }
    }

    private let content: Content

    public var policy: Policy { _read { yield content.policy } }
    /// In the order of files and statements.
    public var declarations: [Declaration] { _read { yield content.declared.all } }
    /// The files that belong onto the hosts, by name.
    public private(set) var files: [HostFile]
    /// What reading them found: words that a format doesn't have, or that say a thing twice. What the files mean together is
    /// Validation's.
    public var findings: [Finding] { _read { yield content.findings } }

    package var declared: Declarations { _read { yield content.declared } }
    package var read: ReadFiles { _read { yield content.read } }

    /// - Parameters:
    ///   - files: the files of the commit, their paths relative to the root of the desired state; those that are of no
    ///     concern are passed over.
    ///   - parsed: what is known of files, and what becomes known now.
    public init(_ files: [DesiredFile], _ parsed: inout ParsedFiles) {
        let reader = SourceReader(files, &parsed)
        content = Content(reader)
        let resources = reader.drbdResources
        self.files = reader.files.map { $0.concerning(resources) }
    }

    /// The same of files that nothing is known of.
    public init(_ files: [(path: String, text: SourceText)]) {
        var parsed = ParsedFiles()
        self.init(files.map { DesiredFile(path: $0.path, text: $0.text) }, &parsed)
    }

    /// Its resources as they belong together.
    public var resourceTree: ResourceTree { content.tree.value { ResourceTree(declarations.map(\.object)) } }

    public subscript(id: ObjectID) -> Declaration? { content.declared[id] }

    public func declares(_ id: ObjectID) -> Bool { content.declared.contains(id) }

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

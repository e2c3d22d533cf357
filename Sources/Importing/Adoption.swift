public import CIB
internal import CRMSyntax
public import ClusterModel
public import Diagnostics
public import LiveState
internal import Planning
public import Repository
internal import XML

/// What live objects and files are, written into the files of a repository: the way from drift to a commit.
///
/// It proves itself: after it a plan has nothing to do, and nothing to hold, about what was adopted; and all else says what it said.
public struct Adoption: Sendable {
    public struct Change: Sendable {
        /// Relative to the root of the desired state.
        public let path: String
        public let old: SourceText?
        /// Nil for a file that goes.
        public let new: SourceText?
    }

    /// In the order of their paths.
    public let changes: [Change]

    /// The names of secrets that the files refer to from now on.
    public var newSecrets: [String] {
        func names(_ text: SourceText?) -> Set<String> {
            Set((text?.text ?? "").matches(of: /secret:([A-Za-z0-9][A-Za-z0-9._-]*)/).map { String($0.output.1) })
        }
        return Set(changes.flatMap { names($0.new).subtracting(names($0.old)) }).sorted()
    }

    /// - Parameters:
    ///   - wishes: as `DriftList` names them.
    ///   - host: the files of this host.
    ///   - files: those of the newest commit.
    ///   - inForce: the commit that the cluster was brought to last.
    /// - Throws: `Findings`: all that can't be adopted, and why.
    public init(
        _ wishes: [AdoptionWish], of live: CIB, host: LiveFiles, into files: [DesiredFile], inForce: (commit: CommitID?, state: DesiredState)
    ) throws(Findings) {
        let before = DesiredState(files)
        var writer = ObjectAdoption(live, into: files, before, inForce: inForce)
        let texts = try writer.texts(wishes)
        let hostFiles = HostFileAdoption(wishes, host, before, inForce: inForce.state)
        guard hostFiles.errors.isEmpty else { throw Findings(hostFiles.errors) }
        let former = Dictionary(files.map { ($0.path, $0.text) }, uniquingKeysWith: { first, _ in first })
        changes = texts.merging(hostFiles.texts.mapValues(Optional.some)) { $1 }.sorted { $0.key < $1.key }.map { path, text in
            Change(path: path, old: former[path], new: text)
        }
    }
}

extension DesiredState {
    init(_ files: [DesiredFile]) {
        var parsed = ParsedFiles()
        self.init(files, &parsed)
    }
}

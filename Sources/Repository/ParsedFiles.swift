internal import CRMSyntax
internal import Catalogue
internal import CorosyncSyntax
public import Diagnostics
internal import OCFS2Syntax
internal import ShellSyntax

/// What files say, kept by the name that git gives their bytes: most files of the next commit are those of the one before, and what was
/// parsed once is not parsed again.
///
/// What none of the last few states had any more is forgotten.
public struct ParsedFiles: Sendable {
    /// How many files have been parsed, all in all.
    public private(set) var parses = 0
    /// How many are known.
    public var count: Int { entries.count }

    private var entries: [Version: Entry] = [:]
    /// The newest version of each file, by its path: most statements of the next one will be the same.
    private var newest: [String: CRMDocument] = [:]
    private var states = 0
    /// The states of one round: what is wanted, what is in force, what was good, and what the host may have.
    private static let memory = 4

    /// Findings name the file, so the same bytes in another place are another version.
    private struct Version: Hashable {
        let blob: String
        let path: String
        let kind: FileKind

        /// The name of the bytes tells nearly all versions apart.
        func hash(into hasher: inout Hasher) { hasher.combine(blob) }
    }

    private struct Entry {
        let file: ParsedFile
        /// The number of the state that had it last.
        var state: Int
    }

    public init() {}

    /// The text of a file that is known.
    public func text(ofFile path: String, at location: String, blob: String) -> SourceText? {
        FileKind(path: path).flatMap { entries[Version(blob: blob, path: location, kind: $0)]?.file.source }
    }

    mutating func file(_ file: DesiredFile, _ kind: FileKind) -> ParsedFile {
        guard let blob = file.blob else { return parse(file.text, kind) }
        let version = Version(blob: blob, path: file.text.path, kind: kind)
        if let known = entries.index(forKey: version) {
            entries.values[known].state = states
            return entries.values[known].file
        }
        let parsed = parse(file.text, kind)
        entries[version] = Entry(file: parsed, state: states)
        if case .crm(let document) = parsed { newest[file.text.path] = document }
        return parsed
    }

    private mutating func parse(_ source: SourceText, _ kind: FileKind) -> ParsedFile {
        parses += 1
        return ParsedFile(source, kind, like: newest[source.path])
    }

    /// A state has been read.
    mutating func endState() {
        let oldest = states - Self.memory + 1
        if entries.contains(where: { $0.value.state < oldest }) {
            entries = entries.filter { $0.value.state >= oldest }
            let paths = Set(entries.keys.lazy.filter { $0.kind == .crm }.map(\.path))
            newest = newest.filter { paths.contains($0.key) }
        }
        states += 1
    }
}

/// A file as the parser of its format understood it.
indirect enum ParsedFile: Sendable {
    case policy(ReadFile<Policy>)
    case crm(CRMDocument)
    case drbd(ReadFile<DRBDFile>)
    case xen(ReadFile<DomainDefinition>)
    case volumes(ReadFile<VolumeGroups>)
    case corosync(ReadFile<CorosyncConfiguration>)
    case ocfs2(ReadFile<OCFS2Configuration>)
    case shell(ReadFile<ShellVariables>)

    /// - Parameter former: another version of it.
    init(_ source: SourceText, _ kind: FileKind, like former: CRMDocument?) {
        self =
            switch kind {
            case .policy: .policy(ReadFile(source, Policy.parse(source), .policySyntax))
            case .crm: .crm(CRMDocument.parse(source, reusing: former))
            case .drbd: .drbd(ReadFile(drbd: source))
            case .xen: .xen(ReadFile(xen: source))
            case .volumes: .volumes(ReadFile(source, VolumeGroups.parse(source), .volumesSyntax))
            case .corosync: .corosync(ReadFile(corosync: source))
            case .ocfs2: .ocfs2(ReadFile(ocfs2: source))
            case .shell: .shell(ReadFile(source, ShellVariables.parse(source), .shellSyntax))
            }
    }

    var source: SourceText {
        switch self {
        case .policy(let file): file.source
        case .crm(let document): document.source
        case .drbd(let file): file.source
        case .xen(let file): file.source
        case .volumes(let file): file.source
        case .corosync(let file): file.source
        case .ocfs2(let file): file.source
        case .shell(let file): file.source
        }
    }
}

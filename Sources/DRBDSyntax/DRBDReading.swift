public import Diagnostics

/// What drbdadm reads on a host: its configuration file, and all that is included from there.
public struct DRBDReading: Hashable, Sendable {
    /// In the order in which drbdadm opens them, each once. Empty where there is no configuration, or none was looked for.
    public private(set) var files: [SourceText] = []
    private var paths: Set<String> = []
    /// What the includes name.
    public var patterns: [FilePattern] = []
    /// What could not be followed.
    public var findings: [Finding] = []

    public init() {}

    public mutating func append(_ file: SourceText) {
        files.append(file)
        paths.insert(file.path)
    }

    /// The file with which drbdadm begins.
    public var start: SourceText? { files.first }

    /// Whether drbdadm would read a file of this path if there were one. True where that can't be told.
    public func reads(_ path: String) -> Bool {
        files.isEmpty || !findings.isEmpty || paths.contains(path) || patterns.contains { $0.matches(path) }
    }

    /// What stands in files of some paths, in order. A file with mistakes has none: where a statement ends there is a guess.
    public func fragments(where isMeant: (_ path: String) -> Bool) -> [DRBDFragment] {
        files.filter { isMeant($0.path) }.flatMap { source -> [DRBDFragment] in
            DRBDConfiguration.parse(source).findings.isEmpty ? DRBDFragment.all(of: source) : []
        }
    }
}

extension DRBDReading {
    /// Where drbdadm looks for its configuration; the first that exists is the one.
    public static let starts = ["90", "84", "83", "82", "08"].map { "/etc/drbd-\($0).conf" } + ["/etc/drbd.conf"]
}

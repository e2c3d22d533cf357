internal import ClusterModel
internal import DRBDSyntax
internal import Diagnostics
internal import LiveState
internal import Planning
internal import Repository
internal import Steps

/// A host's whole DRBD configuration as a commit would leave it.
struct DRBDCandidate {
    /// By the names that they have beside each other.
    private(set) var files: [(name: String, text: [UInt8])] = []
    /// Whether each file ends what it begins.
    private var isSound = true
    /// The files by their names.
    private var parts: [String: Part] = [:]

    private static let elsewhere = "elsewhere.conf"

    init() {}

    /// The files of the repository's directory, and what drbdadm reads elsewhere in a file of its own.
    ///
    /// - Parameter former: another candidate, which may have most of the files.
    init(_ live: LiveFiles, with changes: [FileChange], under policy: Policy, like former: DRBDCandidate) {
        var texts = live.contents.filter { policy.name(ofDRBDFile: $0.key) != nil }
        for change in changes where change.format == .drbd { texts[change.path.text] = change.new }
        for (path, text) in texts.sorted(by: { $0.key < $1.key }) {
            if let name = policy.name(ofDRBDFile: path) { add(former.parts[name].flatMap { $0.source == text ? $0 : nil } ?? Part(text), as: name) }
        }
        files.append((Self.elsewhere, live.fragments(outsideOf: policy).flatMap { $0.bytes + [UInt8(ascii: "\n")] }))
    }

    private mutating func add(_ part: Part, as name: String) {
        parts[name] = part
        isSound = isSound && part.isSound
        files.append((name, part.text))
    }

    private struct Part {
        let source: SourceText
        /// All but its includes; all of it where a mistake leaves open what they are.
        let text: [UInt8]
        let isSound: Bool

        init(_ source: SourceText) {
            self.source = source
            let (configuration, findings) = DRBDConfiguration.parse(source)
            isSound = findings.isEmpty
            let isWhole = configuration.includes.isEmpty || !isSound
            text = isWhole ? source.bytes : DRBDFragment.all(of: source).filter { $0.subject != .include }.flatMap(\.bytes)
        }
    }

    /// What drbdadm may say of the files without being heard. Asked for only where it has something to say.
    var concealment: Concealment { Concealment(of: files.map { SourceText(path: $0.name, bytes: $0.text) }) }

    /// What includes them all. As patterns: drbdadm takes offence at a file that is not there, and not at a pattern that fits none.
    var includes: String { Self.order.map { "include \"\($0)\";\n" }.joined() }

    /// "You should put the global {} section in front of any resource {} section" (drbdadm)
    private static let order = ["global_common.con[f]", elsewhere, "*.res"]

    /// The same as one file; nil where one with a mistake could run into the next.
    var joined: [UInt8]? {
        guard isSound else { return nil }
        let first = [HostFile.commonName, Self.elsewhere]
        let ordered = files.filter { $0.name == first[0] } + files.filter { $0.name == first[1] } + files.filter { !first.contains($0.name) }
        return ordered.flatMap { $0.text + [UInt8(ascii: "\n")] }
    }
}

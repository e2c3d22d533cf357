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

    /// What people call each of the files: the repository's path, or that on the host.
    private(set) var titles: [String: String] = [:]

    private static let elsewhere = "elsewhere-"

    init() {}

    /// The files of the repository's directory, and what drbdadm reads elsewhere, each in a file of its own.
    ///
    /// - Parameter former: another candidate, which may have most of the files.
    init(_ live: LiveFiles, with changes: [FileChange], under policy: Policy, like former: DRBDCandidate) {
        var texts = live.contents.filter { policy.name(ofDRBDFile: $0.key) != nil }
        for change in changes where change.format == .drbd { texts[change.path.text] = change.new }
        for (path, text) in texts.sorted(by: { $0.key < $1.key }) {
            if let name = policy.name(ofDRBDFile: path) { add(former.parts[name].flatMap { $0.source == text ? $0 : nil } ?? Part(text), as: name) }
        }
        let outside = live.drbd.fragments { policy.name(ofDRBDFile: $0) == nil }
        for (index, fragments) in outside.byFile.enumerated() {
            let name = "\(Self.elsewhere)\(String(100_000 + index).dropFirst()).conf"
            add(DRBDFragment.withoutIncludes(fragments), as: name, called: fragments[0].source.path)
        }
    }

    private mutating func add(_ part: Part, as name: String) {
        parts[name] = part
        isSound = isSound && part.isSound
        add(part.text, as: name, called: part.source.path)
    }

    private mutating func add(_ text: [UInt8], as name: String, called title: String) {
        titles[name] = title
        files.append((name, text))
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
            text = isWhole ? source.bytes : DRBDFragment.withoutIncludes(DRBDFragment.all(of: source))
        }
    }

    /// What drbdadm may say of the files without being heard. Asked for only where it has something to say.
    var concealment: Concealment { Concealment(of: files.map { SourceText(path: $0.name, bytes: $0.text) }) }

    /// What includes them all. As patterns: drbdadm takes offence at a file that is not there, and not at a pattern that fits none.
    var includes: String { Self.order.map { "include \"\($0)\";\n" }.joined() }

    /// "You should put the global {} section in front of any resource {} section" (drbdadm)
    private static let order = ["global_common.con[f]", elsewhere + "*.conf", "*.res"]

    /// The same as one file; nil where one with a mistake could run into the next.
    var joined: [UInt8]? {
        guard isSound else { return nil }
        let common = files.filter { $0.name == HostFile.commonName }
        let others = files.filter { $0.name != HostFile.commonName }
        let ordered = common + others.filter { $0.name.hasPrefix(Self.elsewhere) } + others.filter { !$0.name.hasPrefix(Self.elsewhere) }
        return ordered.flatMap { $0.text + [UInt8(ascii: "\n")] }
    }
}

extension DRBDFragment {
    /// Each line where it stood before.
    fileprivate static func withoutIncludes(_ fragments: [DRBDFragment]) -> [UInt8] {
        fragments.flatMap { $0.subject == .include ? $0.bytes.filter { $0 == UInt8(ascii: "\n") } : Array($0.bytes) }
    }
}

extension [DRBDFragment] {
    /// Those of one file stand together.
    fileprivate var byFile: [[DRBDFragment]] {
        reduce(into: []) { files, fragment in
            if files.last?[0].source.path == fragment.source.path { files[files.count - 1].append(fragment) } else { files.append([fragment]) }
        }
    }
}

internal import DRBDSyntax
internal import Diagnostics
internal import LiveState
internal import Planning
internal import Repository

/// DRBD's files as a repository has them: those of the host's directory as they are; of what drbdadm reads elsewhere each
/// resource in a file of its own, and the rest with what all have in common.
struct DRBDCollection {
    /// By the name within `drbd/`, sorted; the path of each is that on the host.
    var files: [(name: String, source: SourceText)] {
        texts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
    private(set) var findings: [Finding]

    private var texts: [String: SourceText] = [:]
    private let host: LiveFiles
    private let policy: Policy

    init(_ host: LiveFiles, _ policy: Policy) {
        self.host = host
        self.policy = policy
        findings = host.drbd.findings
        for (path, source) in host.contents.sorted(by: { $0.key < $1.key }) {
            if let name = policy.name(ofDRBDFile: path), isRead(path), isTaken(source) { texts[name] = source }
        }
        for source in host.drbd.files where policy.name(ofDRBDFile: source.path) == nil && isTaken(source) { split(source) }
    }

    /// Where drbdadm's own configuration is not there, every file of the directory may be meant.
    private mutating func isRead(_ path: String) -> Bool {
        if host.drbd.reads(path) { return true }
        findings.append(Finding(.notice, "\(path) is left out: drbdadm doesn't read it, for nothing includes it"))
        return false
    }

    private mutating func isTaken(_ source: SourceText) -> Bool {
        if source.isManagedByLINSTOR { findings.append(Finding(.notice, "\(source.path) is left out: LINSTOR writes it")) }
        return !source.isManagedByLINSTOR
    }

    private mutating func split(_ source: SourceText) {
        if let mistake = DRBDConfiguration.parse(source).findings.first {
            findings.append(.warning("\(source.path) is left out: it can't be taken apart", remedy: "correct it first"))
            findings.append(mistake)
            return
        }
        for fragment in DRBDFragment.all(of: source) {
            switch fragment.subject {
            case .resource(let name): add(fragment, to: name + ".res", insteadOf: name)
            case .common: add(fragment, to: HostFile.commonName, insteadOf: nil)
            case .include: break
            }
        }
    }

    private mutating func add(_ fragment: DRBDFragment, to name: String, insteadOf resource: String?) {
        guard FileKind(path: "drbd/" + name) == .drbd else {
            let what = "the resource \"\(resource ?? name)\""
            findings.append(.warning("\(what) is left out: no file can bear its name", at: fragment.place, remedy: "give it another name"))
            return
        }
        let before = texts[name]
        texts[name] = SourceText(path: before?.path ?? fragment.source.path, bytes: (before?.bytes ?? []) + fragment.lines)
    }
}

extension DRBDFragment {
    /// Without empty lines before it, and ended.
    fileprivate var lines: [UInt8] {
        let newline = UInt8(ascii: "\n")
        let text = bytes.drop { $0 == newline || $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\r") }
        return Array(text) + (text.last == newline ? [] : [newline])
    }
}

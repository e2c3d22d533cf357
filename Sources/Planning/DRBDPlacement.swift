public import DRBDSyntax
internal import Diagnostics
public import LiveState
public import Repository

/// What drbdadm reads beside the files that are the repository's: definitions in `/etc/drbd.conf` itself, and in what that
/// includes from elsewhere.
struct DRBDPlacement {
    private let live: LiveFiles
    /// In the order in which drbdadm reads them.
    private let fragments: [DRBDFragment]
    /// Where the definitions of each resource stand among them, and those of what all have in common.
    private var positions: [String: [Int]] = [:]
    private var commonPositions: [Int] = []

    init(_ live: LiveFiles, _ policy: Policy) {
        self.live = live
        fragments = live.fragments(outsideOf: policy)
        for (position, fragment) in fragments.enumerated() {
            switch fragment.subject {
            case .resource(let name): positions[name, default: []].append(position)
            case .common: commonPositions.append(position)
            case .include: break
            }
        }
    }

    /// What the DRBD resources of the host have in common, where it stands elsewhere.
    var common: SourceText? { text(commonPositions.map { fragments[$0] }) }

    /// The resources that are defined elsewhere.
    var definitions: [SourceText] { text(positions.values.joined().sorted().map { fragments[$0] }).map { [$0] } ?? [] }

    enum Verdict {
        /// The host has it, and in another place.
        case isElsewhere(Finding)
        /// Written where it belongs it would be read by nobody, or twice.
        case isImpossible(Finding)
    }

    /// Why a file is not written; nil where it may be.
    ///
    /// - Parameter common: what all DRBD resources of the host will have in common.
    func verdict(on file: HostFile, at path: String, under common: DRBDConfiguration?) -> Verdict? {
        guard file.format == .drbd else { return nil }
        let others = definitions(of: file)
        guard let first = others.first, let text = counterpart(of: file, at: path) else { return unread(path) }
        let subject = file.isCommon ? "what all resources have in common" : others.compactMap(\.resource).joined(separator: ", ")
        guard file.means(the: text, under: common) else { return .isImpossible(Self.clash(subject, path, at: first.place)) }
        return .isElsewhere(Finding(.notice, "\(path) is not written: \(subject) stands here, and means the same", at: first.place))
    }

    /// What was in git and goes, and stands where no commit changes anything: drbdadm has it still, and brings it up when the host boots.
    ///
    /// - Parameter wanted: the resources that the commit has.
    func remaining(of files: [HostFile], without wanted: Set<String>) -> [Finding] {
        let gone = Set(files.filter { $0.format == .drbd && !$0.isCommon }.flatMap(\.resources)).subtracting(wanted)
        return gone.sorted().compactMap { name in
            guard let position = positions[name]?.first else { return nil }
            let place = fragments[position].place
            return .warning(
                "the DRBD resource \(name) stays on this host: \(place.file), line \(place.line), defines it, and is not the repository's",
                at: place, remedy: "\"drbdadm down \(name)\", and remove it there by hand")
        }
    }

    /// What a file stands for on the host, its own text included; nil where nothing of it stands elsewhere.
    func counterpart(of file: HostFile, at path: String) -> SourceText? {
        guard file.format == .drbd else { return nil }
        return text(definitions(of: file), with: live.contents[path])
    }

    /// Those of what the file is about.
    private func definitions(of file: HostFile) -> [DRBDFragment] {
        let found = file.isCommon ? commonPositions : Set(file.resources.flatMap { positions[$0] ?? [] }).sorted()
        return found.map { fragments[$0] }
    }

    /// "conflicting use of resource section" (drbdadm): of two definitions it takes none.
    private static func clash(_ subject: String, _ path: String, at place: Place) -> Finding {
        .error(
            "\(path) can't be written: \(subject) stands here, and says something else", at: place,
            remedy: "write here what the repository says; or move it to \(path), and include that")
    }

    private func unread(_ path: String) -> Verdict? {
        guard let start = live.drbd.start, !live.drbd.reads(path) else { return nil }
        let directory = path.split(separator: "/").dropLast().map { "/" + $0 }.joined()
        return .isImpossible(
            .error(
                "drbdadm would not read \(path): \(start.path) does not include it",
                remedy: "add there: include \"\(directory)/\(HostFile.commonName)\"; include \"\(directory)/*.res\";"))
    }

    private func text(_ fragments: [DRBDFragment], with own: SourceText? = nil) -> SourceText? {
        guard let first = fragments.first else { return nil }
        return SourceText(path: first.source.path, bytes: fragments.flatMap { $0.bytes + [UInt8(ascii: "\n")] } + (own?.bytes ?? []))
    }
}

extension DRBDFragment {
    fileprivate var resource: String? { if case .resource(let name) = subject { name } else { nil } }
}

extension LiveFiles {
    /// What drbdadm reads on the host in files that no repository has.
    public func fragments(outsideOf policy: Policy) -> [DRBDFragment] {
        drbd.fragments { policy.name(ofDRBDFile: $0) == nil }.filter { $0.subject != .include }
    }
}

extension Policy {
    /// What the repository calls a file of DRBD's, within its directory; nil for one that it would not have.
    public func name(ofDRBDFile path: String) -> String? {
        guard path.hasPrefix(drbdDirectory + "/") else { return nil }
        let name = String(path.dropFirst(drbdDirectory.count + 1))
        return FileKind(path: "drbd/" + name) == .drbd ? name : nil
    }
}

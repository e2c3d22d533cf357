internal import DRBDSyntax
internal import Diagnostics
internal import Repository
internal import Steps

/// The files of a host by when they may be touched.
///
/// What is new harms nobody and comes first. What is there already is read by whatever starts again in the meantime - Pacemaker, a domU that
/// crashes - so it is changed when the transaction is sure to follow. What goes stays until the CIB has let it go; unless nothing uses it any
/// more, as on a host that missed the commit that deleted it, or something that comes needs its room: a minor, a port, a disk, a name.
struct FileStages: Sendable {
    /// Go before anything comes: nothing in the cluster uses them.
    private(set) var unused: [FileChange] = []
    private(set) var additive: [FileChange] = []
    /// Go just before the transaction: what comes takes their place.
    private(set) var vacating: [FileChange] = []
    private(set) var replacing: [FileChange] = []
    private(set) var retiring: [FileChange] = []

    /// - Parameter inUse: names of the DRBD resources that the live CIB has.
    init(_ changes: [FileChange], inUse: Set<String>) {
        let going = changes.filter { $0.action == .delete }
        unused = going.filter { !$0.isSuperseded && $0.format == .drbd && inUse.isDisjoint(with: $0.resources) && !$0.resources.isEmpty }
        let leaving = going.filter { !unused.contains($0) }
        let created = changes.filter { $0.action == .create }
        let claims = leaving.map { ($0, Set($0.old?.drbdClaims ?? [])) }
        let needed = Set(created.flatMap { $0.new?.drbdClaims ?? [] })
        vacating = claims.filter { $0.isSuperseded || !$1.isDisjoint(with: needed) }.map(\.0)
        retiring = leaving.filter { !vacating.contains($0) }
        let changing = changes.filter { $0.action == .change }
        let vacated = claims.filter { vacating.contains($0.0) }.reduce(into: changing.released(for: needed)) { $0.formUnion($1.1) }
        let waiting = created.filter { !vacated.isEmpty && !vacated.isDisjoint(with: $0.new?.drbdClaims ?? []) }
        additive = created.filter { !waiting.contains($0) }
        replacing = changing + waiting
    }
}

extension [FileChange] {
    /// What they have now and not any more when they are made; nothing where nobody needs anything.
    fileprivate func released(for needed: Set<String>) -> Set<String> {
        guard !needed.isEmpty else { return [] }
        return reduce(into: []) { $0.formUnion(Set($1.old?.drbdClaims ?? []).subtracting($1.new?.drbdClaims ?? [])) }
    }
}

extension SourceText {
    /// What a host can give to one DRBD resource only: its name, a minor, an address with its port, a disk.
    fileprivate var drbdClaims: [String] {
        DRBDConfiguration.parse(self).configuration.resources.flatMap { resource in
            ["resource \(resource.name)"] + resource.hosts.flatMap { $0.claims }
        }
    }
}

extension DRBDHost {
    fileprivate var claims: [String] {
        let addresses = address.map { ["address \($0)"] } ?? []
        return addresses
            + volumes.flatMap { volume in
                [volume.device?.minor.map { "minor \($0)" }, volume.disk.map { "disk \(hostKey) \($0)" }].compactMap(\.self)
            }
    }

    private var hostKey: String { if case .on(let names) = kind { names.joined(separator: " ") } else { "" } }
}

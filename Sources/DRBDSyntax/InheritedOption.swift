public import Diagnostics

/// An option that one section hands down to another: its section and name, and what it says.
public struct InheritedOption: Hashable, Sendable {
    /// `disk al-extents`.
    public let name: String
    /// `al-extents 1237`, in one spelling of several.
    public let value: String
    public let origin: Origin

    init?(_ statement: DRBDConfiguration.Statement, in section: String) {
        guard statement.body == nil, let meaning = Meaning(statement, in: section) else { return nil }
        name = "\(section) \(meaning.words[0])"
        value = meaning.words.joined(separator: " ")
        origin = statement.origin
    }
}

extension [DRBDConfiguration.Statement] {
    /// What the sections of a name say.
    func options(in section: String) -> [InheritedOption] {
        sections(section).flatMap { $0.body ?? [] }.compactMap { InheritedOption($0, in: section) }
    }

    /// What a resource says in a volume, in a mesh, or for the devices of a connection: there DRBD 9 takes no other value than the one that is
    /// inherited, "ambiguous inheritance for option" (drbdadm).
    var bound: [InheritedOption] {
        [("volume", "disk"), ("connection-mesh", "net"), ("connection", "disk")].flatMap { outer, inner in
            sections(outer).flatMap { ($0.body ?? []).options(in: inner) }
        }
    }
}

extension DRBDConfiguration {
    /// What `common` hands down to disks and connections.
    public var commonOptions: [InheritedOption] {
        let common = statements.sections("common").flatMap { $0.body ?? [] }
        return common.options(in: "disk") + common.options(in: "net")
    }
}

extension DRBDResource {
    /// What it says where DRBD 9 takes nothing else than `common` says; without what it overrides for all of itself.
    public var boundOptions: [InheritedOption] {
        let bound = statements.bound
        guard !bound.isEmpty else { return [] }
        let own = Set((statements.options(in: "disk") + statements.options(in: "net")).map(\.name))
        return bound.filter { !own.contains($0.name) }
    }
}

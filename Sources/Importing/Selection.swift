internal import CIB
internal import CRMSyntax
internal import Diagnostics
internal import Planning
internal import Records
internal import XML

/// The objects of a live CIB that belong into a repository, without what others put there for now, and without secrets.
struct Selection {
    private(set) var objects: [CIBObject] = []
    private(set) var findings: [Finding] = []

    private let secrets: ImportedRepository.Secrets
    private let referenced: Set<String>
    private let tree: ResourceTree

    init(_ cib: CIB, _ secrets: ImportedRepository.Secrets) {
        self.secrets = secrets
        tree = cib.resourceTree
        referenced = cib.configuration.referencedIDs
        for object in cib.objects where object.id != ClusterRecord.set && !isTaken(object) { take(object) }
    }

    /// A second reference to the same set of options says nothing.
    private func isTaken(_ object: CIBObject) -> Bool { object.element["id-ref"] != nil && objects.contains { $0.id == object.id } }

    private mutating func take(_ object: CIBObject) {
        if object.id.kind != .node, let holder = DriftClass.of(object, in: tree)?.owner {
            return notice("\(object.id.name) is left out: \(holder.explanation)")
        }
        var (object, state) = object.withoutAgentState(unless: referenced.contains)
        if !state.isEmpty {
            notice("\(state.joined(separator: ", ")) of \(object.id.name) \(state.count > 1 ? "are" : "is") left out: an agent writes it")
        }
        if object.id.kind == .properties { findRetired(in: object) }
        if secrets == .references { hideSecrets(of: &object) }
        if object.id.kind == .properties {
            object.element.children.removeAll { DriftClass.clusterProperties.contains($0["name"] ?? "") }
            if object.element.children.isEmpty, object.element["id-ref"] == nil, !referenced.contains(object.id.name) { return }
        }
        for name in object.overrides { notice("\(name) of \(object.id.name) is written as it is now; an operator may have set it for now only") }
        objects.append(object)
    }

    private mutating func findRetired(in set: CIBObject) {
        for pair in set.element.children {
            guard let name = pair["name"], let successor = Schema.successor(ofOption: name, value: pair["value"] ?? "") else { continue }
            findings.append(
                .warning(
                    "\(name) is a cluster option of Pacemaker 1.0, and holds as long as the cluster keeps a schema of that time",
                    remedy: "write \"\(successor)\" in its place, in the commit after the first"))
        }
    }

    private mutating func hideSecrets(of object: inout CIBObject) {
        let (element, secrets) = object.element.withoutSecrets()
        object.element = element
        for secret in secrets {
            findings.append(
                .warning(
                    "\(secret) of \(object.id.name) is a secret: the file refers to the value that the cluster has",
                    remedy: "a new cluster must be given the value by hand"))
        }
        for (name, _) in element.embeddedSecrets {
            findings.append(
                .warning(
                    "\(name) of \(object.id.name) has a password in it, and is copied as it is: no reference can stand for it",
                    remedy: "let the program read the password from a file of the node; think of who can read the repository before you push it"))
        }
    }

    private mutating func notice(_ text: String) { findings.append(Finding(.notice, text)) }
}

extension CIBObject {
    /// What keeps a resource or a node from its work, and is there until somebody takes it back.
    fileprivate var overrides: [String] {
        let sets = ([element] + element.children).filter { Tags.isAttributeSet($0.name) }
        return sets.flatMap(\.children).compactMap { pair in
            guard let name = pair["name"], let value = pair["value"], Self.isOverride(name, value) else { return nil }
            return "\(name)=\(value)"
        }
    }

    private static func isOverride(_ name: String, _ value: String) -> Bool {
        switch name {
        case "target-role": ["stopped", "slave", "unpromoted"].contains(value.lowercased())
        case "is-managed": Scalar.boolean.same(value, "false")
        case "maintenance", "maintenance-mode", "standby", "stop-all-resources": Scalar.boolean.same(value, "true")
        default: false
        }
    }
}

extension Owner {
    var explanation: String {
        switch self {
        case .drbdFencing: "DRBD put it there, and takes it away"
        case .operatorOverride: "an operator put it there for now"
        case .cluster: "the cluster writes it"
        case .agent: "an agent writes it"
        }
    }
}

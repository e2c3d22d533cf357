internal import CIB
internal import CRMSyntax
internal import ClusterModel
internal import Diagnostics
internal import LiveState
internal import Planning
internal import Repository
internal import XML

/// The part of an adoption that is about the CIB.
struct ObjectAdoption {
    private let live: CIB
    private let files: [DesiredFile]
    private let before: DesiredState
    private let inForce: (commit: CommitID?, state: DesiredState)
    private let referenced: Set<String>
    private var objects: [AdoptedObject] = []
    private var errors: [Finding] = []

    init(_ live: CIB, into files: [DesiredFile], _ before: DesiredState, inForce: (commit: CommitID?, state: DesiredState)) {
        (self.live, self.files, self.before, self.inForce) = (live, files, before, inForce)
        referenced = before.declarations.reduce(into: live.configuration.referencedIDs) { $0.formUnion($1.object.element.referencedIDs) }
    }

    /// The new texts of files, by path; nil for one that goes.
    mutating func texts(_ wishes: [AdoptionWish]) throws(Findings) -> [String: SourceText?] {
        for wish in wishes { take(wish) }
        if errors.isEmpty, !objects.isEmpty { errors += Masking.errors(in: objects.compactMap(\.live)) }
        try refuse()
        guard !objects.isEmpty else { return [:] }
        let first = try written()
        let rest = try remaining(in: first.state)
        guard !rest.isEmpty else { return try proven(first) }
        for index in objects.indices where rest.contains(objects[index].id) { objects[index].isVerbatim = true }
        let second = try written()
        for id in try remaining(in: second.state) {
            errors.append(.error("\(id.name) can't be adopted: crmsh's syntax has no words for what the cluster has", remedy: "edit it by hand"))
        }
        return try proven(second)
    }

    // MARK: What is meant

    private mutating func take(_ wish: AdoptionWish) {
        guard let given = wish.object else { return }
        let id = declaredName(of: given)
        if let known = objects.firstIndex(where: { $0.id == id }) {
            if case .option(let name, _) = wish { objects[known].options?.insert(name) } else { objects[known].options = nil }
            return
        }
        var object = AdoptedObject(id: id, live: live[given] ?? live[id], declared: before[id]?.object.element)
        if case .option(let name, _) = wish { object.options = [name] }
        if let refusal = refusal(of: object) { errors.append(refusal) } else { objects.append(object) }
    }

    /// What the repository calls a live object.
    private func declaredName(of id: ObjectID) -> ObjectID {
        guard !before.declares(id), id.kind.isSet || id.kind == .alert else { return id }
        let counterparts = Counterparts(base: inForce.state, desired: before, live: live)
        let own = before.declarations.first { declaration in
            declaration.object.id.kind == id.kind
                && counterparts.counterpart(of: declaration.object, isTaken: { before.declares($0) })?.id == id
        }
        return own?.object.id ?? id
    }

    private func refusal(of object: AdoptedObject) -> Finding? {
        let name = object.id.name
        if object.id.kind != .node, let present = object.live, let owner = DriftClass.of(present, in: live.resourceTree)?.owner {
            let remedy = owner == .operatorOverride ? "declare it under \(present.nameOfItsOwn), then: crm resource clear" : nil
            return .error("\(name) is nothing for a repository: \(owner.explanation)", remedy: remedy)
        }
        let then = inForce.state[object.id]?.object.element
        guard object.isSame(then, as: object.declared) else {
            return .error(
                "\(name) was changed by a commit that is not in force yet: what differs is no drift",
                remedy: "wait until it is; coxswain status shows it"
            )
        }
        guard object.live != nil || object.declared != nil else {
            return .error("\(name) is neither in the cluster nor in the repository")
        }
        return nil
    }

    // MARK: What becomes of it

    private struct Written {
        let texts: [String: SourceText?]
        let state: DesiredState
    }

    private func written() throws(Findings) -> Written {
        let elements = Dictionary(uniqueKeysWithValues: objects.map { ($0.id, $0.element(unless: referenced.contains)) })
        let text = AdoptedText(elements, inOrder: objects.map(\.id), in: files, referenced: referenced)
        guard text.findings.isEmpty else { throw Findings(text.findings) }
        var all = files.filter { !text.texts.keys.contains($0.path) }
        for (path, source) in text.texts { if let source { all.append(DesiredFile(path: path, text: source)) } }
        return Written(texts: text.texts, state: DesiredState(all))
    }

    /// The adopted objects that a plan would still do something about.
    private func remaining(in state: DesiredState) throws(Findings) -> [ObjectID] {
        var planner = Planner(
            commit: nil, base: (inForce.commit, inForce.state), desired: state.forHost(false), live: live, files: LiveFiles(), hostBases: [])
        let plan = try planner.plan()
        return objects.filter { object in
            let names = [object.id, object.live?.id]
            let changes = plan.changes.filter { names.contains($0.id) }
            let held = plan.held.filter { names.contains($0.object) && $0.holder == .operatorOverride }
            guard let options = object.options else { return !changes.isEmpty || !held.isEmpty }
            let fields = changes.flatMap(\.fields).map(\.path) + held.compactMap(\.path)
            return fields.contains { options.contains($0.description) }
        }.map(\.id)
    }

    private mutating func proven(_ written: Written) throws(Findings) -> [String: SourceText?] {
        let adopted = Set(objects.map(\.id))
        let former = before.declarations.filter { !adopted.contains($0.object.id) }
        for declaration in former where written.state[declaration.object.id]?.object != declaration.object {
            errors.append(.error("\(declaration.object.id.name) would become something else", remedy: "adopt it too, or edit the files by hand"))
        }
        for declaration in written.state.declarations where before[declaration.object.id] == nil && !adopted.contains(declaration.object.id) {
            errors.append(.error("\(declaration.object.id.name) would come too", remedy: "edit the files by hand"))
        }
        for object in objects {
            let now = written.state[object.id]?.object.element
            errors += Masking.errors(in: now, of: object.id, insteadOf: object.declared)
        }
        try refuse()
        return written.texts
    }

    private func refuse() throws(Findings) {
        if !errors.isEmpty { throw Findings(errors) }
    }
}

extension AdoptedObject {
    /// Whether two versions say the same of what is meant.
    fileprivate func isSame(_ a: Element?, as b: Element?) -> Bool {
        guard let options else { return a == b }
        let pairs = [a, b].map { element in element?.children.filter { $0["name"].map(options.contains) ?? false } ?? [] }
        return pairs[0] == pairs[1]
    }
}

/// What keeps passwords out of a repository.
private enum Masking {
    /// crmsh and tools of its kind show passwords so; who adopted that would lose them.
    static func errors(in objects: [CIBObject]) -> [Finding] {
        objects.filter(\.element.isMasked).map { object in
            .error("a password of \(object.id.name) was read as asterisks", remedy: "run this as a user who may read it")
        }
    }

    /// Passwords that would be written, and were not there before.
    static func errors(in element: Element?, of id: ObjectID, insteadOf former: Element?) -> [Finding] {
        let known = former?.literalSecrets ?? []
        return (element?.literalSecrets ?? []).subtracting(known).map { secret in
            .error("\(secret.name) of \(id.name) has a password in it, and no reference can stand for it", remedy: "edit the files by hand")
        }
    }
}

private struct LiteralSecret: Hashable {
    let name, value: String
}

extension Element {
    fileprivate var literalSecrets: Set<LiteralSecret> {
        var found: Set<LiteralSecret> = Set(embeddedSecrets.map { LiteralSecret(name: $0.name, value: $0.value) })
        walk { pair in
            if pair.holdsSecret, let name = pair["name"], let value = pair["value"] { found.insert(LiteralSecret(name: name, value: value)) }
        }
        return found
    }

    fileprivate var isMasked: Bool {
        var found = false
        walk { if $0.holdsSecret, $0["value"] == "******" { found = true } }
        return found
    }
}

internal import CIB
internal import Catalogue
internal import Diagnostics
internal import Repository
internal import XML

/// Names and values that parse, and that Pacemaker doesn't know or no longer takes.
enum OptionRules: RuleSet {
    static func findings(in cluster: DeclaredCluster) -> [Finding] {
        cluster.declarations.all.flatMap { declaration -> [Finding] in
            if let habit = YAMLHabit(declaration) { return [habit.finding] }
            return switch declaration.object.id.kind {
            case .properties: reserved(declaration, cluster.inherited) + properties(declaration)
            case .constraint: reserved(declaration, cluster.inherited)
            case .resource, .resourceDefaults: metaNames(declaration.object.element, in: declaration)
            case .operationDefaults: operationNames(declaration)
            default: []
            }
        }
    }

    /// The record of the commit last applied, and the bans on what is about to be deleted, are not for a commit to write.
    /// What agents and people put into the live CIB for now has no place in git.
    private static func reserved(_ declaration: Declaration, _ tree: ResourceTree) -> [Finding] {
        let id = declaration.object.id
        if id == ObjectID(.properties, "coxswain") || id.name.hasPrefix("coxswain-retire-") {
            return [
                Finding(
                    .reservedName, "\(id.name) is Coxswain's own, and can't be declared", at: declaration.place(of: id.name),
                    remedy: "remove it")
            ]
        }
        guard let holder = DriftClass.of(declaration.object, in: tree)?.owner else { return [] }
        let origin = holder == .drbdFencing ? "DRBD's fence-peer handler" : "crm resource move or ban"
        let likeness = DriftClass.of(id) == nil ? "the form" : "the name"
        return [
            Finding(
                .leasedName, "\(id.name) has \(likeness) of a constraint that \(origin) makes for a time, and is left alone",
                at: declaration.place(of: id.name), remedy: "remove it, or give it \(declaration.object.nameOfItsOwn)")
        ]
    }

    // MARK: Cluster options

    private static func properties(_ declaration: Declaration) -> [Finding] {
        declaration.object.element.children.compactMap { pair in
            guard let name = pair["name"] else { return nil }
            return owned(name, declaration)
                ?? unknownProperty(name, declaration)
                ?? unreadable(pair, kind: Schema.kind(ofPair: name, in: "cluster_property_set"), declaration)
        }
    }

    private static func owned(_ name: String, _ declaration: Declaration) -> Finding? {
        guard DriftClass.clusterProperties.contains(name) else { return nil }
        return Finding(
            .ownedOption, "\(name) is written by the cluster itself, and what is here has no effect",
            at: declaration.place(of: name), remedy: "remove it")
    }

    private static func unknownProperty(_ name: String, _ declaration: Declaration) -> Finding? {
        guard !Schema.propertyNames.contains(name) else { return nil }
        if let former = Schema.formerName(ofOption: name) {
            return Finding(
                .unknownOption, "Pacemaker knows \(name) from feature set 3.20.5 on only", at: declaration.place(of: name),
                remedy: "write \(former), which all versions read")
        }
        // Pacemaker reads every set; in one of another name agents and people keep what is theirs.
        let remedy = didYouMean(name, among: Schema.propertyNames)
        guard declaration.object.id.name == "cib-bootstrap-options" || name.contains("-") && remedy != nil else { return nil }
        return Finding(
            .unknownOption, "\(name) is no cluster option that Pacemaker knows", at: declaration.place(of: name), remedy: remedy)
    }

    // MARK: Resources

    private static func metaNames(_ element: Element, in declaration: Declaration) -> [Finding] {
        let sets = element.name == "meta_attributes" ? [element] : element.all("meta_attributes")
        return sets.flatMap(\.children).compactMap { pair in
            guard let name = pair["name"] else { return nil }
            if let finding = unreadable(pair, kind: Schema.kind(ofPair: name, in: "meta_attributes"), declaration) {
                return finding
            }
            if Schema.isOfOperationsAlone(name) {
                return Finding(
                    .unknownMeta, "\(name) is an option of operations, and has no effect among those of a resource",
                    at: declaration.valuePlace(pair["value"] ?? "", of: name) ?? declaration.place(of: name),
                    remedy: "write it in an op, or in op_defaults")
            }
            guard !Schema.isKnownMeta(name) else { return nil }
            return Finding(
                .unknownMeta, "\(name) is no resource option that Pacemaker knows, and has no effect", at: declaration.place(of: name),
                remedy: didYouMean(name, among: Schema.metaNames))
        }
    }

    private static func operationNames(_ declaration: Declaration) -> [Finding] {
        let known = Schema.operationOptions
        return declaration.object.element.children.compactMap { pair in
            guard pair.name == "nvpair", let name = pair["name"] else { return nil }
            if let kind = known[name] { return unreadable(pair, kind: kind, declaration) }
            return Finding(
                .unknownMeta, "\(name) is no option of operations that Pacemaker knows, and has no effect", at: declaration.place(of: name),
                remedy: didYouMean(name, among: known.keys.sorted()))
        }
    }

    private static func unreadable(_ pair: Element, kind: Scalar, _ declaration: Declaration) -> Finding? {
        guard let name = pair["name"], let value = pair["value"], !kind.accepts(value), !value.hasPrefix("@") else { return nil }
        return Finding(
            .unreadableValue, "\(name) can't be \"\(value)\"", at: declaration.place(of: name), expected: kind.example)
    }
}

/// `property stonith-enabled: false`: a set of the name of an option, in which a pair without a value is called `false`.
private struct YAMLHabit {
    private let declaration: Declaration
    private let option: String
    private let value: String

    init?(_ declaration: Declaration) {
        let known: (String) -> Bool
        switch declaration.object.id.kind {
        case .properties: known = { Schema.propertyNames.contains($0) || $0.hasPrefix("fencing-") }
        case .resourceDefaults, .operationDefaults: known = Schema.isKnownMeta
        default: return nil
        }
        option = declaration.object.id.name
        guard known(option), let bare = declaration.object.element.children.first(where: { $0.name == "nvpair" && $0["value"] == nil })?["name"]
        else { return nil }
        value = bare
        self.declaration = declaration
    }

    var finding: Finding {
        Finding(
            .unknownOption, "\(option): names a set of options here, and sets none", at: declaration.place(of: option, orOf: [value]),
            remedy: "write \(option)=\(value)")
    }
}

extension Scalar {
    fileprivate var example: String {
        switch self {
        case .text: "text"
        case .score: "an integer, INFINITY or -INFINITY"
        case .duration: "a time, such as 20s, 500ms or 2min"
        case .boolean: "true or false"
        case .role: "Started, Stopped, Promoted or Unpromoted"
        case .orderKind: "Mandatory, Optional or Serialize"
        case .integer: "an integer"
        case .oneOf(let words): words.joined(separator: ", ")
        }
    }
}

public import CIB
public import CIBGrammar
internal import Catalogue
public import Diagnostics
internal import XML

extension Finding {
    /// What the schema of a live cluster doesn't allow.
    public init(
        _ flaw: Flaw, in object: CIBObject, liveSchema: SchemaVersion, tag: @escaping (String) -> String?, declaration: Declaration?
    ) {
        let history = History(of: flaw, in: object, at: liveSchema, tag: tag)
        let place = declaration?.place(of: flaw)
        if history.came == nil, history.went == nil {
            self = .unknown(flaw, in: object, at: place)
        } else if let came = history.came {
            self.init(
                .foreignConstruct,
                "\(object.id.name): \(flaw.phrase) came with schema \(came); this cluster validates with \(liveSchema)", at: place,
                expected: flaw.choice, remedy: "do without; or move the cluster on by hand, with \"cibadmin --upgrade --force\"")
        } else {
            let successor = Self.successor(of: flaw, in: object)
            self.init(
                .foreignConstruct,
                "\(object.id.name): \(flaw.phrase) went with schema \(history.went ?? liveSchema); this cluster validates with \(liveSchema)",
                at: place, expected: successor == nil ? flaw.choice : nil, remedy: successor.map { "write \"\($0)\" instead" } ?? "do without")
        }
    }

    /// How an option that the schemas have given up is written today.
    private static func successor(of flaw: Flaw, in object: CIBObject) -> String? {
        guard case .value("name", let option) = flaw.subject else { return nil }
        let value = object.element.children.first { $0["name"] == option }?["value"]
        return Schema.successor(ofOption: option, value: value ?? "…")
    }

    /// What the newest schema doesn't allow.
    package init(_ flaw: Flaw, in object: CIBObject, tag: @escaping (String) -> String?, declaration: Declaration) {
        let place = declaration.place(of: flaw)
        guard let went = History(of: flaw, in: object, at: .newest, tag: tag).went else {
            self = .unknown(flaw, in: object, at: place)
            return
        }
        self.init(
            .formerConstruct, "\(object.id.name): \(flaw.phrase) went with schema \(went)", at: place, expected: flaw.choice,
            remedy: "do without, before the cluster moves on to that schema")
    }

    private static func unknown(_ flaw: Flaw, in object: CIBObject, at place: Place?) -> Finding {
        Finding(
            .unknownConstruct, "\(object.id.name): \(flaw.sentence)", at: place, expected: flaw.expectation,
            remedy: flaw.suggestion ?? Rule.unknownConstruct.remedy)
    }
}

extension Declaration {
    /// Where the word stands that is wrong, or else what it belongs to.
    fileprivate func place(of flaw: Flaw) -> Place? {
        switch flaw.subject {
        case .value(let name, let value), .attribute(let name, let value):
            valuePlace(value, of: name) ?? place(of: value, orOf: ["/\(value)/", name, flaw.owner])
        case .element(let tag): place(of: tag, orOf: [flaw.owner, object.id.name])
        case .missing: place(of: flaw.owner ?? object.id.name)
        }
    }
}

extension Flaw {
    /// "tags", "role=Promoted"
    fileprivate var phrase: String {
        switch subject {
        case .value("name", let option): option
        case .attribute(let name, let value), .value(let name, let value): "\(name)=\(value)"
        case .missing(let name): "a \(parent) without \(name)"
        case .element(let tag): Self.plurals[tag] ?? "<\(tag)>"
        }
    }

    private static let plurals = [
        "tag": "tags", "alert": "alerts", "bundle": "bundles", "template": "templates", "rsc_ticket": "constraints of tickets",
        "fencing-topology": "fencing_topology", "acl_target": "acl_target", "acl_group": "acl_group", "acl_role": "roles",
        "acl_user": "user", "acl_permission": "permissions of this kind", "docker": "bundles of docker", "podman": "bundles of podman",
        "rkt": "bundles of rkt",
        "resource_set": "sets of resources here", "utilization": "utilization here", "rsc_expression": "rsc_expression",
        "op_expression": "op_expression",
    ]

    /// What is wrong with it by any schema.
    fileprivate var sentence: String {
        switch subject {
        case .attribute(let name, _) where expected.isEmpty: "\(name) can't stand beside the rest of the \(parent)"
        case .attribute(let name, _): "a \(parent) has no \(name)"
        case .value("name", let option): "\(option) can't be set here"
        case .value(let name, let value): "\(name) can't be \"\(value)\""
        case .missing(let name): "a \(parent) like this needs \(name)"
        case .element(let tag): "a \(parent) can't have this \(tag)"
        }
    }

    fileprivate var expectation: String? { expected.isEmpty ? nil : expected.joined(separator: ", ") }

    /// The values to choose from, where a value is wrong.
    fileprivate var choice: String? { if case .value = subject { expectation } else { nil } }

    fileprivate var suggestion: String? {
        switch subject {
        case .attribute(let word, _), .value(_, let word), .element(let word): didYouMean(word, among: expected)
        case .missing: nil
        }
    }
}

/// The words that begin a statement of crmsh's configuration.
public enum CRMKeyword: String, Hashable, Sendable, CaseIterable {
    case primitive, ms, colocation, order, clone, group, location, node, property
    case rscDefaults = "rsc_defaults"
    case opDefaults = "op_defaults"
    case bundle, tag, user, role, alert, xml, monitor
    case rscTemplate = "rsc_template"
    case rscTicket = "rsc_ticket"
    case fencingTopology = "fencing_topology"
    case aclTarget = "acl_target"
    case aclGroup = "acl_group"

    /// The keyword that a word stands for, whatever its case; crmsh has a second spelling of three.
    init?(word: String) {
        switch word {
        case "master": self = .ms
        case "collocation": self = .colocation
        case "fencing-topology": self = .fencingTopology
        default:
            guard let keyword = CRMKeyword(rawValue: word) else { return nil }
            self = keyword
        }
    }
}

extension CRMKeyword {
    /// What a misspelt word is compared with.
    static let spellings = allCases.map(\.rawValue) + ["master", "collocation"]

    /// What `crm configure` does rather than what it describes, and the levels around it.
    static let commands: Set<String> = [
        "assist", "bye", "cd", "cib", "cibstatus", "cluster", "commit", "configure", "corosync", "crm",
        "default-timeouts", "default_timeouts", "delete", "edit", "end", "erase", "exit", "filter", "get_property",
        "graph", "help", "history", "load", "ls", "maintenance", "modgroup", "options", "ptest", "quit", "ra",
        "refresh", "rename", "report", "resource", "rsctest", "save", "schema", "script", "set", "show", "simulate",
        "site", "status", "template", "up", "upgrade", "validate_all", "verify",
    ]
}

extension CRMKeyword {
    /// The name of a set of properties without one, and of what there is only one of; empty for what must be named.
    var defaultID: String {
        switch self {
        case .property: "cib-bootstrap-options"
        case .rscDefaults: "rsc-options"
        case .opDefaults: "op-options"
        case .fencingTopology: "fencing_topology"
        default: ""
        }
    }
}

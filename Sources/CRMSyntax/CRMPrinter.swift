internal import Diagnostics
public import XML

/// Writes elements of a CIB as the text that `crm configure show` prints for them.
///
/// What is printed is read again and compared: an element either comes back the same or is refused.
public struct CRMPrinter {
    /// Which ids of lists, rules, operations and pairs the text shows. crmsh shows those that something refers to.
    public enum Identifiers: Sendable {
        case all
        case only(Set<String>)
    }

    private let form: CRMForm

    public init(identifiers: Identifiers = .all) {
        switch identifiers {
        case .all: form = CRMForm(showsID: { _ in true })
        case .only(let ids): form = CRMForm(showsID: ids.contains, needsID: ids.contains)
        }
    }

    /// One statement, its lines joined by ` \` and a tab, without a line break at the end.
    ///
    /// - Parameter element: as parsed from a statement, or as it stands in a CIB with the resources inside it. The
    ///   `meta_attributes` of the defaults stand in an element named after their section.
    public func text(of element: Element) throws(CRMInexpressible) -> String {
        let reduced = form.reduced(element)
        if let attribute = reduced.unprintableAttribute { throw .character(attribute: attribute) }
        guard !reduced.hasUnknownDate, let lines = lines(of: reduced) else { throw .element(element.name) }
        let text = lines.joined(separator: " \\\n\t")
        let document = CRMDocument.parse(SourceText(path: "", text: text))
        guard document.statements.count == 1, let read = document.statements.first?.element,
            !document.findings.contains(where: { $0.severity == .error }), read.agrees(with: reduced)
        else { throw .misread(text: text) }
        return text
    }

    /// A statement with the comments before it, as crmsh shows it.
    public func text(of statement: CRMStatement) throws(CRMInexpressible) -> String {
        let text = statement.keyword == .xml ? try escape(statement.element) : try text(of: statement.element)
        return (statement.comments + [text]).joined(separator: "\n")
    }

    /// One line, and one file, for each element of the grammar.
    private func lines(of element: Element) -> [String]? {
        switch element.name {
        case "node": nodeLines(element)
        case "primitive": primitiveLines("primitive", element)
        case "template": primitiveLines("rsc_template", element)
        case "bundle": bundleLines(element)
        case "op": monitorLines(element)
        case "group": containerLines("group", element)
        case "clone": containerLines("clone", element)
        case "master": containerLines("ms", element)
        case "rsc_location": locationLines(element)
        case "rsc_colocation": colocationLines(element)
        case "rsc_order": orderLines(element)
        case "rsc_ticket": ticketLines(element)
        case "fencing-topology": fencingLines(element)
        case "tag": tagLines(element)
        case "alert": alertLines(element)
        case "acl_role", "acl_target", "acl_group", "acl_user": accessLines(element)
        case "cluster_property_set": propertyLines("property", element)
        case "rsc_defaults", "op_defaults":
            element.children.count == 1 ? propertyLines(element.name, element.children[0]) : nil
        default: nil
        }
    }
}

extension Element {
    /// The element as crmsh text with every id that it has, or nil where the syntax can't express it.
    public var crm: String? { try? CRMPrinter().text(of: self) }

    /// The ids that something in the element refers to: another list, a tag, a permission.
    public var referencedIDs: Set<String> {
        var ids: Set<String> = []
        walk { element in
            if let id = element["id-ref"] { ids.insert(id) }
            switch element.name {
            case "obj_ref": element.id.map { _ = ids.insert($0) }
            case "acl_permission": element["reference"].map { _ = ids.insert($0) }
            case "read", "write", "deny": element["ref"].map { _ = ids.insert($0) }
            default: break
            }
        }
        return ids
    }

    /// The first attribute whose value no line of text can hold.
    fileprivate var unprintableAttribute: String? {
        for attribute in attributes where attribute.value.utf8.contains(where: { $0 < 0x20 && $0 != 9 || $0 == 0x7F }) {
            return attribute.name
        }
        for child in children {
            if let found = child.unprintableAttribute { return found }
        }
        return nil
    }
}

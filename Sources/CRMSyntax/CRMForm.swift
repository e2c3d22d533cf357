internal import XML

/// An element as its text would be read again: members by name, ids only where the text shows them, defaults left out.
struct CRMForm {
    /// Whether the id of a list, rule, operation or pair is shown.
    let showsID: (String) -> Bool
    /// Whether an id that crmsh's text has no place for may not be lost.
    var needsID: (String) -> Bool = { _ in false }

    func reduced(_ element: Element) -> Element {
        var form = element
        if element.name == "rsc_defaults" || element.name == "op_defaults" {
            form.children = element.children.map(withNamedSet)
            return form
        }
        form.children = ordered(element.children.filter { !isVoid($0) }.map(reduced))
        switch element.name {
        case "node": reduceNode(&form)
        case "instance_attributes", "meta_attributes", "utilization", "nvpair", "rule", "op":
            if let id = form.id, !showsID(id) { form["id"] = nil }
            leaveOut("boolean-op", "and", of: &form)
        case "expression":
            leaveOutID(of: &form)
            leaveOut("value-source", "literal", of: &form)
        case "resource_set":
            leaveOutID(of: &form)
            leaveOut("sequential", "true", of: &form)
            leaveOut("require-all", "true", of: &form)
        case "date_expression", "duration", "date_spec", "fencing-level", "acl_permission", "read", "write", "deny",
            "attribute", "recipient":
            leaveOutID(of: &form)
        case "fencing-topology": form.children = byTarget(form.children)
        case "bundle": form.children = withListsLast(form.children)
        default: break
        }
        return isContainer(element) ? withMembers(form) : form
    }

    /// The id of a set of defaults is its name.
    private func withNamedSet(_ set: Element) -> Element {
        var form = reduced(set)
        form["id"] = set.id
        return form
    }

    private func reduceNode(_ form: inout Element) {
        if form.id == form["uname"] { form["id"] = nil }
        leaveOut("type", "normal", of: &form)
    }

    private func leaveOutID(of form: inout Element) {
        if let id = form.id, !needsID(id) { form["id"] = nil }
    }

    private func leaveOut(_ attribute: String, _ value: String, of form: inout Element) {
        if form[attribute] == value { form[attribute] = nil }
    }

    private func isContainer(_ element: Element) -> Bool {
        switch element.name {
        case "group", "clone", "master", "bundle": true
        default: false
        }
    }

    /// Resources inside a resource become references to them, behind its lists.
    private func withMembers(_ form: Element) -> Element {
        var form = form
        let members = form.children.filter(isMember)
        form.children.removeAll(where: isMember)
        form.children += members.map { .member($0.id ?? "") }
        return form
    }

    /// `<operations/>` says nothing.
    private func isVoid(_ element: Element) -> Bool { element.name == "operations" && element.isEmpty }

    private func isMember(_ element: Element) -> Bool {
        element.name == "primitive" || element.name == CRMStatement.memberTag || isContainer(element)
    }

    /// Rules come before the pairs that they govern.
    private func ordered(_ children: [Element]) -> [Element] {
        guard children.contains(where: { $0.name == "nvpair" }) else { return children }
        return children.filter { $0.name == "rule" } + children.filter { $0.name != "rule" }
    }
}

extension Element {
    /// Equal but for the order of attributes, which XML does not keep.
    func agrees(with other: Element) -> Bool {
        name == other.name && Set(attributes) == Set(other.attributes) && children.count == other.children.count
            && zip(children, other.children).allSatisfy { $0.agrees(with: $1) }
    }
}

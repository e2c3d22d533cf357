internal import Diagnostics
internal import XML

extension StatementParser {
    /// `property [id:|$id=…|$id-ref=…] [rule …] pairs`
    mutating func property() throws(Abandoned) -> Element {
        try propertySet("cluster_property_set")
    }

    /// `rsc_defaults` and `op_defaults`: their sets stand in a section of that name, which the element names.
    mutating func defaults(_ section: String) throws(Abandoned) -> Element {
        Element(section, [], children: [try propertySet("meta_attributes")])
    }

    private mutating func propertySet(_ name: String) throws(Abandoned) -> Element {
        guard token != nil else { throw missing("name=value") }
        var set = Element(name)
        let head = token
        if let id = try leadingID() {
            set.attributes.append(.init("id", id))
            if !id.utf8.isXMLName {
                report(
                    .error, "\"\(id)\" can't be an id", at: head?.range,
                    expected: "a letter or _, then letters, digits and . _ -")
            }
        } else {
            _ = try idSpecification(into: &set)
        }
        while peek("rule") { set.children.append(try rule()) }
        try pairs(into: &set)
        if token != nil { throw unexpected("name=value") }
        return set
    }
}

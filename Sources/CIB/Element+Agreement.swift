internal import XML

extension Element {
    /// A quick yes for the common case that nothing differs: the same fields with the same meaning, in the same order.
    /// A no only says that a closer look is needed. Ids that carry no meaning are not compared.
    func agrees(with live: Element, in set: String) -> Bool {
        guard name == live.name, children.count == live.children.count,
            attributesAgree(with: live, in: set)
        else { return false }
        for index in children.indices where !children[index].agrees(with: live.children[index], in: name) {
            return false
        }
        return true
    }

    private func attributesAgree(with live: Element, in set: String) -> Bool {
        var unmatched = live.attributes.count
        for attribute in live.attributes where attribute.name == "id" { unmatched -= 1 }
        for attribute in attributes {
            if attribute.name == "id" {
                if idHasMeaning, attribute.value != live.id { return false }
                continue
            }
            guard let value = live[attribute.name] else { return false }
            if value != attribute.value, !scalar(of: attribute.name, in: set).same(value, attribute.value) { return false }
            unmatched -= 1
        }
        return unmatched == 0
    }

    private func scalar(of attribute: String, in set: String) -> Scalar {
        guard name == "nvpair", attribute == "value" else { return Schema.kind(ofAttribute: attribute, in: name) }
        return Schema.kind(ofPair: self["name"] ?? "", in: set)
    }
}

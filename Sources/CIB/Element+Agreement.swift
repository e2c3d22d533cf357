internal import XML

extension Element {
    /// A quick yes for the common case that nothing differs: the same fields with the same meaning, in the same order.
    /// A no only says that a closer look is needed. Ids that carry no meaning, and that nothing refers to, are not compared.
    func agrees(with live: Element, in set: String = "", isReferenced: (String) -> Bool) -> Bool {
        guard name == live.name, children.count == live.children.count,
            attributesAgree(with: live, in: set, isReferenced)
        else { return false }
        for index in children.indices where !children[index].agrees(with: live.children[index], in: name, isReferenced: isReferenced) {
            return false
        }
        return true
    }

    private func attributesAgree(with live: Element, in set: String, _ isReferenced: (String) -> Bool) -> Bool {
        var unmatched = live.attributes.count
        for attribute in live.attributes where attribute.name == "id" { unmatched -= 1 }
        for attribute in attributes {
            if attribute.name == "id" {
                if attribute.value != live.id, idHasMeaning || isReferenced(attribute.value) { return false }
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

extension Element {
    /// The element with the ids of another that means the same, as far as something refers to them: of two names of one
    /// list the one counts that others call it by.
    func adoptingIDs(of desired: Element, where isReferenced: (String) -> Bool) -> Element {
        var element = named(like: desired, where: isReferenced)
        guard children.count == desired.children.count else { return element }
        element.children = zip(children, desired.children).map { $0.adoptingIDs(of: $1, where: isReferenced) }
        return element
    }

    func named(like desired: Element?, where isReferenced: (String) -> Bool) -> Element {
        guard let id = desired?.id, id != self.id, isReferenced(id) else { return self }
        var element = self
        element.id = id
        return element
    }
}

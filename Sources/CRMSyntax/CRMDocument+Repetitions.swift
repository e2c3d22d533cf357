internal import CIB
internal import XML

extension [CRMStatement] {
    /// Without what `crm configure show` says twice: a container that it can only show as `xml` holds its members, and each of
    /// them has a statement of its own besides. One that says the same again is only named in the container.
    func namingRepetitions() -> [CRMStatement] {
        guard contains(where: { $0.keyword == .xml && $0.element.holdsResources }) else { return self }
        let own = Dictionary(
            compactMap { statement in statement.name.map { ($0, statement.element) } }, uniquingKeysWith: { first, _ in first })
        return map { statement in
            guard statement.keyword == .xml, statement.element.holdsResources else { return statement }
            return statement.with(statement.element.naming { $0.isRepetition(of: own[$0.id ?? ""]) })
        }
    }
}

extension CRMStatement {
    fileprivate func with(_ element: Element) -> CRMStatement {
        CRMStatement(
            element: element, keyword: keyword, range: range, comments: comments, identifiers: element.innerIDs,
            isClean: false)  // it depends on the others, and is read anew
    }
}

extension Element {
    fileprivate var holdsResources: Bool { children.contains { Tags.isResource($0.name) } }

    /// With the names of the resources in it in place of those that are meant.
    fileprivate func naming(where isMeant: (Element) -> Bool) -> Element {
        var element = self
        element.children = children.map { child in
            guard Tags.isResource(child.name) else { return child }
            return isMeant(child) ? .member(child.id ?? "") : child.naming(where: isMeant)
        }
        return element
    }

    /// Whether the statement of its own says the same; it names its members.
    fileprivate func isRepetition(of own: Element?) -> Bool {
        guard let own else { return false }
        return naming { _ in true }.canonical() == own.naming { _ in true }.canonical()
    }
}

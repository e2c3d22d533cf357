internal import CIB
public import CRMSyntax
internal import XML

extension Plan {
    /// The transaction as a script for `crm -f`, which a person could also type.
    ///
    /// `load update -` takes the rest of the script as configuration: the one way in crmsh to change what exists without
    /// deleting it first. The end of the script commits everything at once.
    ///
    /// - Parameter hidingSecrets: whether passwords are shown as asterisks, for a record that others read.
    /// - Throws: `CRMInexpressible` where crmsh's syntax can't carry a name or a value.
    public func script(hidingSecrets: Bool = false) throws(CRMInexpressible) -> String {
        guard needsTransaction else { return "" }
        let wanted = self.wanted
        let deletions = self.deletions(towards: wanted)
        var lines = ["configure"]
        if !deletions.isEmpty { lines.append("delete \(deletions.joined(separator: " "))") }
        lines.append("load update -")
        let printer = CRMPrinter(identifiers: .only(wanted.configuration.referencedIDs))
        for object in written(in: wanted) {
            if let before = live[object.id]?.element, object.element.rearrangesReferences(of: before) { throw .order(of: object.id.name) }
            let statement = hidingSecrets ? object.statement.maskingSecrets() : object.statement
            lines.append(try text(of: statement, printer))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// What the syntax can't say is XML.
    private func text(of statement: Element, _ printer: CRMPrinter) throws(CRMInexpressible) -> String {
        do {
            return try printer.text(of: statement)
        } catch {
            return try printer.escape(statement)
        }
    }

    /// The objects as they are to be, where they are new or not as they were. Constraints on what moves into a group or a
    /// clone are written again as they are, since crmsh makes them constraints on the group; and those on what takes the
    /// name of something else, since crmsh deletes them with that.
    private func written(in wanted: CIB) -> [CIBObject] {
        let moved = self.moved(in: wanted).union(live.objects.filter { isMadeAnew($0, in: wanted) }.map(\.id.name))
        return wanted.objects.filter { object in
            live[object.id]?.element != object.element || object.references.contains(where: moved.contains)
                || edits.order[object.id.kind] != nil
        }
    }

    /// What becomes another kind of thing; and a clone of something else, whose former member crmsh wouldn't let go.
    private func isMadeAnew(_ object: CIBObject, in wanted: CIB) -> Bool {
        guard object.id.kind == .resource, let after = wanted[object.id], after != object else { return false }
        return edits.turns(object) || object.members != after.members && object.element.name != "group"
    }

    /// What is in a group or clone now in which it was not before.
    private func moved(in wanted: CIB) -> Set<String> {
        wanted.objects.reduce(into: []) { moved, object in
            moved.formUnion(Set(object.members).subtracting(live[object.id]?.members ?? []))
        }
    }

    /// What goes; sets of options that lose one, since `load update` only ever adds to a set; and sets that change places.
    private func deletions(towards wanted: CIB) -> [String] {
        live.objects.filter { object in
            guard let after = wanted[object.id], !isMadeAnew(object, in: wanted) else { return true }
            if edits.order[object.id.kind] != nil { return true }
            return object.id.kind.isSet && object.element != after.element && loses(object.element, after.element)
        }.map(\.id.name)
    }

    private func loses(_ before: Element, _ after: Element) -> Bool {
        let names = Set(after.children.map { $0["name"] })
        return before.children.contains { !names.contains($0["name"]) }
    }
}

extension Element {
    /// Whether lists change places one of which stands for another (`id-ref`): crmsh 4.4.1 takes one list of an object for the other then, and the
    /// schema refuses what it writes.
    fileprivate func rearrangesReferences(of former: Element) -> Bool {
        Tags.attributeLists.contains { tag in
            let (before, after) = (former.all(tag), all(tag))
            return after.count > 1 && before.contains { $0["id-ref"] != nil }
                && before.map(\.listName) != after.map(\.listName)
        }
    }
}

extension CIBObject {
    /// The element as a statement of crmsh declares it.
    fileprivate var statement: Element {
        switch id.kind {
        case .resourceDefaults: Element("rsc_defaults", [], children: [element])
        case .operationDefaults: Element("op_defaults", [], children: [element])
        case .constraint: element.withModernSpelling()
        default: element
        }
    }
}

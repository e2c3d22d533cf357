internal import XML

// The parts of an object: matched, merged one by one, and put into git's order where that means something.

extension Merge {
    mutating func children(_ base: Element?, _ desired: Element, _ live: Element, at path: FieldPath) -> [Element] {
        let (base, desired) = spreading(base, desired, over: live)
        let matches = ChildMatches(base: base, desired: desired, live: live, isKnown: isKnown)
        var merged: [Part] = []
        for row in matches.rows {
            if row.sides.desired == nil, Alternatives.exclude(child: row.sides.any.name, from: desired) { continue }
            guard let child = child(row.sides, at: path, in: live) else { continue }
            let part = Part(element: child, rank: row.rank)
            if row.sides.live != nil { merged.append(part) } else { merged.insert(part, at: place(of: part, in: merged)) }
        }
        for tag in orderedTags(in: merged, of: live) { arrange(&merged) { $0.name == tag } }
        return merged.map(\.element)
    }

    fileprivate struct Part {
        let element: Element
        /// Where git has it.
        let rank: Int?
    }

    /// Members of a group stand in git's order, and lists of attributes where their order decides which value counts.
    private func orderedTags(in parts: [Part], of object: Element) -> [String] {
        let lists = Tags.attributeLists.filter { tag in
            let known = parts.filter { $0.rank != nil && $0.element.name == tag }.map(\.element)
            return known.compete
        }
        return object.name == "group" ? lists + [Tags.member] : lists
    }

    private func arrange(_ parts: inout [Part], where isMeant: (Element) -> Bool) {
        let places = parts.indices.filter { isMeant(parts[$0].element) }
        let ranks = places.compactMap { parts[$0].rank }
        guard ranks != ranks.sorted() else { return }
        for (place, part) in zip(places, arranged(places.map { parts[$0] }, rank: \.rank)) { parts[place] = part }
    }

    /// Behind those of its kind. "element-resource-extra" stands before the members of a group or clone in every schema, and
    /// "element-alert-extra" before the recipients in those of 2.x.
    private func place(of part: Part, in parts: [Part]) -> Int {
        let last = [Tags.member, "recipient"]
        if last.contains(part.element.name) { return parts.count }
        if Tags.isAttributeSet(part.element.name), let alike = parts.lastIndex(where: { $0.element.name == part.element.name }) { return alike + 1 }
        return parts.firstIndex { last.contains($0.element.name) } ?? parts.count
    }

    struct ThreeWay {
        let base: Element?
        let desired: Element?
        let live: Element?

        var any: Element { live ?? desired ?? base ?? Element("") }
    }

    mutating func child(_ sides: ThreeWay, at path: FieldPath, in parent: Element) -> Element? {
        let path = path.appending(sides.any, in: parent)
        if sides.any.name == "nvpair" { return pair(sides, at: path, in: parent.name)?.named(like: sides.desired, where: isReferenced) }
        switch (sides.desired, sides.live) {
        case (let desired?, nil): return added(desired, base: sides.base, at: path, in: parent)
        case (let desired?, let live?) where (desired["id-ref"] == nil) != (live["id-ref"] == nil):
            return desired
        case (let desired?, let live?):
            return element(sides.base, desired, live, at: path, in: parent).named(like: desired, where: isReferenced)
        case (nil, let live?): return abandoned(live, base: sides.base, at: path, in: parent)
        case (nil, nil): return nil
        }
    }

    /// A child that the live object does not have (any more). Of a set that someone emptied, what is held stays away.
    private mutating func added(_ desired: Element, base: Element?, at path: FieldPath, in parent: Element) -> Element? {
        guard base != nil, Tags.isAttributeSet(desired.name) else { return desired }
        let set = element(base, desired, Element(desired.name, desired.attributes), at: path, in: parent)
        return set.children.contains { $0.name == "nvpair" } ? set : nil
    }

    /// A live child that git does not have (any more). Whom a group, a tag or a grant lists is one thought: where git has it for the first time, its
    /// list is the whole one, as "crm configure load update" makes it. Later, what others add to it is theirs.
    private mutating func abandoned(
        _ live: Element, base: Element?, at path: FieldPath, in parent: Element
    ) -> Element? {
        guard Tags.isAttributeSet(live.name) || live.name == "operations" else {
            let isReplaced = live.name == Tags.member && parent.name != "group"  // a clone has one member
            if base != nil || isReplaced || !isKnown && Tags.isEntry(live.name) { return nil }
            unmanaged.append(path)
            return live
        }
        var nothing = Element(live.name)
        nothing["id-ref"] = live["id-ref"]
        let rest = element(base, nothing, live, at: path, in: parent)
        return base != nil && rest.children.allSatisfy { $0.name == "rule" } ? nil : rest
    }
}

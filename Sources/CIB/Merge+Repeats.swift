internal import XML

// "crm resource stop" writes target-role into every meta list of a resource, and of two lists that set a name the last one has its way:
// a name that git sets once is one field, in however many live lists it stands.

extension Merge {
    /// The sides with a pair also in those lists in which somebody else has put its name, so that all of them follow git, or are held.
    func spreading(_ base: Element?, _ desired: Element, over live: Element) -> (base: Element?, desired: Element) {
        let plain = live.children.filter(\.isPlainList)
        guard Set(plain.map(\.name)).count < plain.count else { return (base, desired) }
        var (base, desired) = (base, desired)
        for tag in Set(plain.map(\.name)) {
            let lists = plain.filter { $0.name == tag }
            let (wanted, before) = (desired.plainLists(tag), base?.plainLists(tag) ?? [])
            for name in Set(lists.flatMap(\.names)) {
                let foreign = lists.indices.filter { place in
                    lists[place].names.contains(name) && !wanted.has(name, at: place) && !before.has(name, at: place)
                }
                guard !foreign.isEmpty else { continue }
                if let home = wanted.only(name) {
                    let isElsewhere = !lists.has(name, at: home)
                    desired.spread(name, from: home, to: foreign, of: tag, leaving: isElsewhere)
                }
                if let home = before.only(name) { base?.spread(name, from: home, to: foreign, of: tag, leaving: false) }
            }
        }
        return (base, desired)
    }
}

extension Element {
    /// One that always holds, with the same weight as all others of its kind.
    fileprivate var isPlainList: Bool { Tags.isAttributeSet(name) && self["score"] == nil && self["id-ref"] == nil && !hasRule }

    fileprivate func plainLists(_ tag: String) -> [Element] { children.filter { $0.name == tag && $0.isPlainList } }

    fileprivate var names: [String] { children.compactMap { $0["name"] } }

    /// - Parameter leaving: whether the pair leaves the list that has it, since the live one has it elsewhere.
    fileprivate mutating func spread(_ name: String, from home: Int, to others: [Int], of tag: String, leaving: Bool) {
        var places = children.indices.filter { children[$0].name == tag && children[$0].isPlainList }
        guard let last = others.last, let pair = children[places[home]].children.first(where: { $0["name"] == name }) else { return }
        while places.count <= last {
            places.append(children.count)
            children.append(Element(tag))
        }
        var copy = pair
        if !leaving { copy.id = nil }
        for other in others {
            children[places[other]].children.append(copy)
            copy.id = nil
        }
        guard leaving else { return }
        children[places[home]].children.removeAll { $0["name"] == name }
        if children[places[home]].children.isEmpty, home == places.count - 1 { children.remove(at: places[home]) }
    }
}

extension [Element] {
    fileprivate func has(_ name: String, at place: Int) -> Bool { indices.contains(place) && self[place].names.contains(name) }

    /// The one list that sets the name.
    fileprivate func only(_ name: String) -> Int? {
        let places = indices.filter { self[$0].names.contains(name) }
        return places.count == 1 ? places[0] : nil
    }
}

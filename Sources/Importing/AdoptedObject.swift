internal import CIB
internal import XML

/// One object on its way from the live cluster into a repository.
struct AdoptedObject {
    /// As the repository calls it, or will.
    let id: ObjectID
    /// Nil where the cluster does not have it any more.
    let live: CIBObject?
    /// All that the repository says of it; nil where that is nothing.
    let declared: Element?
    /// Of a set of options, those that are meant; nil: all of it.
    var options: Set<String>?
    /// Whether it is written as the cluster has it, and not in the words that the repository has where they mean the same.
    var isVerbatim = false

    /// What the repository is to say; nil: nothing.
    ///
    /// - Parameter isReferenced: whether something refers to a part of it by its XML id.
    func element(unless isReferenced: (String) -> Bool) -> Element? {
        guard let live else { return nil }
        let target = target(live, unless: isReferenced)
        let former = declared?.keepingValues(of: live.element)
        let element: Element
        if let options {
            element = former.map { $0.taking(options, from: target) } ?? target.keeping(options)
        } else if let former, !isVerbatim {
            var merge = Merge(policy: .revertingPersons)
            element = merge.object(base: former, desired: target, live: former)
        } else {
            element = target
        }
        if id.kind.isSet, element.children.isEmpty, element["id-ref"] == nil { return nil }
        return element.hidingSecrets(of: live.element, keeping: declared)
    }

    /// What the cluster has, without what nobody declares.
    private func target(_ live: CIBObject, unless isReferenced: (String) -> Bool) -> Element {
        var element = live.withoutAgentState(unless: isReferenced).object.element
        if id.kind.isSet { element["id"] = declared == nil ? live.element.id : declared?.id }
        if id.kind == .properties { element.leaveOut(DriftClass.clusterProperties, unlessIn: declared) }
        let agent = ResourceAgent(live.element)?.description
        element.children = element.children.compactMap { list in
            guard list.name == "utilization", !list.children.isEmpty else { return list }
            let names = list.children.compactMap { $0["name"] }.filter {
                DriftClass.ofPair($0, in: "utilization", of: live.element.name, by: agent)?.owner == .agent
            }
            var own = list
            own.leaveOut(Set(names), unlessIn: declared?.first("utilization"))
            return own.children.isEmpty ? nil : own
        }
        return element
    }
}

extension Element {
    /// Pairs that others than people write: they are as the repository has them.
    fileprivate mutating func leaveOut(_ names: Set<String>, unlessIn declared: Element?) {
        children = children.compactMap { pair in
            guard let name = pair["name"], names.contains(name) else { return pair }
            return declared?.children.first { $0["name"] == name }
        }
    }

    fileprivate func keeping(_ options: Set<String>) -> Element {
        var set = self
        set.children = children.filter { $0["name"].map(options.contains) ?? false }
        return set
    }

    /// With some options as another version of the set has them, each in its place.
    fileprivate func taking(_ options: Set<String>, from other: Element) -> Element {
        var set = self
        set.children = children.compactMap { pair in
            guard let name = pair["name"], options.contains(name) else { return pair }
            guard let new = other.children.first(where: { $0["name"] == name }) else { return nil }
            return new["value"] == pair["value"] && new["id-ref"] == pair["id-ref"] ? pair : new
        }
        let known = Set(children.compactMap { $0["name"] })
        set.children += other.children.filter { pair in pair["name"].map { options.contains($0) && !known.contains($0) } ?? false }
        return set
    }

    /// Pairs whose value the repository must not, or need not, hold stand as references to themselves: `@ID:passwd`.
    fileprivate func hidingSecrets(of live: Element, keeping declared: Element?) -> Element {
        var references: [String: Element] = [:]
        declared?.walk { if $0.name == "nvpair", let id = $0["id-ref"] { references[id] = $0 } }
        declared?.walk { if $0.name == "nvpair", let id = $0.id { references[id] = nil } }  // that one is declared with its value
        var pairs: [Element] = []
        live.walk { if $0.name == "nvpair", $0.id != nil { pairs.append($0) } }
        return hidingSecrets(pairs, references)
    }

    private func hidingSecrets(_ pairs: [Element], _ references: [String: Element]) -> Element {
        if name == "nvpair" {
            if let id, let reference = references[id] { return reference }
            guard holdsSecret, let same = pairs.first(where: { $0["name"] == self["name"] && $0["value"] == self["value"] }) else { return self }
            return Element("nvpair", ["id-ref": same.id ?? "", "name": self["name"] ?? ""])
        }
        var element = self
        element.children = children.map { $0.hidingSecrets(pairs, references) }
        return element
    }
}

public import XML

/// Things that the CIB can say in two ways.
extension Element {
    /// `<master>` as a promotable clone, the score of an order as its kind, role names as of 2.1.
    public func withModernSpelling() -> Element {
        switch name {
        case "master": asPromotableClone()
        case "rsc_order": orderWithKind()
        default: self
        }
    }

    /// The same element in the words that `live` uses, so that only differences in meaning remain.
    func spelled(like live: Element, by features: FeatureSet?) -> Element {
        switch (name, live.name) {
        case ("master", "clone"): asPromotableClone()
        case ("clone", "master"): asMaster() ?? self
        case ("rsc_order", "rsc_order"): orderSpelled(like: live)
        case ("cluster_property_set", "cluster_property_set"): optionsSpelled(like: live, by: features)
        default: self
        }
    }

    /// Whether one can be changed into the other; what can't must be deleted and created anew.
    public func isSameKind(as other: Element) -> Bool {
        name == other.name || ["clone", "master"].contains(name) && ["clone", "master"].contains(other.name)
    }

    private func asPromotableClone() -> Element {
        var clone = self
        clone.name = "clone"
        clone.setMeta("promotable", to: "true")
        return clone
    }

    /// Nil where the clone is not promotable.
    private func asMaster() -> Element? {
        var master = self
        master.name = "master"
        guard let set = children.firstIndex(where: { $0.name == "meta_attributes" }),
            let pair = children[set].children.firstIndex(where: { $0["name"] == "promotable" }),
            children[set].children[pair]["value"].flatMap(parseBoolean) == true
        else { return nil }
        master.children[set].children.remove(at: pair)
        if master.children[set].children.isEmpty { master.children.remove(at: set) }
        return master
    }

    private mutating func setMeta(_ name: String, to value: String) {
        let pair = Element("nvpair", ["name": name, "value": value])
        guard let set = children.firstIndex(where: { $0.name == "meta_attributes" && $0["id-ref"] == nil }) else {
            children.insert(Element("meta_attributes", [], children: [pair]), at: 0)
            return
        }
        children[set].children.removeAll { $0["name"] == name }
        children[set].children.append(pair)
    }

    /// Pacemaker asks for the score only where there is no kind: 0 is Optional, any other Mandatory (deprecated since 1.0.7).
    private func orderWithKind() -> Element {
        guard self["kind"] == nil, let score = self["score"] else { return self }
        var order = self
        order["score"] = nil
        order["kind"] = Scalar.orderKind.canonical(score)
        return order
    }

    /// The options of fencing under that of their two names which the live set has.
    private func optionsSpelled(like live: Element, by features: FeatureSet?) -> Element {
        guard let features, features >= .fencingNames else { return self }
        let present = Set(live.children.compactMap { $0["name"] })
        let names = Dictionary(
            present.compactMap { name in
                if let former = Schema.formerName(ofOption: name) { return (former, name) }
                guard name.hasPrefix("stonith-") else { return nil }
                return ("fencing-" + name.dropFirst(8), name)
            }, uniquingKeysWith: { first, _ in first })
        var options = self
        for index in children.indices {
            if let name = children[index]["name"], !present.contains(name), let other = names[name] { options.children[index]["name"] = other }
        }
        return options
    }

    private func orderSpelled(like live: Element) -> Element {
        guard let liveScore = live["score"], live["kind"] == nil else { return self }
        let kind = self["kind"] ?? self["score"] ?? "Mandatory"
        guard Scalar.orderKind.same(kind, liveScore) else { return self }
        var order = self
        order["kind"] = nil
        order["score"] = liveScore
        return order
    }
}

internal import CIB
internal import Catalogue
internal import Diagnostics
internal import XML

/// Sets of pairs that say a thing twice, and constraints that tie a resource to itself.
enum PairRules: RuleSet {
    static func findings(in inventory: Inventory) -> [Finding] {
        inventory.declarations.all.flatMap { repeated(in: $0) + selfish($0) }
    }

    private static func repeated(in declaration: Declaration) -> [Finding] {
        var names: [String] = []
        declaration.object.element.walk { element in
            guard Tags.isAttributeSet(element.name) else { return }
            var seen: Set<String> = []
            names += element.children.compactMap { $0["name"] }.filter { !seen.insert($0).inserted }
        }
        return names.map { name in
            Finding(
                .repeatedPair, "\(declaration.object.id.name) sets \(name) twice in one list", at: declaration.place(ofLast: name),
                remedy: "keep one of the two; Pacemaker takes the first")
        }
    }

    private static func selfish(_ declaration: Declaration) -> [Finding] {
        let element = declaration.object.element
        let ends = element.name == "rsc_order" ? ("first", "then") : ("rsc", "with-rsc")
        guard ["rsc_order", "rsc_colocation"].contains(element.name), let one = element[ends.0], one == element[ends.1],
            element["first-action"] == element["then-action"]
        else { return [] }
        return [
            Finding(
                .selfReference, "\(declaration.object.id.name) ties \(one) to itself", at: declaration.place(ofLast: one),
                remedy: "name another resource, or remove the constraint")
        ]
    }
}

internal import CIB
internal import CRMSyntax
internal import Catalogue
internal import Diagnostics
internal import XML

extension Declarations {
    /// A `monitor` statement is an operation of a resource that some file declares, maybe a later one.
    mutating func attachMonitors() {
        for (operation, place) in monitors {
            let name = operation["rsc"] ?? ""
            guard contains(ObjectID(.resource, name)) else {
                if unreadNames.contains(name) { continue }
                report(
                    Finding(
                        .danglingReference, "monitor refers to \"\(name)\", and no such resource is declared",
                        at: place.place(of: name) ?? place.start))
                continue
            }
            change(ObjectID(.resource, name)) { $0.add(operation: operation) }
        }
    }
}

extension Element {
    fileprivate mutating func add(operation: Element) {
        var operation = operation
        operation["rsc"] = nil
        if let index = children.firstIndex(where: { $0.name == "operations" }) {
            children[index].children.append(operation)
        } else {
            let index = children.firstIndex { $0.name == Tags.member } ?? children.count
            children.insert(Element("operations", [], children: [operation]), at: index)
        }
    }
}

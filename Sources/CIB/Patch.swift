public import XML

/// A version 2 patch set, as crm_diff(8) makes and `cibadmin --patch` takes: bound to the exact version of the CIB that it
/// was made from, so that it is a compare-and-swap of the configuration.
public struct Patch: Hashable, Sendable {
    public let element: Element

    /// - Parameters:
    ///   - old: the live CIB.
    ///   - new: the wanted one. Parts with the same tag and id are the same part.
    public init(from old: CIB, to new: CIB) {
        var changes: [Element] = []
        Self.compare(old.configuration, new.configuration, at: "/cib/configuration", into: &changes)
        let version = Element(
            "version", [],
            children: [
                Self.version("source", old.version), Self.version("target", new.version),
            ])
        element = Element("diff", ["format": "2"], children: [version] + changes)
    }

    public var isEmpty: Bool { element.children.count <= 1 }

    public var xml: String { element.xml }

    private static func version(_ name: String, _ version: Version) -> Element {
        Element(
            name,
            [
                "admin_epoch": String(version.adminEpoch), "epoch": String(version.epoch),
                "num_updates": String(version.updates),
            ])
    }

    private static func compare(_ old: Element, _ new: Element, at path: String, into changes: inout [Element]) {
        guard old != new else { return }
        if old.attributes != new.attributes, let change = modification(old, new, at: path) { changes.append(change) }
        let before = Keyed(old)
        let after = Keyed(new)
        for (key, child) in zip(before.keys, old.children) where after[key] == nil {
            changes.append(deletion(of: child, at: path))
        }
        let moved = movedKeys(before, after)
        for (position, child) in new.children.enumerated() {
            let key = after.keys[position]
            guard let previous = before[key] else {
                changes.append(creation(of: child, at: path, position))
                continue
            }
            if previous != child, !(previous.isAddressable && child.isAddressable) {
                changes.append(deletion(of: child, at: path))
                changes.append(creation(of: child, at: path, position))
                continue
            }
            if moved.contains(key) {
                let place = path + step(to: child)
                changes.append(
                    Element("change", ["operation": "move", "path": place, "position": String(position)]))
            }
            compare(previous, child, at: path + step(to: child), into: &changes)
        }
    }

    /// The children that stay but change places among those that stay.
    private static func movedKeys(_ before: Keyed, _ after: Keyed) -> Set<String> {
        let oldOrder = before.keys.filter { after[$0] != nil }
        let newOrder = after.keys.filter { before[$0] != nil }
        guard let first = zip(oldOrder, newOrder).enumerated().first(where: { $0.element.0 != $0.element.1 }) else {
            return []
        }
        return Set(newOrder[first.offset...])
    }

    private static func modification(_ old: Element, _ new: Element, at path: String) -> Element? {
        var list: [Element] = []
        for attribute in new.attributes where old[attribute.name] != attribute.value {
            list.append(
                Element("change-attr", ["name": attribute.name, "operation": "set", "value": attribute.value]))
        }
        for attribute in old.attributes where new[attribute.name] == nil {
            list.append(Element("change-attr", ["name": attribute.name, "operation": "unset"]))
        }
        guard !list.isEmpty else { return nil }
        let result = Element("change-result", [], children: [Element(new.name, new.attributes)])
        return Element(
            "change", ["operation": "modify", "path": path],
            children: [Element("change-list", [], children: list), result])
    }

    private static func creation(of child: Element, at path: String, _ position: Int) -> Element {
        Element("change", ["operation": "create", "path": path, "position": String(position)], children: [child])
    }

    private static func deletion(of child: Element, at path: String) -> Element {
        Element("change", ["operation": "delete", "path": path + step(to: child)])
    }

    private static func step(to child: Element) -> String {
        child.id.map { "/\(child.name)[@id='\($0)']" } ?? "/\(child.name)"
    }
}

extension Element {
    /// Whether a path can tell its children apart: sets that only refer to others (`id-ref`) have no id, and a path without
    /// one means the first child of that name.
    fileprivate var isAddressable: Bool {
        guard children.contains(where: { $0.id == nil }) else { return Set(Keyed.keys(of: self)).count == children.count }
        let names = children.map(\.name)
        return children.allSatisfy { child in child.id != nil || names.count { $0 == child.name } == 1 }
            && Set(Keyed.keys(of: self)).count == children.count
    }
}

/// The children of an element by tag and id, as a patch addresses them.
private struct Keyed {
    let keys: [String]
    private let children: [String: Element]

    init(_ element: Element) {
        keys = Self.keys(of: element)
        children = Dictionary(zip(keys, element.children), uniquingKeysWith: { first, _ in first })
    }

    static func keys(of element: Element) -> [String] { element.children.map { "\($0.name) \($0.id ?? "")" } }

    subscript(key: String) -> Element? { children[key] }
}

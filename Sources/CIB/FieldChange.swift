internal import Diagnostics
public import XML

/// One field of an object that changes, with the value it has and the value it gets.
public struct FieldChange: Hashable, Sendable {
    public enum Value: Hashable, Sendable {
        case text(String)
        /// The members of a group or clone, in order.
        case members([String])
        /// A rule, a resource set, a whole operation: shown in crmsh's syntax.
        case element(Element)
    }

    public let path: FieldPath
    public let old: Value?
    public let new: Value?

    public init(path: FieldPath, old: Value?, new: Value?) {
        self.path = path
        self.old = old
        self.new = new
    }

    /// What differs between two versions of one object.
    public static func between(_ old: Element, _ new: Element) -> [FieldChange] {
        var changes: [FieldChange] = []
        compare(old, new, at: FieldPath(), into: &changes)
        return changes
    }

    private static func compare(_ old: Element, _ new: Element, at path: FieldPath, into changes: inout [FieldChange]) {
        guard old != new else { return }
        if old.name == "nvpair" {
            guard old["value"] != new["value"] || old["id-ref"] != new["id-ref"] || old["name"] != new["name"] else { return }  // another id
            changes.append(FieldChange(path: path, old: old.pairValue, new: new.pairValue))
            return
        }
        if old.name == "resource_set", new.name == "resource_set" {  // who is in it, and in which order: that is one thing
            guard old.canonical() != new.canonical() else { return }
            changes.append(FieldChange(path: path, old: .element(old), new: .element(new)))
            return
        }
        compareAttributes(old, new, at: path, into: &changes)
        compareMembers(old, new, at: path, into: &changes)
        compareChildren(old, new, at: path, into: &changes)
    }

    private static func compareAttributes(
        _ old: Element, _ new: Element, at path: FieldPath, into changes: inout [FieldChange]
    ) {
        let added = new.attributes.map(\.name).filter { old[$0] == nil }
        for name in old.attributes.map(\.name) + added where name != "id" && old[name] != new[name] {
            changes.append(
                FieldChange(
                    path: path.appending(name), old: old[name].map { .text($0.concealingSecrets) },
                    new: new[name].map { .text($0.concealingSecrets) }))
        }
    }

    private static func compareMembers(
        _ old: Element, _ new: Element, at path: FieldPath, into changes: inout [FieldChange]
    ) {
        let before = old.all(Tags.member).compactMap(\.id)
        let after = new.all(Tags.member).compactMap(\.id)
        guard before != after else { return }
        changes.append(
            FieldChange(
                path: path.appending("members"), old: before.isEmpty ? nil : .members(before),
                new: after.isEmpty ? nil : .members(after)))
    }

    private static func compareChildren(
        _ old: Element, _ new: Element, at path: FieldPath, into changes: inout [FieldChange]
    ) {
        let before = ChildIndex(old)
        let after = ChildIndex(new)
        var arrived = zip(after.keys, new.children).filter { before[$0.0] == nil && $0.0.tag != Tags.member }.map(\.1)
        for (key, child) in zip(before.keys, old.children) where key.tag != Tags.member {
            let path = path.appending(child, in: old)
            if let other = after[key] {
                compare(child, other, at: path, into: &changes)
            } else if let index = child.successor(among: arrived) {
                compare(child, arrived.remove(at: index), at: path, into: &changes)
            } else {
                append(child, at: path, isNew: false, into: &changes)
            }
        }
        for child in arrived { append(child, at: path.appending(child, in: new), isNew: true, into: &changes) }
        compareOrder(old, new, at: path, into: &changes)
    }

    /// Lists of attributes that stay, and change places among each other.
    private static func compareOrder(_ old: Element, _ new: Element, at path: FieldPath, into changes: inout [FieldChange]) {
        for tag in Tags.attributeLists {
            let (before, after) = (old.all(tag).compactMap(\.listName), new.all(tag).compactMap(\.listName))
            let (stayed, stays) = (before.filter(after.contains), after.filter(before.contains))
            guard stayed != stays, let first = new.first(tag) else { continue }
            changes.append(FieldChange(path: path.appending(first, in: new).appending("order"), old: .members(stayed), new: .members(stays)))
        }
    }

    /// A part that comes or goes as a whole: pair by pair where it is a set of pairs.
    private static func append(
        _ part: Element, at path: FieldPath, isNew: Bool, into changes: inout [FieldChange]
    ) {
        let isList = part.name == "operations" || Tags.isAttributeSet(part.name) && part.children.allSatisfy { $0.name == "nvpair" }
        if isList, !part.children.isEmpty {
            for child in part.children {
                append(child, at: path.appending(child, in: part), isNew: isNew, into: &changes)
            }
            return
        }
        let value = part.name == "nvpair" ? part.pairValue : .element(part.maskingSecrets())
        changes.append(FieldChange(path: path, old: isNew ? nil : value, new: isNew ? value : nil))
    }
}

extension Element {
    /// What has its id, under another key; or else, of a list with another score or rule, a list of that kind: to people it is the same, and what
    /// stays in it does not go and come.
    fileprivate func successor(among others: [Element]) -> Int? {
        others.firstIndex { $0.id != nil && $0.id == id }
            ?? (Tags.isAttributeSet(name) ? others.firstIndex { $0.name == name } : nil)
    }

    fileprivate var pairValue: FieldChange.Value? {
        .text(maskingSecrets()["value"] ?? self["id-ref"].map { "@\($0)" } ?? "")
    }
}

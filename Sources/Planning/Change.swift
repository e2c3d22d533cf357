public import CIB
internal import CRMSyntax
public import Steps
internal import XML

/// What happens to one object of the CIB.
public struct Change: Hashable, Sendable {
    public typealias Action = ChangeAction

    public let action: Action
    public let id: ObjectID
    /// The element's tag, which says what kind of resource or constraint it is.
    public let tag: String
    /// For a change: field by field. For a creation: all fields, without old values.
    public let fields: [FieldChange]
    /// Why, where it isn't plain from the commit: "refers to xps-101, which is deleted".
    public let reason: String?

    public init(_ action: Action, _ id: ObjectID, tag: String, fields: [FieldChange] = [], reason: String? = nil) {
        self.action = action
        self.id = id
        self.tag = tag
        self.fields = fields
        self.reason = reason
    }

    init(creating object: CIBObject) {
        let nothing = Element(object.element.name, ["id": object.element.id ?? ""])
        self.init(
            .create, object.id, tag: object.element.name,
            fields: FieldChange.between(nothing, object.element))
    }

    init(_ object: CIBObject, to element: Element, reason: String? = nil) {
        self.init(
            .change, object.id, tag: element.name, fields: FieldChange.between(object.element, element), reason: reason)
    }

    init(deleting object: CIBObject, reason: String? = nil) {
        self.init(.delete, object.id, tag: object.element.name, reason: reason)
    }

    /// What turns into another kind of thing under its name is deleted and created.
    static func changes(from old: CIBObject, to new: CIBObject) -> [Change] {
        guard !old.element.isSameKind(as: new.element) else { return [Change(old, to: new.element)] }
        let kind = CRMKeyword.word(forTag: new.element.name)
        return [Change(deleting: old, reason: "a \(kind) takes its name"), Change(creating: new)]
    }
}

/// Something live that stays as it is although git doesn't say so, and who wants it so.
public struct Held: Hashable, Sendable {
    public let object: ObjectID
    /// Nil where the whole object is held.
    public let path: FieldPath?
    public let driftClass: DriftClass
    public let live: String?
    public let desired: String?

    /// - Parameter path: nil where it is the whole object.
    public init(_ object: ObjectID, as driftClass: DriftClass, path: FieldPath? = nil, live: String? = nil, desired: String? = nil) {
        self.object = object
        self.driftClass = driftClass
        self.path = path
        self.live = live
        self.desired = desired
    }

    init(_ object: ObjectID, _ field: Merge.OwnedField) {
        self.init(object, as: field.driftClass, path: field.path, live: field.live, desired: field.desired)
    }

    public var holder: Owner? { driftClass.owner }
}

/// Something live that was never in git: shown, and left alone.
public struct Unmanaged: Hashable, Sendable {
    public let object: ObjectID
    public let tag: String
    /// Nil where the whole object is unmanaged.
    public let path: FieldPath?
}

extension Change {
    /// What it is about, by names that are the same in each plan: the fields that it changes, or the object as a whole.
    public var matters: [String] { action == .change ? fields.map { "\(id.name) \($0.path)" } : [id.name] }
}

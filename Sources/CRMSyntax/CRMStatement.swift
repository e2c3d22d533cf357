internal import CIB
public import XML

/// One statement of a `.crm` file and the element that crmsh would put in the CIB for it.
///
/// A class, for it is large and handed on by the thousand; it never changes.
public final class CRMStatement: Sendable {
    /// The element in which a clone, ms or group names a resource that has a statement of its own.
    public static let memberTag = Tags.member

    /// Without generated ids: only objects and what `$id` names have one. `rsc_defaults` and `op_defaults` are the
    /// section with one set in it.
    public let element: Element
    /// `ms` also where the text says `master`.
    public let keyword: CRMKeyword
    /// Byte offsets in the source, without the comments before the statement.
    public let range: Range<Int>
    /// The comments before the statement, each with its `#`.
    public let comments: [String]
    /// The ids that `$id` gives to lists, rules, operations and pairs.
    public let identifiers: [String]
    /// Whether parsing it left nothing to say; only then is it worth keeping for the next document.
    let isClean: Bool

    init(element: Element, keyword: CRMKeyword, range: Range<Int>, comments: [String], identifiers: [String], isClean: Bool) {
        (self.element, self.keyword, self.range, self.comments) = (element, keyword, range, comments)
        (self.identifiers, self.isClean) = (identifiers, isClean)
    }

    /// The object's name: a node's uname, the id of anything else; nil for a property set without one.
    public var name: String? {
        switch keyword {
        case .node: element["uname"]
        case .rscDefaults, .opDefaults: element.children.first?.setName
        case .property: element.setName
        case .monitor: ["monitor", element["rsc"], element["role"], element["interval"]].compactMap(\.self).joined(separator: " ")
        case .xml: escapedName
        default: element.id
        }
    }

    private var escapedName: String? {
        switch element.name {
        case "node": element["uname"]
        case "rsc_defaults", "op_defaults": element.children.first?.setName
        default: element.setName
        }
    }
}

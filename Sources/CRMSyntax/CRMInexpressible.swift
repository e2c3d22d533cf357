/// Why an element has no text in crmsh's syntax.
public enum CRMInexpressible: Error, Hashable, Sendable {
    /// There is no statement for an element of this name, or not in this version.
    case element(String)
    /// The value of this attribute holds a line break or a control character.
    case character(attribute: String)
    /// The text would be read again as something else, as the text in the case shows.
    case misread(text: String)
    /// crmsh would mix lists of this object that are taken over from elsewhere with its own.
    case order(of: String)
}

extension CRMInexpressible: CustomStringConvertible {
    public var description: String {
        switch self {
        case .element(let name): "crmsh text can't express <\(name)> in this version"
        case .character(let attribute): "crmsh text can't carry a control character in \(attribute)"
        case .misread(let text): "crmsh would read this text as something else: \(text)"
        case .order(let name): "crmsh can't put the lists of \(name) into another order, since one is taken over ($id-ref)"
        }
    }
}

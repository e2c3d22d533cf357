/// An XML element as a value. Names and values are what the document says, entities resolved; text between
/// elements does not occur in a CIB and is not kept.
public struct Element: Hashable, Sendable {
    public var name: String
    /// In document order. A name occurs once.
    public var attributes: [Attribute]
    public var children: [Element]

    public init(_ name: String, _ attributes: [Attribute] = [], children: [Element] = []) {
        self.name = name
        self.attributes = attributes
        self.children = children
    }

    public init(_ name: String, _ attributes: KeyValuePairs<String, String>, children: [Element] = []) {
        self.init(name, attributes.map { Attribute($0.key, $0.value) }, children: children)
    }

    public struct Attribute: Hashable, Sendable {
        public var name: String
        public var value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The value of an attribute. Setting nil removes it; setting a new one appends it.
    public subscript(_ attribute: String) -> String? {
        get {
            for candidate in attributes where candidate.name == attribute { return candidate.value }
            return nil
        }
        set {
            let index = attributes.firstIndex { $0.name == attribute }
            switch (index, newValue) {
            case (let index?, let value?): attributes[index].value = value
            case (let index?, nil): attributes.remove(at: index)
            case (nil, let value?): attributes.append(Attribute(attribute, value))
            case (nil, nil): break
            }
        }
    }

    public var id: String? {
        get { self["id"] }
        set { self["id"] = newValue }
    }

    public func first(_ name: String) -> Element? { children.first { $0.name == name } }

    public func all(_ name: String) -> [Element] { children.filter { $0.name == name } }

    /// The element and all below it, parents first.
    public func walk(_ visit: (Element) throws -> Void) rethrows {
        try visit(self)
        for child in children { try child.walk(visit) }
    }
}

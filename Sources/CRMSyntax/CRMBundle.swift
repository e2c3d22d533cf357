internal import Diagnostics
internal import XML

// A resource inside containers, with their engine, network and storage.

extension StatementParser {
    private static let bundleParts = ["docker", "podman", "rkt", "network", "storage"]
    private static let expectedInBundle = "docker, podman, network, storage, meta, primitive or the end of the statement"

    /// `bundle id [description=…] docker|podman|rkt … [network … [port-mapping …]] [storage [storage-mapping …]]
    /// [meta …] [primitive rsc]`
    mutating func bundle() throws(Abandoned) -> Element {
        var bundle = Element("bundle", [.init("id", try objectName(of: "bundle"))])
        closers = ["docker", "podman", "rkt", "network", "storage", "primitive"]
        try description(into: &bundle)
        var member: Element?
        while let token {
            if Self.bundleParts.contains(token.string) {
                bundle.children.append(try bundlePart(token.string))
            } else if token.matches("meta") {
                try advance()
                bundle.children.append(try attributeList("meta_attributes"))
            } else if member == nil, token.matches("primitive") {
                try advance()
                member = .member(try resourceName())
            } else {
                throw unexpected(Self.expectedInBundle)
            }
        }
        guard !bundle.children.isEmpty || member != nil else { throw missing(Self.expectedInBundle) }
        if let member { bundle.children.append(member) }
        return bundle
    }

    /// `network ip-range-start=… port-mapping port=80 port-mapping …`
    private mutating func bundlePart(_ name: String) throws(Abandoned) -> Element {
        try advance()
        var part = Element(name)
        try plainAttributes(into: &part)
        while let token, token.matches("port-mapping") || token.matches("storage-mapping") {
            var mapping = Element(token.string.lowercased())
            try advance()
            try plainAttributes(into: &mapping)
            part.children.append(mapping)
        }
        return part
    }

    private mutating func plainAttributes(into element: inout Element) throws(Abandoned) {
        while let token, token.equals > 0 {
            let name = token.string(0..<token.equals)
            guard element.attributes.count < Bounds.attributes.most else { throw fail(beyond: Bounds.attributes) }
            if element[name] != nil { throw fail("\"\(name)\" is given twice", remedy: "remove one of the two") }
            element.attributes.append(.init(name, token.string(from: token.equals + 1)))
            if name == "id" { declare(token.string(from: token.equals + 1), at: token) }
            try advance()
        }
    }
}

extension CRMPrinter {
    /// Nil for engines that crmsh 4.4 knows in one direction only, or takes for attributes.
    func bundleLines(_ bundle: Element) -> [String]? {
        guard bundle.first("podman") == nil, bundle.first("rkt") == nil else { return nil }
        var lines = ["bundle \(CRMQuoting.word(bundle.id ?? ""))"] + description(bundle)
        for child in bundle.children {
            switch child.name {
            case "meta_attributes": lines.append(list("meta", child))
            case CRMStatement.memberTag: lines.append("primitive \(CRMQuoting.word(child.id ?? ""))")
            default: lines.append((plainWords(child) + child.children.flatMap(plainWords)).joined(separator: " "))
            }
        }
        return lines
    }

    private func plainWords(_ element: Element) -> [String] {
        [element.name] + element.attributes.map { CRMQuoting.pair($0.name, $0.value) }
    }
}

extension CRMForm {
    /// crmsh reads an engine behind a list of pairs as one more pair.
    func withListsLast(_ parts: [Element]) -> [Element] {
        let isList = { (part: Element) in part.name == "meta_attributes" || part.name == "instance_attributes" }
        return parts.filter { !isList($0) } + parts.filter(isList)
    }
}

internal import Diagnostics
internal import XML

// A name for several objects, under which constraints can mean them all.

extension StatementParser {
    /// `tag id[:] object …`
    mutating func tag() throws(Abandoned) -> Element {
        var tag = Element("tag", [.init("id", try tagName())])
        var names: Set<String> = []
        repeat {
            let place = here
            let name = try resourceName()
            guard names.insert(name).inserted else {
                report(.error, "\"\(name)\" has the tag twice", at: place, remedy: "remove one of them")
                continue
            }
            tag.children.append(Element("obj_ref", [.init("id", name)]))
        } while token != nil
        return tag
    }

    private mutating func tagName() throws(Abandoned) -> String {
        guard let name = token?.beforeFinalColon, name.utf8.isXMLName else { return try objectName(of: "tag") }
        try advance()
        return name
    }
}

extension CRMPrinter {
    func tagLines(_ tag: Element) -> [String]? {
        let words = ["tag", tag.id ?? ""] + tag.children.map { $0.id ?? "" }
        return [words.map(CRMQuoting.word).joined(separator: " ")]
    }
}

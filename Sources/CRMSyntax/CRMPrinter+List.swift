internal import XML

extension CRMPrinter {
    /// A list of pairs with the word before it: `params $id=x 100: rule … a=b`.
    func list(_ word: String, _ list: Element) -> String {
        var words = [word] + idSpecification(list)
        if let score = list["score"] { words.append(CRMQuoting.word("\(score):")) }
        words += list.all("rule").map(rule)
        words += list.all("nvpair").map(pair)
        return words.joined(separator: " ")
    }

    func idSpecification(_ element: Element) -> [String] {
        if let id = element.id { return [CRMQuoting.pair("$id", id)] }
        if let reference = element["id-ref"] { return [CRMQuoting.pair("$id-ref", reference)] }
        return []
    }

    func pair(_ pair: Element) -> String {
        let name = pair["name"]
        if let reference = pair["id-ref"] {
            return CRMQuoting.word(name.map { "@\(reference):\($0)" } ?? "@\(reference)")
        }
        let head = pair.id.map { "$\($0):\(name ?? "")" } ?? name ?? ""
        guard let value = pair["value"] else { return CRMQuoting.word(head) }
        return CRMQuoting.pair(head, value)
    }

    /// `description="…"`, on a line of its own.
    func description(_ element: Element) -> [String] {
        element["description"].map { [CRMQuoting.pair("description", $0)] } ?? []
    }

    /// Each set of properties on lines of its own: `property cib-bootstrap-options: \`.
    func propertyLines(_ keyword: String, _ set: Element) -> [String]? {
        var head = keyword
        if let id = set.id {
            head += id.utf8.contains(UInt8(ascii: ".")) ? " $id=\(CRMQuoting.value(id))" : " \(id):"
        } else {
            head = ([head] + idSpecification(set)).joined(separator: " ")
        }
        return [head] + set.children.map { $0.name == "rule" ? rule($0) : pair($0) }
    }
}

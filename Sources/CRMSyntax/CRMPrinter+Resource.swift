internal import XML

extension CRMPrinter {
    func nodeLines(_ node: Element) -> [String]? {
        var head = "node"
        if let id = node.id {
            let isPlain = id.utf8.allSatisfy { $0.isWordCharacter || $0 == UInt8(ascii: "-") }
            head += isPlain && !id.isEmpty ? " \(id):" : " \(CRMQuoting.pair("$id", id))"
        }
        head += " \(CRMQuoting.word((node["uname"] ?? "") + (node["type"].map { ":\($0)" } ?? "")))"
        return lists(node, below: head, ["instance_attributes": "attributes", "utilization": "utilization"])
    }

    func primitiveLines(_ keyword: String, _ primitive: Element) -> [String]? {
        let head = "\(keyword) \(CRMQuoting.word(primitive.id ?? "")) \(CRMQuoting.word(agent(primitive)))"
        return lists(
            primitive, below: head,
            ["instance_attributes": "params", "meta_attributes": "meta", "utilization": "utilization"])
    }

    func containerLines(_ keyword: String, _ container: Element) -> [String]? {
        let members = container.all(CRMStatement.memberTag).map { CRMQuoting.word($0.id ?? "") }
        var lists = container
        lists.children.removeAll { $0.name == CRMStatement.memberTag }
        let head = ([keyword, CRMQuoting.word(container.id ?? "")] + members).joined(separator: " ")
        return self.lists(lists, below: head, ["instance_attributes": "params", "meta_attributes": "meta"])
    }

    /// crmsh leaves out `ocf:heartbeat:`.
    private func agent(_ primitive: Element) -> String {
        if let template = primitive["template"] { return "@\(template)" }
        let type = primitive["type"] ?? ""
        let provider = primitive["provider"]
        if primitive["class"] == "ocf", provider == "heartbeat", Agent.defaultProvider(of: type) == "heartbeat" {
            return type
        }
        return [primitive["class"], provider, type].compactMap(\.self).joined(separator: ":")
    }

    private func lists(_ element: Element, below head: String, _ words: [String: String]) -> [String]? {
        var lines = [head] + description(element)
        for child in element.children {
            if let word = words[child.name] {
                lines.append(list(word, child))
            } else if child.name == "operations" {
                lines += operations(child)
            } else {
                return nil
            }
        }
        return lines
    }

    private func operations(_ operations: Element) -> [String] {
        let specification = idSpecification(operations)
        let head = specification.isEmpty ? [] : [(["operations"] + specification).joined(separator: " ")]
        return head + operations.children.flatMap(operation)
    }

    /// `op monitor interval=10s`, and below it what is not the operation's own.
    func operation(_ operation: Element) -> [String] {
        var words = ["op", CRMQuoting.word(operation["name"] ?? "")]
        if let id = operation.id { words.append(CRMQuoting.pair("$id", id)) }
        for attribute in operation.attributes where attribute.name != "name" && attribute.name != "id" {
            words.append(CRMQuoting.pair(attribute.name, attribute.value))
        }
        let lists = operation.children.map { list($0.name == "meta_attributes" ? "op_meta" : "op_params", $0) }
        return [words.joined(separator: " ")] + lists
    }
}

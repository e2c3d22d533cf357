internal import Diagnostics
internal import YAML

extension YAMLReader {
    /// What the parser found, in the words of this program.
    func finding(_ mistake: YAMLMistake) -> Finding {
        switch mistake {
        case .encoding(let problem, let offset): .error("YAML: \(problem)", at: source.place(at: offset))
        // An open quote ends with the file: it is seen where it begins.
        case .syntax(let problem, let mark, let context):
            syntax(problem, problem.contains("end of stream") ? context ?? mark : mark)
        case .secondDocument(let mark): .error("a second document", at: place(mark, length: 1), expected: "one document in a file")
        case .tooDeep(let mark):
            .error("lists and mappings that nest too deep", at: place(mark, length: 1), expected: "1,000 levels at most")
        case .repeatedKey(let key, let mark):
            .error("\"\(key)\" is set twice", at: place(mark, length: key.utf8.count), remedy: "remove one")
        case .danglingAlias(let name, let mark):
            .error("YAML: *\(name) stands for nothing before it", at: place(mark, length: name.utf8.count + 1))
        case .noMemory: .error("YAML: \(mistake)", at: source.place(at: 0))
        }
    }

    private func syntax(_ problem: String, _ mark: YAMLNode.Mark) -> Finding {
        let place = place(mark, length: 1)
        guard problem.contains("cannot start any token") else { return .error("YAML: \(problem)", at: place) }
        let isTab = place.text.dropFirst(place.column - 1).first == "\t"
        return .error("YAML: \(problem)", at: place, remedy: isTab ? "indent with blanks: YAML takes no tab" : "put the text in quotes")
    }
}

/// Why a text is not one document of YAML.
public enum YAMLMistake: Error, Hashable, Sendable {
    /// No UTF-8, or a character that YAML does not have.
    /// - Parameter offset: in bytes.
    case encoding(problem: String, offset: Int)
    /// In libyaml's words.
    /// - Parameter context: where what could not be read begins.
    case syntax(problem: String, at: YAMLNode.Mark, context: YAMLNode.Mark?)
    case secondDocument(YAMLNode.Mark)
    case tooDeep(YAMLNode.Mark)
    case repeatedKey(String, YAMLNode.Mark)
    case danglingAlias(String, YAMLNode.Mark)
    case noMemory
}

extension YAMLMistake: CustomStringConvertible {
    public var description: String {
        switch self {
        case .encoding(let problem, let offset): "\(problem), at byte \(offset)"
        case .syntax(let problem, let mark, _): "\(problem), in \(mark)"
        case .secondDocument(let mark): "a second document, in \(mark)"
        case .tooDeep(let mark): "lists and mappings that nest too deep, in \(mark)"
        case .repeatedKey(let key, let mark): "\"\(key)\" is set twice, in \(mark)"
        case .danglingAlias(let name, let mark): "*\(name), in \(mark), stands for nothing before it"
        case .noMemory: "there is no memory left"
        }
    }
}

extension YAMLNode.Mark: CustomStringConvertible {
    public var description: String { "line \(line), column \(column)" }
}

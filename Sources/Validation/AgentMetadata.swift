internal import CIB
public import Diagnostics
internal import XML

/// What an agent says of itself: its parameters and actions (the OCF Resource Agent API, "meta-data").
public struct AgentMetadata: Hashable, Sendable {
    /// In the agent's order.
    public let parameters: [String]
    /// Those without which it can't work.
    public let required: [String]
    /// The actions, and the shortest timeout that is advised for each, in milliseconds; nil where none is.
    let actions: [String: Int?]

    /// - Throws: `Finding` for what is no metadata.
    public init(parsing source: SourceText) throws(Finding) {
        let root = try Element(parsing: source.withoutDoctype)
        guard root.name == "resource-agent" else {
            throw .error("this is no metadata of an agent: its outermost element is <\(root.name)>", at: source.place(at: 0))
        }
        let parameters = root.all("parameters").flatMap { $0.all("parameter") }
        self.parameters = parameters.compactMap { $0["name"] }
        required = parameters.filter { $0["required"].map { Scalar.boolean.same($0, "true") } ?? false }.compactMap { $0["name"] }
        let advised = root.all("actions").flatMap { $0.all("action") }.compactMap { action in
            action["name"].map { ($0, action["timeout"].flatMap(Scalar.milliseconds(of:))) }
        }
        actions = Dictionary(advised) { first, second in [first, second].compactMap(\.self).min() }
    }
}

extension SourceText {
    /// Agents name `ra-api-1.dtd`, which is nowhere.
    fileprivate var withoutDoctype: SourceText {
        let name = Array("<resource-agent".utf8)
        let start = bytes.indices.first { bytes[$0...].starts(with: name) } ?? 0
        return SourceText(path: path, bytes: Array(bytes[start...]))
    }
}

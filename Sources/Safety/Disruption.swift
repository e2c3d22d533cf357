public import ClusterModel

/// What a commit would do to something that it is not about, and the word that lets it.
public struct Disruption: Hashable, Sendable {
    public enum Subject: Hashable, Sendable {
        case resource(ResourceID)
        case node(NodeName)
    }

    public let subject: Subject
    /// `xps-102 would move from alpha to bravo`.
    public let message: String
    /// Why: in Pacemaker's words, or else what the commit changes.
    public let cause: String

    /// The line at the end of the commit's message that lets it in.
    public var trailer: String {
        switch subject {
        case .resource(let resource): "\(Self.resourceTrailer): \(resource)"
        case .node(let node): "\(Self.nodeTrailer): \(node)"
        }
    }

    static let resourceTrailer = "Allow-Disruption"
    static let nodeTrailer = "Allow-Fencing"
}

extension [Disruption] {
    /// The lines that let all of them in: one for resources, one for nodes.
    public var trailers: [String] {
        let resources = compactMap { if case .resource(let id) = $0.subject { id } else { nil } }
        let nodes = compactMap { if case .node(let name) = $0.subject { name } else { nil } }
        return (resources.isEmpty ? [] : ["\(Disruption.resourceTrailer): \(resources.list)"])
            + (nodes.isEmpty ? [] : ["\(Disruption.nodeTrailer): \(nodes.list)"])
    }
}

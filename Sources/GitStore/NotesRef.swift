public import Diagnostics
import Host

/// The reference that one writer keeps its notes under: `refs/notes/coxswain/CLUSTER/NODE`. With one reference for
/// each writer, no two of them ever reject each other's push.
public struct NotesRef: Hashable, Sendable, CustomStringConvertible {
    public let cluster: String
    public let node: String

    /// - Throws: a finding for a name that git can't carry in a reference.
    public init(cluster: String, node: String) throws(Finding) {
        try Self.check(cluster, as: "cluster")
        try Self.check(node, as: "node")
        self.cluster = cluster
        self.node = node
    }

    /// Where the plans of branches stand that are not merged yet: no node may be called so.
    public static let proposals = "proposals"
    /// Whether it is no node's, but holds the plans of branches that are not merged yet.
    var isOfProposals: Bool { node == Self.proposals }

    static let own = "refs/notes/coxswain/"
    /// Never written: only to ask whether it could be.
    static let probe = own + "doctor/probe"
    /// All of them, as git-push(1) and access rules of servers write it.
    public static let all = own + "*"
    /// Where the mirror keeps the server's: a fetch must not overwrite what has not been pushed yet.
    static let fetched = "refs/notes/remote/coxswain/"

    /// Nil for a reference that is none of ours.
    init?(reference: some StringProtocol) {
        guard let prefix = [Self.own, Self.fetched].first(where: reference.hasPrefix) else { return nil }
        let names = reference.dropFirst(prefix.count).split(separator: "/", omittingEmptySubsequences: false)
        guard names.count == 2, let ref = try? NotesRef(cluster: String(names[0]), node: String(names[1])) else {
            return nil
        }
        self = ref
    }

    public var description: String { "\(Self.own)\(cluster)/\(node)" }

    var reference: String { description }
    var fetchedReference: String { "\(Self.fetched)\(cluster)/\(node)" }

    /// Longer names don't fit into a file's name with `.lock` behind it.
    private static let longest = 200

    private static func check(_ name: String, as what: String) throws(Finding) {
        guard let fault = fault(of: name) else { return }
        throw .error(
            "\"\(name.terminalSafe)\" can't be a \(what)'s name: \(fault)",
            expected: "letters, digits, dashes and dots, such as xen-a.example.org")
    }

    /// git-check-ref-format(1): "no slash-separated component can begin with a dot . or end with the sequence .lock",
    /// no "two consecutive dots ..", no "ASCII control characters …, space, tilde ~, caret ^, or colon :", no "question-mark ?,
    /// asterisk *, or open bracket [", no "\", no "sequence @{"; "They cannot end with a dot".
    private static func fault(of name: String) -> String? {
        switch name {
        case "": return "it is empty"
        case _ where name.hasPrefix("."): return "it begins with a dot"
        case _ where name.hasSuffix("."): return "it ends with a dot"
        case _ where name.hasSuffix(".lock"): return "it ends with \".lock\""
        case _ where name.contains(".."): return "it contains \"..\""
        case _ where name.contains("@{"): return "it contains \"@{\""
        case _ where name.utf8.count > longest: return "it is longer than \(longest) bytes"
        default: break
        }
        let bad = name.unicodeScalars.first { scalar in
            scalar.value <= 0x20 || scalar.value == 0x7F || "~^:?*[\\/".unicodeScalars.contains(scalar)
        }
        return bad.map { "it contains \"\(String($0).terminalSafe)\"" }
    }
}

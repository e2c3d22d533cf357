public import Diagnostics

/// Names of references, with one `*` for any part of them: `refs/heads/change/*`, `refs/pull/*/head`.
///
/// git-fetch(1): "a <src> … may contain a * to indicate a simple pattern match. Such a pattern … functions like a glob that matches any ref with the
/// pattern"; it matches over slashes too.
public struct ReferencePattern: Hashable, Sendable, CustomStringConvertible {
    public let description: String
    private let beginning: String
    /// Nil: there is no star.
    private let end: String?

    /// - Throws: a finding for what git takes for no such pattern, or for what is no branch: tags, notes, our own references.
    public init(_ text: String) throws(Finding) {
        let parts = text.split(separator: "*", omittingEmptySubsequences: false)
        let sample = text.replacing("*", with: "x")
        guard parts.count <= 2, text.hasPrefix("refs/"), sample.split(separator: "/", omittingEmptySubsequences: false).allSatisfy(Self.isSound)
        else {
            throw Self.refusal(text, "is no pattern of branches")
        }
        guard let place = parts[0].dropFirst("refs/".count).firstIndex(of: "/").map({ parts[0][..<$0] }) else {
            throw Self.refusal(text, "does not say which kind of references it means")
        }
        guard !Self.others.contains(String(place)) else { throw Self.refusal(text, "means no branches") }
        description = text
        beginning = String(parts[0])
        end = parts.count == 2 ? String(parts[1]) : nil
    }

    public func matches(_ name: String) -> Bool {
        guard let end else { return name == beginning }
        return name.utf8.count > beginning.utf8.count + end.utf8.count && name.hasPrefix(beginning) && name.hasSuffix(end)
    }

    private static let others: Set = ["refs/notes", "refs/tags", "refs/coxswain", "refs/remotes"]

    private static func isSound(_ component: Substring) -> Bool {
        !component.isEmpty && !component.hasPrefix(".") && !component.hasSuffix(".") && !component.hasSuffix(".lock") && !component.contains("..")
            && !component.contains("@{") && component.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"~^:?[\\".utf8.contains($0) }
    }

    private static func refusal(_ text: String, _ fault: String) -> Finding {
        .error("\"\(text.terminalSafe)\" \(fault)", expected: "refs/heads/change/*, refs/pull/*/head, refs/merge-requests/*/head")
    }
}

import Catalogue
import Diagnostics
import Host

/// A name in a tree, as git lets a hostile commit write it, checked before anything is made of it.
struct TreeName: Hashable {
    /// Deeper trees are refused.
    static let deepest = 32

    let text: String
    let refusal: String?

    init(_ bytes: UnsafePointer<CChar>) {
        text = String(cString: bytes)
        refusal = String(validatingCString: bytes) == nil ? "its name is not UTF-8" : Self.refusal(of: text)
    }

    init(_ text: some StringProtocol) {
        self.text = String(text)
        refusal = Self.refusal(of: self.text)
    }

    /// A commit can hold names that no checkout would make; elsewhere such names have led out of the directory.
    private static func refusal(of name: String) -> String? {
        isPlain(name) ? nil : reason(against: name)
    }

    /// Nearly every name is: it is looked at as bytes.
    private static func isPlain(_ name: String) -> Bool {
        guard let first = name.utf8.first, first != UInt8(ascii: ".") else { return false }
        return name.utf8.allSatisfy { (0x21..<0x7F).contains($0) && $0 != UInt8(ascii: "/") }
    }

    private static func reason(against name: String) -> String? {
        switch name {
        case "", ".", "..": "\"\(name)\" is not a file's name"
        case _ where name.lowercased() == ".git": "\"\(name)\" is git's own name"
        case _ where name.contains("/"): "its name contains a slash"
        case _ where name.terminalSafe != name || name.contains(where: { $0 == "\n" || $0 == "\t" }):
            "its name contains control characters"
        default: nil
        }
    }

    static func finding(_ location: String, _ reason: String, remedy: String? = nil) -> Finding {
        let shown = location.terminalSafe.split(separator: "\n", omittingEmptySubsequences: false)
        return Finding(.refusedFile, "\(shown.joined(separator: "\\n")) is refused: \(reason)", remedy: remedy ?? Rule.refusedFile.remedy)
    }

    static func symbolicLink(_ location: String) -> Finding {
        finding(location, "it is a symbolic link", remedy: "put the file itself in its place")
    }

    static func notADirectory(_ location: String) -> Finding {
        finding(
            location, "a file stands where a directory is expected: what was in that is not gone, but out of reach",
            remedy: "git makes such a file of a symbolic link where core.symlinks is off; put the directory itself in its place")
    }

    /// Whether a file without an ending may be what git has made of a link: "symbolic links are checked out as small plain files that contain the link
    /// text" (git-config(1), core.symlinks).
    static func isLinkText(_ bytes: [UInt8]) -> Bool {
        let isPath = !bytes.isEmpty && bytes.count < 4096 && !bytes.contains { $0 <= 0x20 || $0 == 0x7F }
        return isPath && bytes.contains(UInt8(ascii: "/"))
    }

    static func sparse(_ location: String) -> Finding {
        finding(location, "this checkout is sparse, and leaves it out", remedy: "git sparse-checkout disable; or plan the commit, without --worktree")
    }

    static func submodule(_ location: String) -> Finding {
        finding(location, "it is a submodule", remedy: "put the files themselves in its place")
    }

    static func tooLarge(_ location: String) -> Finding {
        finding(location, "it is larger than \(RepositoryFile.largest >> 20) MiB")
    }
}

/// One of `vfb`: `vnc=1,vncunused=0,vncdisplay=3`.
public struct XenFramebuffer: Hashable, Sendable {
    /// As it stands in the file.
    public let specification: String
    private let pairs: [Substring: Substring]

    public init(_ specification: String) {
        self.specification = specification
        let parts = specification.split(separator: ",").map { $0.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false) }
        pairs = Dictionary(
            parts.filter { $0.count == 2 }.map { ($0[0].drop { $0 == " " }, $0[1]) }, uniquingKeysWith: { _, last in last })
    }

    public subscript(key: String) -> String? { pairs[key[...]].map { String($0) } }

    static let keys = [
        "vnc", "vnclisten", "vncpasswd", "vncdisplay", "vncunused", "keymap", "sdl", "opengl", "display", "xauthority",
    ]

    /// The keys that xl does not know.
    var unknownKeys: [String] { pairs.keys.map { String($0) }.filter { !Self.keys.contains($0) }.sorted() }
}

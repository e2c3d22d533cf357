public import Host

/// What is mounted where on this host: proc(5), `/proc/[pid]/mounts`.
public struct MountTable: Sendable {
    private let points: Set<String>

    public init() throws(FileError) {
        let text = String(decoding: try FileTree().read("/proc/self/mounts", limit: 4 << 20), as: UTF8.self)
        points = Set(text.split(separator: "\n").compactMap(Self.point))
    }

    public func has(_ directory: String) -> Bool { points.contains(directory) }

    /// The second word of a line; blanks in it are written `\040`.
    private static func point(_ line: Substring) -> String? {
        let words = line.split(separator: " ")
        guard words.count > 1 else { return nil }
        let parts = words[1].split(separator: "\\040", omittingEmptySubsequences: false)
        return parts.joined(separator: " ")
    }
}

import Host

/// A file beside the tests.
struct TestFile {
    private static let directory = #filePath.split(separator: "/").dropLast().joined(separator: "/")
    private let path: String

    init(_ name: String) { path = "/\(Self.directory)/\(name)" }

    var text: String {
        get throws { String(decoding: try FileTree().read(path), as: UTF8.self) }
    }

    func write(_ text: String) throws { try FileTree().write(Array(text.utf8), to: path) }

    /// The names of the files in a directory beside the tests.
    static func names(in directory: String) throws -> [String] {
        try FileTree().regularFiles(in: "/\(Self.directory)/\(directory)")
    }
}

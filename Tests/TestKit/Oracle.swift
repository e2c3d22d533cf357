public import Host

/// A real tool that tells whether we read its files as it does.
public struct Oracle: Sendable {
    private let program: String
    private let package: String

    /// - Parameter package: the Debian package that brings the program.
    public init(_ program: String, package: String) {
        self.program = program
        self.package = package
    }

    public struct Missing: Error, CustomStringConvertible {
        public let description: String
    }

    /// What the program makes of a text, which it reads from a file of its own; `FILE` among the arguments is its path.
    public func judge(_ text: String, _ arguments: [String]) async throws -> Output {
        let scratch = try Scratch()
        let path = try scratch.write(text, to: "file")
        do {
            return try await Command(program, arguments.map { $0.contains("FILE") ? $0.replacingFile(with: path) : $0 }).run()
        } catch let error as CommandError {
            if case .notFound = error { throw Missing(description: "\(program) is missing: apt-get install \(package)") }
            throw error
        }
    }
}

extension String {
    fileprivate func replacingFile(with path: String) -> String {
        split(separator: "FILE", omittingEmptySubsequences: false).joined(separator: path)
    }
}

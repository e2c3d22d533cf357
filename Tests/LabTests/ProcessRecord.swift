import Glibc
import Host

/// What stands in /proc of every program that is started by name: its arguments and its environment, and the arguments of whoever has started it.
///
/// Each name of a program on this machine leads to a script that writes this down, and then becomes the program.
struct ProcessRecord: Sendable {
    private let directory: String

    private static let places = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin"]

    init(in directory: String) throws {
        self.directory = directory
        let script = """
            #!/bin/sh
            record=\(directory)/record/$$
            { /usr/bin/tr '\\000' '\\n' < /proc/$$/cmdline; /usr/bin/tr '\\000' '\\n' < /proc/$PPID/cmdline; } > $record.arguments
            /usr/bin/tr '\\000' '\\n' < /proc/$$/environ > $record.environment
            for place in \(Self.places.joined(separator: " ")); do
                [ -x "$place/${0##*/}" ] && exec "$place/${0##*/}" "$@"
            done
            exit 127

            """
        let tree = FileTree(root: directory)
        try tree.makeDirectory("/programs")
        try tree.makeDirectory("/record")
        try tree.write(Array(script.utf8), to: "/record.sh", mode: 0o755)
        for name in try Set(Self.places.flatMap { try FileTree().entries(of: $0).map(\.name) }) {
            _ = symlink("\(directory)/record.sh", "\(directory)/programs/\(name)")
        }
    }

    var environment: [String: String] { ["PATH": "\(directory)/programs:" + Self.places.joined(separator: ":")] }

    enum Part: String { case arguments, environment }

    /// Of all that was started so far, each whole.
    func all(_ part: Part) throws -> [String] {
        let tree = FileTree(root: directory)
        return try tree.entries(of: "/record").map(\.name).filter { $0.hasSuffix(".\(part.rawValue)") }.map { name in
            String(decoding: try tree.read("/record/" + name), as: UTF8.self)
        }
    }
}

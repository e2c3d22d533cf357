import DRBDSyntax
import Diagnostics
import Glibc
import Host
import TestKit
import Testing

@testable import Observing

@Suite("What drbdadm reads on a host is read")
struct DRBDObserverTests {
    private static let global = "global { usage-count no; disable-ip-verification; }\n"

    private static func resource(_ number: Int) -> String {
        """
        # r\(number)
        resource r\(number) {
            device minor \(number); disk /dev/sd\(number); meta-disk internal;
            on alpha { address 192.0.2.1:\(7000 + number); node-id 0; }
            on bravo { address 192.0.2.2:\(7000 + number); node-id 1; }
        }

        """
    }

    private static let trees: [[String: String]] = [
        [
            "drbd.conf": "include \"drbd.d/global_common.conf\";\ninclude \"drbd.d/*.res\";\n", "drbd.d/global_common.conf": global + "common { }\n",
            "drbd.d/a.res": resource(1), "drbd.d/b.res": resource(2), "drbd.d/.c.res": resource(3), "drbd.d/d.res.old": resource(4),
        ],
        ["drbd.conf": global + resource(1) + resource(2) + "common { net { timeout 50; } }\n"],
        // A circle; a file that two include; a directory and a name with wildcards; relative to the file that includes.
        [
            "drbd.conf": global + "include \"x/*.inc\"; include \"x/a.inc\"; include \"nothing*\";" + resource(1),
            "x/a.inc": "include \"../drbd.conf\"; include \"b.inc\"; include \"a.inc\"; include \"sub?/[a-c].res\";\n",
            "x/b.inc": "common { net { timeout 40; } }\n", "x/sub1/a.res": resource(2), "x/sub2/c.res": resource(3), "x/sub2/d.res": "nonsense",
        ],
        [
            "drbd.conf": global + "skip resource no { = ; }\ninclude \"./a\";\n", "a": "include \"b c\"; require-drbd-module-version-ge 9.0.0;\n",
            "b c": resource(1) + "include \"drbd.d/none-*.res\";",
        ],
    ]

    @Test("drbdadm dumps the same of the fragments, put together, as of the files", arguments: trees)
    func whole(_ tree: [String: String]) async throws {
        let root = try Tree(tree)
        let reading = DRBDObserver.reading(FileTree(root: root.path))
        #expect(reading.findings.isEmpty, "\(reading.findings)")
        let fragments = reading.fragments { _ in true }.filter { $0.subject != .include }
        // drbdadm wants global before all resources.
        let ordered = fragments.filter { $0.subject == .common } + fragments.filter { $0.subject != .common }
        let together = try Tree(["drbd.conf": ordered.map { String(decoding: $0.bytes, as: UTF8.self) + "\n" }.joined()])
        #expect(try await Self.dump(root) == Self.dump(together))
        #expect(Set(reading.files.map(\.path)).count == reading.files.count)
    }

    /// The resources by name: the order is that of reading, which nothing depends on.
    private static func dump(_ tree: Tree) async throws -> [String] {
        let variables = ["__DRBD_NODE__": "alpha", "DRBD_DRIVER_VERSION_OVERRIDE": "9.0.0"]
        let output = try await Command("drbdadm", ["-c", "\(tree.path)/etc/drbd.conf", "dump", "all"], environment: variables).run()
        try #require(output.succeeded, "\(output.error)")
        let lines = output.text.split(separator: "\n").filter { !$0.hasPrefix("#") }.joined(separator: "\n")
        return lines.components(beginningWith: "resource ").sorted()
    }

    @Test("the first of drbdadm's own files is the one")
    func start() throws {
        let root = try Tree(["drbd.conf": "", "drbd-84.conf": "include \"r\";", "r": ""])
        #expect(DRBDObserver.reading(FileTree(root: root.path)).files.map(\.path) == ["/etc/drbd-84.conf", "/etc/r"])
        #expect(try DRBDObserver.reading(FileTree(root: Tree(["other": ""]).path)) == DRBDReading())
    }

    @Test("what can't be followed is said where it is included")
    func mishaps() throws {
        let root = try Tree(["drbd.conf": "include \"missing\";\ninclude \"d/*\";\ninclude \"d\";\n", "d/a": "resource { net;"])
        #expect(symlink("a", root.path + "/etc/d/link") == 0)
        let reading = DRBDObserver.reading(FileTree(root: root.path))
        #expect(reading.files.map(\.path) == ["/etc/drbd.conf", "/etc/d/a"])
        #expect(reading.findings.map { $0.place?.line } == [1, 2, 3])
        #expect(reading.findings[0].message.hasSuffix("there is no file /etc/missing"))
        #expect(reading.findings[1].message.contains("symbolic link"))
        #expect(reading.findings[2].message.contains("not a regular file"))
    }

    @Test("an include that leads far up stays within the root")
    func root() throws {
        let root = try Tree(["drbd.conf": "include \"../../../../etc/a\"; include \"/etc/b\";", "a": "", "b": ""])
        let reading = DRBDObserver.reading(FileTree(root: root.path))
        #expect(reading.files.map(\.path) == ["/etc/drbd.conf", "/etc/a", "/etc/b"])
        #expect(reading.findings.isEmpty)
    }

    @Test("as many files, as deep and as large as the bounds say, and no more")
    func bounds() throws {
        let chain = Dictionary(uniqueKeysWithValues: (0..<6).map { ("\($0)", "include \"\($0 + 1)\";") })
        let tree = try Tree(chain.merging(["drbd.conf": "include \"0\";", "6": "     "]) { $1 })
        let size = 7 * 12 + 5
        for (bounds, message) in [
            (DRBDObserver.Bounds(files: Bound(8, "files")), nil), (.init(files: Bound(7, "files")), "more than 7 files"),
            (.init(nesting: Bound(7, "deep")), nil), (.init(nesting: Bound(6, "deep")), "more than 6 deep"),
            (.init(bytes: Bound(size, "bytes")), nil), (.init(bytes: Bound(size - 1, "bytes")), "more than \(size - 1) bytes"),
        ] as [(DRBDObserver.Bounds, String?)] {
            let reading = DRBDObserver.reading(FileTree(root: tree.path), within: bounds)
            #expect(reading.findings.map(\.message) == [message].compactMap(\.self))
            #expect(reading.files.count == (message == nil ? 8 : 7))
        }
    }
}

/// A root with files in its /etc.
private final class Tree {
    private let scratch: Scratch
    var path: String { scratch.path }

    init(_ files: [String: String]) throws {
        scratch = try Scratch()
        for (name, text) in files {
            let path = "/etc/" + name
            let directory = path.split(separator: "/").dropLast().map { "/" + $0 }.joined()
            try FileTree(root: scratch.path).makeDirectory(directory)
            try FileTree(root: scratch.path).write(Array(text.utf8), to: path)
        }
    }
}

extension String {
    /// Cut before each line that begins so.
    fileprivate func components(beginningWith word: String) -> [String] {
        var parts = [""]
        for line in split(separator: "\n") {
            if line.hasPrefix(word) { parts.append("") }
            parts[parts.count - 1] += line + "\n"
        }
        return parts
    }
}

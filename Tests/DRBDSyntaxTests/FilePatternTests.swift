import DRBDSyntax
import Glibc
import TestKit
import Testing

@Suite("The pattern of an include matches as glob(7) does")
struct FilePatternTests {
    @Test("as fnmatch(3), over random patterns and names", arguments: 0..<8 as Range<UInt64>)
    func random(_ seed: UInt64) {
        var random = Seeded(seed)
        for _ in 0..<4_000 {
            let pattern = text(of: ["*", "?", "[", "]", "!", "^", "-", "a", "b", "c", ".", "\\"], upTo: 7, &random)
            let name = text(of: ["a", "b", "c", ".", "-", "]", "["], upTo: 5, &random)
            guard name != ".", name != "..", pattern != ".", pattern != "..", Self.isPlain(pattern) else { continue }
            let ours = FilePattern(pattern, in: "/d").matches("/d/\(name)")
            #expect(ours == (fnmatch(pattern, name, FNM_PERIOD) == 0), "\(pattern) \(name)")
        }
    }

    /// `[[.` opens a collating element, and what a set with a backslash before its `]` means is nobody's agreement.
    private static func isPlain(_ pattern: String) -> Bool { !pattern.contains("[.") && !pattern.contains("\\") || !pattern.contains("[") }

    private func text(of letters: [String], upTo most: Int, _ random: inout Seeded) -> String {
        (0..<random.number(1...most)).map { _ in random.pick(letters) }.joined()
    }

    @Test(
        "relative to the directory of the file that includes",
        arguments: [
            ("drbd.d/*.res", "/etc/drbd.d/*.res"), ("./a//b.res", "/etc/a/b.res"), ("../srv/a", "/srv/a"), ("../../../a", "/a"),
            ("/var/lib/*/x", "/var/lib/*/x"),
        ])
    func relative(_ path: String, _ whole: String) { #expect(FilePattern(path, in: "/etc").text == whole) }

    @Test("a star does not reach into a directory, nor to a file whose name begins with a dot")
    func bounds() {
        let pattern = FilePattern("drbd.d/*.res", in: "/etc")
        #expect(pattern.isWild && !FilePattern("a.res", in: "/etc").isWild)
        #expect(pattern.matches("/etc/drbd.d/a.res"))
        for path in ["/etc/drbd.d/a/b.res", "/etc/drbd.d/.a.res", "/etc/drbd.d/a.res.old", "/etc/a.res"] { #expect(!pattern.matches(path)) }
    }

    @Test("many stars cost no more than their number times the name's length")
    func cost() {
        let pattern = FilePattern(String(repeating: "*a", count: 60) + "b", in: "/")
        #expect(!pattern.matches("/" + String(repeating: "a", count: 4_000)))
    }
}

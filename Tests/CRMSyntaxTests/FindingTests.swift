import CRMSyntax
import Diagnostics
import Glibc
import Testing

/// What is said about broken files, as the files beside say it: `Golden/x.crm` and the findings in `Golden/x.txt`.
/// `REGENERATE=1 swift test --filter FindingTests` writes the latter anew, to be read before they are committed.
struct FindingTests {
    static let names = ((try? TestFile.names(in: "Golden")) ?? []).filter { $0.hasSuffix(".crm") }

    @Test("the findings are those expected", arguments: names)
    func golden(_ name: String) throws {
        let document = CRMDocument.parse(SourceText(path: name, text: try TestFile("Golden/\(name)").text))
        let text = document.findings.map { "\($0)\n" }.joined(separator: "\n")
        let expected = TestFile("Golden/\(name.dropLast(4)).txt")
        if getenv("REGENERATE") != nil { try expected.write(text) }
        #expect(try text == expected.text)
    }

    @Test("there are golden files, and each has something to say")
    func notEmpty() throws {
        #expect(Self.names.count >= 8)
        for name in Self.names {
            #expect(
                !CRMDocument.parse(SourceText(path: name, text: try TestFile("Golden/\(name)").text)).findings.isEmpty)
        }
    }
}

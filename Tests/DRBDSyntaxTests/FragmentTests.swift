import DRBDSyntax
import Diagnostics
import TestKit
import Testing

@Suite("A file is cut between its statements")
struct PassageTests {
    @Test("joined the fragments are the file, and each is one statement of it", arguments: Fixture.all)
    func whole(_ fixture: Fixture) throws { try expectWhole(fixture.source()) }

    @Test("so it is with mutated fixtures that are read without a finding", arguments: Fixture.all)
    func mutations(_ fixture: Fixture) throws {
        let original = try fixture.source().bytes
        var random = Seeded(71)
        for _ in 0..<200 {
            let source = SourceText(path: "a.res", bytes: mutated(original, &random))
            if DRBDConfiguration.parse(source).findings.isEmpty { try expectWhole(source) }
        }
    }

    private func expectWhole(_ source: SourceText) throws {
        let fragments = DRBDFragment.all(of: source)
        let statements = DRBDConfiguration.parse(source).configuration.statements
        #expect(fragments.count == statements.count)
        if !fragments.isEmpty { #expect(fragments.flatMap(\.bytes) == source.bytes, "\(source.text)") }
        for (fragment, statement) in zip(fragments, statements) {
            let part = DRBDConfiguration.parse(SourceText(path: "b.res", bytes: Array(fragment.bytes)))
            #expect(part.findings.isEmpty)
            #expect(part.configuration.statements == [statement], "\(source.text)")
            let names = part.configuration.resources.map(\.name)
            #expect(names.isEmpty || names.map { .resource($0) } == [fragment.subject])
        }
    }

    @Test("comments stay with the statement that they stand above or behind")
    func comments() throws {
        let text = """
            # of the file
            include "a"; # why
            # of r
            resource r { # one }
            } # end
            skip resource s { = } common { } global { }

            # last
            """
        let fragments = DRBDFragment.all(of: SourceText(path: "a", text: text))
        #expect(
            fragments.map { String(decoding: $0.bytes, as: UTF8.self) } == [
                "# of the file\ninclude \"a\"; # why\n", "# of r\nresource r { # one }\n} # end\n", "skip resource s { = }", " common { }",
                " global { }\n\n# last",
            ])
        #expect(fragments.map(\.subject) == [.include, .resource("r"), .common, .common, .common])
        #expect(fragments.map(\.place.line) == [2, 4, 6, 6, 6])
        #expect(fragments.map(\.place.column) == [1, 1, 1, 23, 34])
    }

    @Test("a file without statements has none", arguments: ["", "\n# only a comment", "#"])
    func none(_ text: String) { #expect(DRBDFragment.all(of: SourceText(path: "a", text: text)).isEmpty) }
}

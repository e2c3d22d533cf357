import CRMSyntax
import Diagnostics
import Testing
import XML

struct LexingTests {
    private func value(_ text: String) throws -> String? {
        try statement("property \(text)").element.children.first?["value"]
    }

    @Test("quotes and escapes are resolved as a POSIX shell does")
    func quotes() throws {
        #expect(try value(#"a="x y""#) == "x y")
        #expect(try value(#"a='x "y"'"#) == #"x "y""#)
        #expect(try value(#"a="it\"s""#) == #"it"s"#)
        #expect(try value(#"a="a\b\\c""#) == #"a\b\c"#)
        #expect(try value(#"a='a\b'"#) == #"a\b"#)
        #expect(try value(#"a=x\ y"#) == "x y")
        #expect(try value(#"a=x"y z"w"#) == "xy zw")
        #expect(try value(#""a=x y""#) == "x y")
        #expect(try value(#"a="""#) == "")
        #expect(try value(#"a=""#.dropLast().description) == "")
    }

    @Test("a trailing backslash joins lines, blanks and a carriage return behind it included")
    func continuation() throws {
        let expected = try statement("property a=1 b=2").element
        #expect(try statement("property \\\n\ta=1 \\\n\tb=2").element == expected)
        #expect(try statement("property \\  \r\n  a=1 \\\r\n  b=2\r\n").element == expected)
        #expect(try statement("property a=1 \\\\\nb=2").element == expected)
        #expect(try statement("\\\nproperty a=1 b=2").element == expected)
    }

    @Test("inside quotes a joined line loses only the white space around the break")
    func continuedQuote() throws {
        #expect(try value("a=\"x \\\n   y\"") == "x y")
        #expect(try value("a='x\\\n\ty'") == "xy")
    }

    @Test("keywords are read in any case")
    func keywordCase() throws {
        #expect(try statement("Property A=b").element == statement("property A=b").element)
        #expect(
            try statement("primitive p Dummy PARAMS a=b").element == statement("primitive p Dummy params a=b").element)
    }

    @Test("comments belong to the next statement, and # elsewhere is a character")
    func comments() throws {
        let text = "# one\n  # two\n\nproperty a=#x\n#three\nproperty x: b=c\nproperty y: b=c # d"
        let document = CRMDocument.parse(SourceText(path: "a.crm", text: text))
        #expect(document.statements.map(\.comments) == [["# one", "# two"], ["#three"]])
        #expect(document.findings.map(\.message) == ["a comment can't stand inside a statement"])
    }

    @Test("characters beyond ASCII stay as they are, with a warning that crmsh changes them")
    func unicode() throws {
        let document = CRMDocument.parse(SourceText(path: "a.crm", text: "property a=Grüße"))
        #expect(document.statements.first?.element.children.first?["value"] == "Grüße")
        #expect(document.findings.map(\.severity) == [.warning])
    }

    @Test("bytes that are not UTF-8, and control characters, are errors and no traps")
    func garbage() {
        for bytes: [UInt8] in [[0xFF], [0xC3], [0x00], [0x1B, 0x5B], [0x7F]] {
            let source = SourceText(path: "a.crm", bytes: Array("property a=".utf8) + bytes)
            #expect(CRMDocument.parse(source).findings.map(\.severity) == [.error])
        }
    }
}

import Testing

@testable import YAML

@Suite("A document of YAML")
struct YAMLNodeTests {
    private func parse(_ text: String) throws(YAMLMistake) -> YAMLNode? { try YAMLNode.parse(Array(text.utf8)) }

    @Test("Lists, mappings and texts, each with its place")
    func places() throws {
        let root = try #require(try parse("a: 1\n\"b\":\n  - x\n  - 'y'\né: {d: \"é\", e: !!int 3}\nf: |\n  block\n"))
        let pairs = try #require(root.mapping)
        #expect(pairs.map(\.key.text) == ["a", "b", "é", "f"])
        #expect(pairs.map(\.key.isPlain) == [true, false, true, true])
        #expect(pairs.map(\.key.mark) == [mark(1, 1), mark(2, 1), mark(5, 1), mark(6, 1)])
        #expect(pairs[1].value.sequence?.map(\.text) == ["x", "y"])
        #expect(pairs[1].value.sequence?.map(\.isPlain) == [true, false])
        let inner = try #require(pairs[2].value.mapping)
        #expect(inner.map(\.value.text) == ["é", "3"])
        #expect(inner.map(\.value.tag) == [nil, "tag:yaml.org,2002:int"])
        #expect(inner[1].value.mark == mark(5, 16))
        #expect(pairs[3].value.text == "block\n" && !pairs[3].value.isPlain)
    }

    @Test("No document at all", arguments: ["", "\n", "# a comment\n", "\u{FEFF}"])
    func nothing(_ text: String) throws { #expect(try parse(text) == nil) }

    @Test("Marks of the stream are taken", arguments: ["\u{FEFF}a: 1\n", "%YAML 1.1\n---\na: 1\n...\n", "---\r\na: 1\r\n"])
    func marks(_ text: String) throws { #expect(try parse(text)?.mapping?.first?.value.text == "1") }

    @Test("A mistake says where it is")
    func mistakes() {
        #expect(throws: YAMLMistake.repeatedKey("a", mark(3, 1))) { try parse("a: 1\nb: 2\n\"a\": 3\n") }
        #expect(throws: YAMLMistake.repeatedKey("x", mark(2, 9))) { try parse("a:\n  {x: 1,x: 2}\n") }
        #expect(throws: YAMLMistake.secondDocument(mark(2, 1))) { try parse("a: 1\n---\nb: 2\n") }
        #expect(throws: YAMLMistake.danglingAlias("x", mark(2, 4))) { try parse("a: &y 1\nb: *x\n") }
        #expect(throws: YAMLMistake.danglingAlias("x", mark(1, 5))) { try parse("&x [*x]\n") }
        #expect(throws: YAMLMistake.syntax(problem: "found character that cannot start any token", at: mark(2, 1), context: mark(2, 1))) {
            try parse("a:\n\tb: 1\n")
        }
        #expect(throws: YAMLMistake.encoding(problem: "invalid leading UTF-8 octet", offset: 3)) {
            try YAMLNode.parse(Array("a: ".utf8) + [0xFF])
        }
    }

    @Test("An alias is what has its anchor")
    func aliases() throws {
        let pairs = try #require(try parse("a: &x [1, 2]\nb: *x\n&k c: 3\nd: *k\n")?.mapping)
        #expect(pairs[1].value.sequence?.map(\.text) == ["1", "2"] && pairs[1].value.mark == mark(2, 4))
        #expect(pairs[3].value.text == "c")
    }

    @Test("A value that is a NUL is one, and does not end the text")
    func nul() throws { #expect(try parse("a: \"b\\0c\"\n")?.mapping?.first?.value.text == "b\0c") }

    @Test("Nesting has a limit, and no text can exhaust the stack", arguments: ["[", "{a: ", "- "])
    func depth(_ opening: String) throws {
        #expect(throws: YAMLMistake.self) { try parse(String(repeating: opening, count: 100_000)) }
        let closing = opening == "[" ? "]" : opening == "- " ? "" : "}"
        let count = YAMLNode.depth - 1
        #expect(try parse(String(repeating: opening, count: count) + "1" + String(repeating: closing, count: count)) != nil)
    }

    private func mark(_ line: Int, _ column: Int) -> YAMLNode.Mark { YAMLNode.Mark(line: line, column: column) }
}

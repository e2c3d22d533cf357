import Catalogue
import Diagnostics
import Foundation
import Glibc
import Presenting
import Records
import Testing

@Suite("Findings, for people and for programs")
struct FindingsOutputTests {
    static let source = SourceText(path: "crm/ä b.crm", text: "# e\u{301}x\nproperty stonith-enabled=false # 👩‍👩‍👧 x\n")
    static let findings = [
        Finding(
            .unfenced, "no fencing", at: source.place(of: "stonith-enabled"), expected: "a fence device", remedy: "set one up"),
        Finding(.formerRole, "old", at: source.place(of: "x", from: Origin(17..<18))),
        .error("the whole file is missing"),
    ]

    @Test("as text, with the code behind the severity")
    func text() {
        let lines = FindingsText(Self.findings, style: .plain).lines
        #expect(lines.first?.hasPrefix("crm/ä b.crm:2:10: warning[CXS121]: no fencing\n") == true)
        #expect(lines.dropFirst(2).first == "error: the whole file is missing")
        #expect(lines.last == "1 error, 1 warning, 1 notice")
    }

    @Test("as JSON, with the code")
    func json() throws {
        let document = try object(FindingsDocument(Self.findings).json)
        let entries = try #require(document["findings"] as? [[String: Any]])
        #expect(entries.map { $0["code"] as? String } == ["CXS121", "CXS116", nil])
        #expect(entries[0]["line"] as? Int == 2 && entries[0]["column"] as? Int == 10)
    }

    @Test("as SARIF 2.1.0: rules once, results that point to them, places in code points")
    func sarif() throws {
        let log = try object(SARIFLog(Self.findings, version: "1.2.3").json)
        #expect(log["version"] as? String == "2.1.0")
        #expect((log["$schema"] as? String)?.hasSuffix("sarif-schema-2.1.0.json") == true)
        let run = try #require((log["runs"] as? [[String: Any]])?.first)
        let driver = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
        let rules = try #require(driver["rules"] as? [[String: Any]])
        #expect(rules.map { $0["id"] as? String } == Rule.all.map(\.code))
        let results = try #require(run["results"] as? [[String: Any]])
        #expect(results.map { $0["level"] as? String } == ["warning", "note", "error"])
        for result in results {
            guard let index = result["ruleIndex"] as? Int else { continue }
            #expect(rules[index]["id"] as? String == result["ruleId"] as? String)
        }
        #expect((results[2]["locations"] as? [Any])?.count == 1 && results[2]["ruleId"] == nil)
        #expect((results[0]["message"] as? [String: Any])?["text"] as? String == "no fencing; expected: a fence device; set one up")
        try checkRegion(results[0], 2, 10, 25)
        // The last line's family is one character of five code points.
        try checkRegion(results[1], 2, 40, 41)
    }

    @Test("as SARIF with the edits of --fix, and fingerprints that stay when lines are added above")
    func fixes() throws {
        let text = "primitive a Dummy\nms m a \\\n\tmeta x=1\nms m2 a\n"
        let results = try ["", "# ä\n\n"].map { try sarif(of: $0 + text) }
        #expect(
            results[0].map { $0["partialFingerprints"] as? [String: String] } == results[1].map { $0["partialFingerprints"] as? [String: String] })
        #expect(Set(results[0].compactMap { $0["partialFingerprints"] as? [String: String] }).count == results[0].count)
        let fix = try #require((results[0][0]["fixes"] as? [[String: Any]])?.first)
        let change = try #require((fix["artifactChanges"] as? [[String: Any]])?.first)
        let replacement = try #require((change["replacements"] as? [[String: Any]])?.first)
        #expect(replacement["deletedRegion"] as? [String: Int] == ["startLine": 2, "startColumn": 1, "endLine": 3, "endColumn": 6])
        #expect((replacement["insertedContent"] as? [String: String])?["text"] == "clone m a \\\n\tmeta promotable=true")
    }

    /// Two former clones, the first one's edit over two lines.
    private func sarif(of text: String) throws -> [[String: Any]] {
        let source = SourceText(path: "crm/a.crm", text: text)
        let start = try #require(source.range(of: "ms"))
        let end = try #require(source.range(of: "meta"))
        var first = Finding(.formerClone, "ms", at: source.place(start))
        first.fix = TextEdit(
            file: source.path, range: start.lowerBound..<end.upperBound, replacement: "clone m a \\\n\tmeta promotable=true")
        let others = [Finding(.formerClone, "ms", at: source.place(of: "m2")), Finding(.formerRole, "ms", at: source.place(of: "m2"))]
        let log = try object(SARIFLog([first] + others, version: "1").json)
        return try #require((log["runs"] as? [[String: Any]])?.first?["results"] as? [[String: Any]])
    }

    @Test("Rules as JSON")
    func ruleDocument() throws {
        let rules = try #require(try object(RulesDocument([.unfenced]).json)["rules"] as? [[String: String]])
        #expect(rules.map { $0["code"] } == ["CXS121"] && rules[0]["severity"] == "warning" && rules[0]["remedy"] == Rule.unfenced.remedy)
    }

    @Test("The worst first, then by file and place")
    func order() {
        let source = SourceText(path: "b", text: "x y z")
        let other = SourceText(path: "a", text: "x")
        let sorted = [
            Finding(.unfenced, "4", at: source.place(of: "y")), Finding(.unfenced, "3", at: source.place(of: "x")),
            Finding(.formerRole, "5", at: other.place(of: "x")), Finding(.unfenced, "2", at: other.place(of: "x")), .error("1"),
        ].sorted()
        #expect(sorted.map(\.message) == ["1", "2", "3", "4", "5"])
    }

    @Test("Rules are explained whole, and listed a line each")
    func rules() {
        let text = RuleText(style: .plain)
        #expect(text.lines(listing: Rule.all).count == Rule.all.count)
        for rule in Rule.all {
            let lines = text.lines(explaining: rule)
            #expect(lines.allSatisfy { $0.count <= 100 }, "\(rule.code)")
            let words = lines.joined(separator: " ").split(separator: " ").joined(separator: " ")
            for part in [rule.code, rule.title, rule.explanation, rule.look, rule.remedy] { #expect(words.contains(part)) }
        }
    }

    /// After a change that is meant: REGENERATE=1 swift test --filter FindingsOutputTests
    @Test("The page of the manual lists every rule as it is")
    func page() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let file = root.appending(path: "Sources/Catalogue/Catalogue.docc/Findings.md")
        if getenv("REGENERATE") != nil { try Data(RulePage().description.utf8).write(to: file) }
        #expect(String(decoding: try Data(contentsOf: file), as: UTF8.self) == RulePage().description)
    }

    private func checkRegion(_ result: [String: Any], _ line: Int, _ start: Int, _ end: Int) throws {
        let location = try #require((result["locations"] as? [[String: Any]])?.first?["physicalLocation"] as? [String: Any])
        #expect((location["artifactLocation"] as? [String: Any])?["uri"] as? String == "crm/%C3%A4%20b.crm")
        let region = try #require(location["region"] as? [String: Int])
        #expect(region == ["startLine": line, "startColumn": start, "endColumn": end])
    }

    private func object(_ json: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    }
}

import Catalogue
import Diagnostics
import Foundation
import Glibc
import Presenting
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
        #expect((results[2]["locations"] as? [Any])?.isEmpty == true && results[2]["ruleId"] == nil)
        #expect((results[0]["message"] as? [String: Any])?["text"] as? String == "no fencing; expected: a fence device; set one up")
        try checkRegion(results[0], 2, 10, 25)
        // The last line's family is one character of five code points.
        try checkRegion(results[1], 2, 40, 41)
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

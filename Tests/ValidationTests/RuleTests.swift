import Catalogue
import Diagnostics
import Repository
import Testing
import Validation

/// A rule, a commit that it finds something in, and one like it in which there is nothing to find.
struct Example: CustomTestStringConvertible, Sendable {
    let rule: Rule
    /// The words that the caret stands under.
    let marks: String
    let bad: [String: String]
    let good: [String: String]

    init(_ rule: Rule, marks: String, bad: [String: String], good: [String: String]) {
        self.rule = rule
        self.marks = marks
        self.bad = bad
        self.good = good
    }

    var testDescription: String { "\(rule.code) \(rule.title)" }

    static let all = reading + cluster + verification + storage + drbd + xen + hosts + secrets

    static func findings(in files: [String: String]) -> [Finding] {
        let state = DesiredState(files.map { ($0.key, SourceText(path: $0.key, text: $0.value)) })
        return Validation.findings(in: state)
    }
}

@Suite("Rules find what they say")
struct RuleTests {
    @Test("A second common section in another file is found where it stands")
    func common() {
        let files = ["drbd/global_common.conf": "common { }\n", "drbd/r.res": "resource r { }\ncommon { net { } }\n"]
        let found = Example.findings(in: files).filter { $0.code == "CXS301" }
        #expect(found.map(\.place?.file) == ["drbd/r.res"] && found.map(\.place?.line) == [2])
    }

    @Test("in the wrong commit, at its place", arguments: Example.all)
    func found(_ example: Example) throws {
        let findings = Example.findings(in: example.bad)
        let finding = try #require(findings.first { $0.code == example.rule.code }, "\(Findings(findings))")
        #expect(findings.count { $0.code == example.rule.code } == 1, "\(Findings(findings))")
        let place = try #require(finding.place)
        #expect(place.text.dropFirst(place.column - 1).prefix(place.length) == example.marks, "\(finding)")
        #expect(finding.remedy != nil || finding.expected != nil, "\(finding)")
    }

    @Test("and not in the right one", arguments: Example.all)
    func notFound(_ example: Example) {
        let findings = Example.findings(in: example.good).filter { $0.code == example.rule.code }
        #expect(findings.isEmpty, "\(Findings(findings))")
    }

    @Test("Every code has an example, and every finding a code")
    func complete() {
        // A live cluster's schema, installed agents, and what never comes as far as a state: other tests have these.
        let others: [Rule] = [
            .foreignConstruct, .unknownParameter, .missingParameter, .unknownAction, .shortTimeout, .missingAgent,
            .refusedFile, .foreignEncoding, .emptyRepository, .strayFile,
        ]
        #expect(Set((Example.all.map(\.rule) + others).map(\.code)) == Set(Rule.all.map(\.code)))
        for example in Example.all {
            for finding in Example.findings(in: example.bad) + Example.findings(in: example.good) {
                #expect(finding.code.flatMap(Rule.init(code:)) != nil, "\(finding)")
            }
        }
    }

    @Test("Codes are unique, sorted, and written alike")
    func codes() {
        let codes = Rule.all.map(\.code)
        #expect(codes == Set(codes).sorted())
        #expect(codes.allSatisfy { $0.hasPrefix("CXS") && $0.count == 6 && Int($0.dropFirst(3)) != nil })
        #expect(Rule(code: "cxs121") == Rule.unfenced)
        #expect(Rule(code: "121") == Rule.unfenced)
        #expect(Rule(code: "CXS999") == nil)
    }

    @Test("Explanations are sentences, titles are not")
    func wording() {
        for rule in Rule.all {
            #expect(rule.explanation.hasSuffix("."), "\(rule.code)")
            #expect(!rule.title.hasSuffix(".") && !rule.remedy.hasSuffix(".") && !rule.look.hasSuffix("."), "\(rule.code)")
            #expect(rule.title.count < 80, "\(rule.code)")
        }
    }

    @Test("A finding says its code")
    func text() {
        let findings = Example.findings(in: ["crm/a.crm": "property stonith-enabled=false\n"])
        #expect(findings.first?.description.contains("crm/a.crm:1:10: warning[CXS121]: without fencing") == true)
    }

    @Test("No other resource's device is proposed for one that differs in a number")
    func foreignDevice() {
        func remedy(_ disk: String) -> String? {
            let files = ["drbd/a.res": Cluster.resource("xps-101"), "xen/vm.cfg": "name = 'vm'\ndisk = [ '\(disk),raw,xvda' ]\n"]
            return Example.findings(in: files).first { $0.code == "CXS216" }?.remedy
        }
        #expect(remedy("/dev/drbd9") == Rule.missingDevice.remedy && remedy("/dev/drbd/by-res/xps-102") == Rule.missingDevice.remedy)
        #expect(remedy("/dev/drbd/by-res/xsp-101") == "did you mean \"/dev/drbd/by-res/xps-101\"?")
    }
}

import Diagnostics
import LiveState
import Planning
import Repository
import Steps
import TestKit
import Testing

/// `secret:NAME` in a file of the repository stands for a value that only the node has.
@Suite("Secrets of files")
struct SecretTests {
    private static func resource(_ secret: String) -> String {
        "resource r0 {\n  net {\n    shared-secret \"\(secret)\";\n  }\n}\n"
    }

    private static let path = "/etc/drbd.d/r0.res"

    private func plan(host: String?, secrets: NodeSecrets = NodeSecrets(), wanted: String = resource("secret:r0")) throws -> Plan {
        let desired = DesiredState([("drbd/r0.res", SourceText(path: "drbd/r0.res", text: wanted))])
        try #require(desired.errors.isEmpty)
        var files = LiveFiles(secrets: secrets)
        if let host { files.contents[Self.path] = SourceText(path: Self.path, text: host) }
        return try Scene(base: DesiredState([]), desired: desired, live: .init(crm: ""), files: files).plan()
    }

    @Test("The value that the host has in its file stays")
    func kept() throws {
        let plan = try plan(host: Self.resource("geheim"))
        #expect(plan.files.isEmpty && plan.missingSecrets.isEmpty)
    }

    @Test("A file with a secret in it that others may read gets another mode, though its text stays")
    func exposed() throws {
        let desired = DesiredState([("drbd/r0.res", SourceText(path: "drbd/r0.res", text: Self.resource("secret:r0")))])
        var files = LiveFiles()
        files.contents[Self.path] = SourceText(path: Self.path, text: Self.resource("geheim"))
        files.exposed = [Self.path]
        let change = try #require(try Scene(base: DesiredState([]), desired: desired, live: .init(crm: ""), files: files).plan().files.first)
        #expect(change.new?.bytes == change.old?.bytes && change.holdsSecrets)
        #expect(change.difference == ["its mode becomes 0600: it holds secrets"])
    }

    @Test("On a file system that the leader has mounted too its secrets count; what else differs is written all the same")
    func ledElsewhere() throws {
        func files(_ wanted: String, isLedElsewhere: Bool) throws -> [FileChange] {
            let desired = DesiredState([("drbd/r0.res", SourceText(path: "drbd/r0.res", text: wanted))])
            var files = LiveFiles(secrets: NodeSecrets(["r0": "mine"]))
            files.contents[Self.path] = SourceText(path: Self.path, text: Self.resource("theirs"))
            files.ledElsewhere = isLedElsewhere ? ["/etc/drbd.d"] : []
            return try Scene(base: DesiredState([]), desired: desired, live: .init(crm: ""), files: files).plan().files
        }
        #expect(try files(Self.resource("secret:r0"), isLedElsewhere: false).count == 1)
        #expect(try files(Self.resource("secret:r0"), isLedElsewhere: true).isEmpty)
        #expect(try files(Self.resource("secret:r0").replacing("net {", with: "net { timeout 30;"), isLedElsewhere: true).count == 1)
    }

    @Test("What changes beside it is written with the value")
    func changed() throws {
        let plan = try plan(host: Self.resource("geheim"), wanted: Self.resource("secret:r0").replacing("net {", with: "net { timeout 30;"))
        #expect(plan.files.first?.new?.text == Self.resource("geheim").replacing("net {", with: "net { timeout 30;"))
    }

    @Test("The node's own value comes before that of its file, and neither is shown")
    func changedOnNode() throws {
        let change = try #require(try plan(host: Self.resource("geheim"), secrets: NodeSecrets(["r0": "neu"])).files.first)
        #expect(change.new?.text == Self.resource("neu"))
        let shown = change.difference.joined(separator: "\n")
        #expect(shown.contains("-    shared-secret \"******\";") && shown.contains("+    shared-secret \"****** (another)\";"))
        #expect(!shown.contains("geheim") && !shown.contains("neu"))
    }

    @Test("A new file is written with the node's value, which is not shown")
    func created() throws {
        let change = try #require(try plan(host: nil, secrets: NodeSecrets(["r0": "neu"])).files.first)
        #expect(change.new?.text == Self.resource("neu") && change.holdsSecrets)
        #expect(!change.difference.joined().contains("neu"))
    }

    @Test("Without a value nothing is written, and it is said what to do")
    func missing() throws {
        let plan = try plan(host: nil)
        #expect(plan.files.isEmpty)
        #expect(
            plan.missingSecrets.map(\.message) == ["\(Self.path) needs the secret \"r0\": this node has no value for it that could be written there"])
        #expect(plan.missingSecrets.first?.remedy.contains("/etc/coxswain/secrets/r0") == true)
    }

    @Test("A value that others may read is not made up for by that of the file")
    func unreadable() throws {
        let plan = try plan(host: Self.resource("geheim"), secrets: NodeSecrets(unreadable: ["r0": "its mode is 0644"]))
        #expect(plan.files.isEmpty)
        #expect(plan.missingSecrets.map(\.message) == ["\(Self.path) needs the secret \"r0\": its mode is 0644"])
    }

    @Test("A reference that can be no file's name is an error", arguments: ["secret:../r0", "secret:", "secret:.r0", "secret:a b"])
    func misnamed(_ reference: String) {
        let desired = DesiredState([("drbd/r0.res", SourceText(path: "drbd/r0.res", text: Self.resource(reference)))])
        #expect(desired.errors.map(\.code) == ["CXS602"])
        #expect(desired.files.secretNames.isEmpty)
    }

    @Test("A secret in a comment of the host's file is not shown either")
    func commented() throws {
        let host = "# shared-secret \"alt\";\n" + Self.resource("geheim")
        let plan = try plan(host: host, wanted: Self.resource("secret:r0").replacing("net {", with: "net { timeout 30;"))
        let shown = try #require(plan.files.first).difference.joined(separator: "\n")
        #expect(shown.contains("-# shared-secret ******") && !shown.contains("alt"))
    }
}

extension String {
    fileprivate func replacing(_ word: String, with other: String) -> String {
        split(separator: word, omittingEmptySubsequences: false).joined(separator: other)
    }
}

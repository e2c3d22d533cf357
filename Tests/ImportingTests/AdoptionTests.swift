import CIB
import ClusterModel
import Diagnostics
import Importing
import LiveState
import Planning
import Repository
import TestKit
import Testing

@Suite("Drift becomes an edit of the files")
struct AdoptionTests {
    static let files = [
        "crm/cluster.crm": """
        # Options of all.
        property stonith-enabled=true

        # Who is where.
        node alice
        node bob

        """,
        "crm/more.crm": """
        property no-quorum-policy=stop \\
        	maintenance-mode=false

        """,
        "crm/mail.crm": """
        # The mail server, do not touch.
        primitive mail Dummy   params fake=1   meta target-role=Started

        # Beside it.
        primitive spool Dummy \\
        	params fake=2 \\
        	op monitor interval=10s
        monitor mail 30s:20s
        group post mail spool
        location mail-home mail 100: alice

        """,
    ]

    /// The texts of the files that change; nil for one that goes.
    private func adopt(
        _ words: [String], _ live: String, from files: [String: String] = files, tip: [String: String]? = nil, host: LiveFiles = LiveFiles()
    ) throws -> [String: String?] {
        let base = state(files)
        try #require(base.errors == [])
        let cib = CIB(crm: live, applied: .base)
        let plan = try Scene(base: base, desired: base, live: cib, files: host).plan()
        let wishes = try DriftList(plan).wishes(for: words)
        let sources = (tip ?? files).map { DesiredFile(path: $0, text: SourceText(path: $0, text: $1)) }
        let adoption = try Adoption(wishes, of: cib, host: host, into: sources, inForce: (.base, base))
        return Dictionary(uniqueKeysWithValues: adoption.changes.map { ($0.path, $0.new?.text) })
    }

    private func state(_ files: [String: String]) -> DesiredState { DesiredState(files.map { ($0, SourceText(path: $0, text: $1)) }) }

    /// The cluster as the files have it, but for some words.
    private func live(_ edits: KeyValuePairs<String, String> = [:], adding more: String = "") -> String {
        var text = Self.files.sorted { $0.key < $1.key }.map(\.value).joined()
        for (old, new) in edits {
            #expect(text.contains(old))
            text = text.replacing(old, with: new)
        }
        return text + more
    }

    private func refusal(_ body: () throws -> Void) -> String {
        do {
            try body()
            return ""
        } catch {
            return (error as? Findings)?.description ?? "\(error)"
        }
    }

    @Test("another value is written where it stands, in the words that are there")
    func value() throws {
        let texts = try adopt(["spool"], live(["fake=2": "fake=3"]))
        #expect(texts == ["crm/mail.crm": Self.files["crm/mail.crm"]?.replacing("fake=2", with: "fake=3")])
    }

    @Test("what an operator holds is adopted; an operation of its own statement is taken in")
    func held() throws {
        let texts = try adopt(["mail"], live(["target-role=Started": "target-role=Stopped"]))
        let text = try #require(texts["crm/mail.crm"] ?? nil)
        #expect(text.hasPrefix("# The mail server, do not touch.\nprimitive mail Dummy params fake=1 "))
        #expect(text.contains("target-role=Stopped") && text.contains("op monitor interval=30s timeout=20s") && !text.contains("\nmonitor mail"))
        #expect(text.contains("\n\n# Beside it.\nprimitive spool Dummy \\\n\tparams fake=2 \\\n"))
    }

    @Test("one option of a set, which several statements fill: it changes, comes or goes where it belongs")
    func option() throws {
        let (cluster, more) = (try #require(Self.files["crm/cluster.crm"]), try #require(Self.files["crm/more.crm"]))
        let (other, inMaintenance) = (
            cluster.replacing("stonith-enabled=true", with: "stonith-enabled=false"), more.replacing("mode=false", with: "mode=true")
        )
        let changed = live(["maintenance-mode=false": "maintenance-mode=true", "stonith-enabled=true": "stonith-enabled=false"])
        #expect(try adopt(["property", "maintenance-mode"], changed) == ["crm/more.crm": inMaintenance])
        #expect(try adopt(["property cib-bootstrap-options"], changed) == ["crm/cluster.crm": other, "crm/more.crm": inMaintenance])
        let added = try adopt(["stonith-timeout"], live(["stonith-enabled=true": "stonith-enabled=true stonith-timeout=90s"]))
        #expect(added == ["crm/cluster.crm": cluster.replacing("enabled=true", with: "enabled=true stonith-timeout=90s")])
        let gone = try adopt(["no-quorum-policy"], live(["no-quorum-policy=stop \\\n\t": ""]))
        #expect(gone == ["crm/more.crm": "property \\\n\tmaintenance-mode=false\n"])
    }

    @Test("what was created stands with its kin, or in a file of its own")
    func created() throws {
        let more = """
            location spool-away spool -inf: bob
            primitive web Dummy params fake=9
            tag all mail web

            """
        let texts = try adopt(["spool-away", "web", "all"], live(adding: more))
        #expect(
            texts["crm/mail.crm"]??.hasSuffix("location mail-home mail 100: alice\nlocation spool-away spool -inf: bob\ntag all mail web\n") == true)
        #expect(texts.count == 1 || texts["crm/adopted.crm"] == "primitive web Dummy \\\n\tparams fake=9\n")
    }

    @Test("what was deleted goes, and its comment stays; a file of which nothing is left goes too")
    func deleted() throws {
        let texts = try adopt(["mail-home"], live(["location mail-home mail 100: alice\n": ""]))
        #expect(texts == ["crm/mail.crm": Self.files["crm/mail.crm"]?.replacing("location mail-home mail 100: alice\n", with: "")])
        let files = Self.files.merging(["crm/web.crm": "primitive web Dummy\n"]) { $1 }
        #expect(try adopt(["web"], live(), from: files) == ["crm/web.crm": nil])
    }

    @Test("a member that is gone takes its group along, or is refused")
    func members() throws {
        let text = live(["group post mail spool": "group post mail", "primitive spool Dummy \\\n\tparams fake=2 \\\n\top monitor interval=10s\n": ""])
        #expect(refusal { _ = try adopt(["spool"], text) }.contains("spool"))
        let texts = try adopt(["spool", "post"], text)
        #expect(texts["crm/mail.crm"]??.contains("group post mail\n") == true)
    }

    @Test("a password becomes a reference, and asterisks are refused")
    func secrets() throws {
        let files = ["crm/a.crm": "property stonith-enabled=true\n"]
        let live = "property stonith-enabled=true\nprimitive fence stonith:fence_ipmilan params ip=10.0.0.1 passwd=geheim\n"
        let text = try adopt(["fence"], live, from: files).values.compactMap(\.self).joined()
        #expect(text.contains("@fence-instance_attributes-passwd:passwd") && !text.contains("geheim"))
        let masked = live.replacing("geheim", with: "\"******\"")
        #expect(refusal { _ = try adopt(["fence"], masked, from: files) }.contains("was read as asterisks"))
        let alert = "property stonith-enabled=true\nalert a \"/usr/bin/alert\" to \"https://me:geheim@h/\"\n"
        let said = refusal { _ = try adopt(["a"], alert, from: files) }
        #expect(said.contains("no reference can stand for it") && !said.contains("geheim"))
    }

    @Test("what is not in force yet, what others put there, and names that say nothing are refused")
    func refused() throws {
        let tip = Self.files.merging(["crm/mail.crm": Self.files["crm/mail.crm"]?.replacing("fake=2", with: "fake=7") ?? ""]) { $1 }
        #expect(refusal { _ = try adopt(["spool"], live(["fake=2": "fake=3"]), tip: tip) }.contains("is not in force yet"))
        #expect(try adopt(["property maintenance-mode"], live(["mode=false": "mode=true"]), tip: tip).count == 1)
        let ban = live(adding: "location cli-ban-mail-on-bob mail role=Started -inf: bob\n")
        #expect(refusal { _ = try adopt(["cli-ban-mail-on-bob"], ban) }.contains("crm resource clear"))
        #expect(refusal { _ = try adopt(["spol"], live(["fake=2": "fake=3"])) }.contains("did you mean \"spool\"?"))
        #expect(refusal { _ = try adopt(["mail"], live()) }.contains("nothing that differs"))
    }

    @Test("a file of the host, its secrets as the repository calls them")
    func hostFile() throws {
        let declared = "resource r {\n  net { shared-secret \"secret:mine\"; timeout 60; }\n}\n"
        let files = Self.files.merging(["drbd/r.res": declared, "drbd/t.res": "resource t { }\n"]) { $1 }
        var host = LiveFiles()
        for (path, text) in [
            "/etc/drbd.d/r.res": declared.replacing("60", with: "50"), "/etc/drbd.d/s.res": "resource s { net { shared-secret x; } }\n",
        ] {
            host.contents[path] = SourceText(path: path, text: text.replacing("secret:mine", with: "geheim"))
        }
        let texts = try adopt(["/etc/drbd.d/r.res", "file /etc/drbd.d/s.res"], live(), from: files, host: host)
        #expect(texts["drbd/r.res"] == declared.replacing("60", with: "50"))
        #expect(texts["drbd/s.res"] == "resource s { net { shared-secret \"secret:s-shared-secret\"; } }\n")
        #expect(refusal { _ = try adopt(["/etc/drbd.d/t.res"], live(), from: files, host: host) }.contains("it is not on this host"))
    }
}

import CIB
import ClusterModel
import DRBDSyntax
import Diagnostics
import Host
import Importing
import LiveState
import Observing
import Planning
import Repository
import Steps
import TestKit
import Testing

@Suite("DRBD's configuration is imported as drbdadm reads it")
struct DRBDImportTests {
    private static let old = """
        # The storage of two hosts.
        global { usage-count no; }
        common {
          protocol C;
          syncer { rate 30M; }
        }

        # The mail server.
        resource mail {
          device /dev/drbd0; disk /dev/vg0/mail; meta-disk internal;
          on alpha { address 192.0.2.1:7788; }
          on bravo { address 192.0.2.2:7788; }
        } # mail
        resource "web" { device /dev/drbd1; disk /dev/vg0/web; flexible-meta-disk internal; # twice
          on alpha { address 192.0.2.1:7789; } on bravo { address 192.0.2.2:7789; } }

        """
    private static let usual = "include \"drbd.d/global_common.conf\";\ninclude \"drbd.d/*.res\";\n"

    /// What a host with these files gives: the repository's files, what was said, and the plan against the same host.
    private struct Outcome {
        let host: LiveFiles
        let texts: [String: String]
        let findings: [Finding]
        let plan: Plan

        init(_ files: [String: String], editing edits: [String: String] = [:]) throws {
            let scratch = try Scratch()
            let tree = FileTree(root: scratch.path)
            for (path, text) in files {
                try tree.makeDirectory(path.split(separator: "/").dropLast().map { "/" + $0 }.joined())
                try tree.write(Array(text.utf8), to: path)
            }
            let live = CIB(crm: "property stonith-enabled=true")
            host = HostObserver(tree: tree).files(for: [Policy(importing: live)], mounts: [:])
            let repository = ImportedRepository(live, host: host, layout: .split)
            let imported = repository.files.map { ($0.path, String(decoding: $0.bytes, as: UTF8.self)) }
            findings = repository.findings
            texts = Dictionary(uniqueKeysWithValues: imported)
            let state = DesiredState(texts.merging(edits) { $1 }.map { ($0, SourceText(path: $0, text: $1)) })
            try #require(state.errors == [])
            plan = try Scene(base: nil, desired: state, live: live, files: host).plan()
        }

        var drbd: [String] { texts.keys.filter { $0.hasPrefix("drbd/") }.sorted() }
    }

    @Test("a drbd.conf that holds all of it is taken apart, and a plan against it is empty, and says why")
    func single() throws {
        let outcome = try Outcome(["/etc/drbd.conf": Self.old])
        #expect(outcome.drbd == ["drbd/global_common.conf", "drbd/mail.res", "drbd/web.res"])
        #expect(outcome.drbd.compactMap { outcome.texts[$0] }.joined() == Self.old.replacing("}\n\n#", with: "}\n#").replacing("}\n\n", with: "}\n"))
        #expect(outcome.plan.isEmpty && outcome.plan.misfits.isEmpty)
        let notices = outcome.plan.notices.filter { $0.place?.file == "/etc/drbd.conf" }
        #expect(
            Set(notices.map(\.message)) == [
                "/etc/drbd.d/global_common.conf is not written: what all resources have in common stands here, and means the same",
                "/etc/drbd.d/mail.res is not written: mail stands here, and means the same",
                "/etc/drbd.d/web.res is not written: web stands here, and means the same",
            ])
        #expect(notices.compactMap(\.place?.line).sorted() == [2, 9, 14])
    }

    @Test("a secret in it stays there, and is not shown")
    func secret() throws {
        let old = Self.old.replacing("resource \"web\" {", with: "resource \"web\" { net { shared-secret geheim; }")
        let outcome = try Outcome(["/etc/drbd.conf": old])
        #expect(outcome.texts["drbd/web.res"]?.contains("shared-secret \"secret:web-shared-secret\";") == true)
        #expect(outcome.plan.isEmpty && outcome.plan.misfits.isEmpty && outcome.plan.missingSecrets.isEmpty)
        let said = (outcome.findings + outcome.plan.notices).map(\.description).joined(separator: "\n")
        #expect(said.contains("net { shared-secret ******; }") && !said.contains("geheim"))
    }

    @Test("what the repository changes of it is refused, with the place where it stands")
    func changed() throws {
        let edit = "resource mail { device /dev/drbd0; disk /dev/vg0/other; meta-disk internal; }\n"
        let outcome = try Outcome(["/etc/drbd.conf": Self.old], editing: ["drbd/mail.res": edit])
        #expect(outcome.plan.files.isEmpty)
        #expect(outcome.plan.misfits.map(\.message) == ["/etc/drbd.d/mail.res can't be written: mail stands here, and says something else"])
        #expect(outcome.plan.misfits.first?.place?.line == 9)
    }

    @Test("a new resource that drbdadm would not read is refused; where the directory is included it is written")
    func unread() throws {
        let new = ["drbd/new.res": "resource new { device /dev/drbd7; disk /dev/vg0/new; meta-disk internal; }\n"]
        let refused = try Outcome(["/etc/drbd.conf": Self.old], editing: new)
        #expect(refused.plan.misfits.map(\.message) == ["drbdadm would not read /etc/drbd.d/new.res: /etc/drbd.conf does not include it"])
        let written = try Outcome(["/etc/drbd.conf": Self.old + "include \"drbd.d/*.res\";\n"], editing: new)
        #expect(written.plan.misfits.isEmpty && written.plan.files.map(\.path) == ["/etc/drbd.d/new.res"])
    }

    @Test("the files of Debian's layout are copied as they are, and nothing is said")
    func usual() throws {
        let files = [
            "/etc/drbd.conf": Self.usual, "/etc/drbd.d/global_common.conf": "global { usage-count no; }\n# a\ncommon { }\n",
            "/etc/drbd.d/a.res": "# a\nresource a { }\n",
        ]
        let outcome = try Outcome(files)
        #expect(outcome.texts["drbd/a.res"] == files["/etc/drbd.d/a.res"])
        #expect(outcome.texts["drbd/global_common.conf"] == files["/etc/drbd.d/global_common.conf"])
        #expect(outcome.drbd.count == 2 && outcome.findings.isEmpty)
        #expect(outcome.plan.isEmpty && outcome.plan.misfits.isEmpty && outcome.plan.notices.allSatisfy { $0.place == nil })
    }

    @Test("includes are followed: into other directories, by pattern, from files of the directory")
    func includes() throws {
        let outcome = try Outcome([
            "/etc/drbd.conf": Self.usual + "include \"/srv/drbd/*.conf\";\n", "/srv/drbd/b.conf": "include \"more/c\";\nresource b { }\n",
            "/srv/drbd/more/c": "resource c { }\ncommon { net { timeout 40; } }\n", "/etc/drbd.d/global_common.conf": "global { usage-count no; }\n",
            "/etc/drbd.d/a.res": "include \"shared.inc\";\nresource a { }\n", "/etc/drbd.d/shared.inc": "resource s { }",
        ])
        #expect(outcome.drbd == ["drbd/a.res", "drbd/b.res", "drbd/c.res", "drbd/global_common.conf", "drbd/s.res"])
        #expect(outcome.texts["drbd/global_common.conf"] == "global { usage-count no; }\ncommon { net { timeout 40; } }\n")
        #expect(outcome.plan.isEmpty && outcome.plan.misfits.isEmpty)
    }

    @Test("what drbdadm doesn't read is left out, and what LINSTOR writes; a missing file is reported; without drbd.conf all is taken")
    func leftOut() throws {
        let files = [
            "/etc/drbd.conf": "include \"drbd.d/a.res\";\ninclude \"/var/lib/linstor.d/*.res\";\ninclude \"gone\";",
            "/etc/drbd.d/a.res": "resource a { }\n",
            "/var/lib/linstor.d/l.res": "# This file was generated by linstor(1.20.3), do not edit manually.\nresource l { }\n",
        ]
        let outcome = try Outcome(files.merging(["/etc/drbd.d/b.res": "resource b { }\n"]) { $1 })
        #expect(outcome.findings.map(\.message).contains { $0.hasSuffix("there is no file /etc/gone") })
        #expect(outcome.drbd == ["drbd/a.res", "drbd/b.res"])
        let whole = try Outcome([
            "/etc/drbd.conf": "include \"drbd.d/a.res\";\n", "/etc/drbd.d/a.res": "resource a { }\n", "/etc/drbd.d/b.res": "resource b { }\n",
        ])
        #expect(whole.drbd == ["drbd/a.res"])
        #expect(whole.findings.map(\.message) == ["/etc/drbd.d/b.res is left out: drbdadm doesn't read it, for nothing includes it"])
        #expect(try Outcome(["/etc/drbd.d/b.res": "resource b { }\n"]).drbd == ["drbd/b.res"])
    }

    @Test("a drbd.conf with a mistake is left out whole, and the mistake shown")
    func broken() throws {
        let outcome = try Outcome(["/etc/drbd.conf": "resource a { net { timeout 5 } }\n"])
        #expect(outcome.drbd.isEmpty)
        #expect(outcome.findings.map(\.message) == ["/etc/drbd.conf is left out: it can't be taken apart", "a statement that is not ended"])
    }

    @Test("A file that a plan would refuse for its bytes is told by import")
    func latin() throws {
        let scratch = try Scratch()
        let tree = FileTree(root: scratch.path)
        try tree.makeDirectory("/etc/drbd.d")
        try tree.write(Array("include \"drbd.d/*.res\";\n".utf8), to: "/etc/drbd.conf")
        try tree.write(Array("# f".utf8) + [0xFC] + Array("r\nresource r { }\n".utf8), to: "/etc/drbd.d/r.res")
        let live = CIB(crm: "property stonith-enabled=true")
        let host = HostObserver(tree: tree).files(for: [Policy(importing: live)], mounts: [:])
        let findings = ImportedRepository(live, host: host, layout: .split).findings
        #expect(
            findings.contains { $0.message == "drbd/r.res, as this host has it, would be refused: bytes that are not UTF-8" }, "\(Findings(findings))"
        )
    }
}

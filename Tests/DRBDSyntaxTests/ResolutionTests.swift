import Testing

@testable import DRBDSyntax

@Suite("What is inherited may be written out")
struct ResolutionTests {
    @Test(
        "the same",
        arguments: [
            ("common { net { timeout 30; } } resource r { net { timeout 30; } }", "common { net { timeout 30; } } resource r { }"),
            ("resource r { protocol C; }", "resource r { net { protocol C; } }"),
            ("resource r { net { protocol C; } net { timeout 30; } }", "resource r { net { timeout 30; protocol C; } }"),
            (
                "resource r { device minor 1; disk /dev/a; on a { } on b { disk /dev/b; } }",
                "resource r { on a { device /dev/drbd1; disk /dev/a; } on b { device minor 1; disk /dev/b; } }"
            ),
            (
                "resource r { volume 0 { disk /dev/a; meta-disk internal; } on a { volume 0 { device minor 1; } } }",
                "resource r { on a { volume 0 { device minor 1; disk /dev/a; meta-disk internal; } } }"
            ),
            (
                "resource r { flexible-meta-disk internal; on a { meta-disk /dev/m; } on b { } }",
                "resource r { on a { meta-disk /dev/m; } on b { meta-disk internal; } }"
            ),
            ("resource r { net { } }", "resource r { }"),
            ("common { net { timeout 60; } }", "common { net { } }"),
        ])
    func same(_ a: String, _ b: String) {
        #expect(DRBDConfiguration.good(a).isEquivalent(to: .good(b)))
        #expect(DRBDConfiguration.good(b).isEquivalent(to: .good(a)))
    }

    @Test(
        "not the same",
        arguments: [
            ("common { net { timeout 30; } } resource r { net { timeout 40; } }", "common { net { timeout 30; } } resource r { }"),
            // Another file's common section may say otherwise.
            ("resource r { net { timeout 60; } }", "resource r { }"),
            (
                "resource r { disk /dev/a; on a { } on b { disk /dev/b; } }",
                "resource r { disk /dev/b; on a { } on b { disk /dev/a; } }"
            ),
            ("resource r { disk { resync-rate 1M; } on a { } }", "resource r { on a { } }"),
        ])
    func different(_ a: String, _ b: String) {
        #expect(!DRBDConfiguration.good(a).isEquivalent(to: .good(b)))
    }

    @Test("Below a common section that is known, a default is the same as nothing")
    func defaults() {
        let (said, silent) = (
            DRBDConfiguration.good("resource r { net { timeout 60; tcp-cork; } }"), DRBDConfiguration.good("resource r { }")
        )
        let plain = DRBDConfiguration.good("common { }")
        let other = DRBDConfiguration.good("common { net { timeout 30; tcp-cork no; } }")
        #expect(said.isEquivalent(to: silent, under: plain, and: plain))
        #expect(!said.isEquivalent(to: silent, under: other, and: other))
        #expect(said.isEquivalent(to: said, under: plain, and: other))
        #expect(!said.isEquivalent(to: silent, under: plain, and: other))
        let written = DRBDConfiguration.good("resource r { net { timeout 30; tcp-cork no; } }")
        #expect(written.isEquivalent(to: silent, under: other, and: other))
    }

    @Test("The defaults are those of drbdsetup, of 8.4 and of 9", arguments: [DRBDAdm.Dialect.v84, .v9])
    func table(_ dialect: DRBDAdm.Dialect) async throws {
        var found: [String: String] = [:]
        for command in ["disk-options", "net-options", "peer-device-options", "resource-options"]
        where dialect == .v9 || command != "peer-device-options" {
            let help = try await DRBDAdm.optionsOfDRBDSetup(command, dialect)
            for match in help.matches(of: /<option name="([^"]+)" type="[a-z]+">\s(?:(?!<\/option>)(?s:.))*?<default>([^<]+)<\/default>/) {
                found[String(match.1)] = String(match.2)
            }
        }
        for (keyword, value) in Meaning.defaults where found[keyword] != nil {
            #expect(found[keyword] == value, "\(keyword)")
        }
        let unknown = Meaning.defaults.keys.filter { found[$0] == nil }.sorted()
        #expect(unknown == (dialect == .v9 ? [] : ["allow-remote-read", "auto-promote", "bitmap"]))
    }
}

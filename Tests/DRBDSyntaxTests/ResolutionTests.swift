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
            ("resource r { disk /dev/a; disk /dev/b; on a { } }", "resource r { on a { disk /dev/b; } }"),
            ("resource r { volume 0 { disk /dev/a; } volume 0 { disk /dev/b; } on a { } }", "resource r { on a { volume 0 { disk /dev/a; } } }"),
            ("resource r { disk /dev/a; floating 192.0.2.1:7000; }", "resource r { floating ipv4 192.0.2.1:7000 { disk /dev/a; } }"),
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
            ("resource r { disk /dev/a; disk /dev/b; on a { } }", "resource r { disk /dev/a; on a { } }"),
            (
                "resource r { disk /dev/a; floating 192.0.2.1:7000; floating 192.0.2.2:7000 { disk /dev/b; } }",
                "resource r { disk /dev/c; floating 192.0.2.1:7000; floating 192.0.2.2:7000 { disk /dev/b; } }"
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
        #expect(said.isEquivalent(to: silent, under: plain))
        #expect(!said.isEquivalent(to: silent, under: other))
        let written = DRBDConfiguration.good("resource r { net { timeout 30; tcp-cork no; } }")
        #expect(written.isEquivalent(to: silent, under: other))
        #expect(!written.isEquivalent(to: silent, under: plain))
    }

    @Test("What 8.3 writes has the defaults of 8.3, which are others")
    func oldDefaults() {
        let plain = DRBDConfiguration.good("common { }")
        let said = DRBDConfiguration.good("resource r { syncer { rate 1M; al-extents 1237; } net { ko-count 7; } }")
        #expect(!said.isEquivalent(to: .good("resource r { syncer { rate 1M; } net { ko-count 7; } }"), under: plain))
        #expect(!said.isEquivalent(to: .good("resource r { syncer { rate 1M; al-extents 1237; } }"), under: plain))
    }
}

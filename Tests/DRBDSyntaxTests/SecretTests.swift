import DRBDSyntax
import Diagnostics
import TestKit
import Testing

@Suite("Secrets of a .res file")
struct SecretTests {
    private static let text = """
        common { net { shared-secret plain; } }
        # shared-secret "old";
        resource r0 {
            net {
                cram-hmac-alg sha1;
                shared-secret
                    "a \\"quoted\\" one";
            }
            device minor 7; disk /dev/vg/r0; meta-disk internal;
            on alpha { address 127.0.0.1:7000; }
            on bravo { address 192.0.2.2:7000; }
            skip { net { shared-secret "skipped"; } }
        }

        """

    private static var source: SourceText { SourceText(path: "r0.res", text: text) }

    @Test("are found with their places, comments left alone")
    func found() {
        let secrets = DRBDConfiguration.secrets(in: Self.source)
        #expect(secrets.map(\.value) == ["plain", "a \"quoted\" one", "skipped"])
        #expect(
            secrets.map(\.path) == [
                ["common", "net", "shared-secret"], ["resource r0", "net", "shared-secret"],
                ["resource r0", "skip", "net", "shared-secret"],
            ])
    }

    @Test(
        "are found in a file that drbdadm would refuse, too",
        arguments: ["resource r { net { protocol C\nshared-secret x; ", "net { shared-secret \"x\n"])
    func broken(_ text: String) {
        #expect(DRBDConfiguration.secrets(in: SourceText(path: "r.res", text: text)).map(\.value) == ["x"])
    }

    @Test("are no words that only speak of them")
    func mentioned() {
        let text = "net { # allow-two-primaries cram-hmac-alg shared-secret after-sb-0pri\n after-sb-0pri \"shared-secret\"; }"
        #expect(DRBDConfiguration.secrets(in: SourceText(path: "r.res", text: text)).isEmpty)
    }

    @Test("are written so that drbdadm reads the value", arguments: ["x", "with blanks", "a\"b", "back\\slash", "{;}#'", "secret:r0"])
    func replaced(_ value: String) async throws {
        let source = Self.source.replacing(DRBDConfiguration.secrets(in: Self.source)) { _ in value }
        #expect(DRBDConfiguration.secrets(in: source).map(\.value) == [value, value, value])
        let dump = try await DRBDAdm.dump(source.text, .v9)
        let written = DRBDConfiguration.parse(SourceText(path: "dump", text: dump))
        let resource = try #require(written.configuration.statements.last { $0.keyword.text == "resource" }?.body)
        let net = try #require(resource.first { $0.keyword.text == "net" }?.body)
        #expect(net.first { $0.keyword.text == "shared-secret" }?.arguments.first?.text == value)
    }

    @Test("can't be written with a line break")
    func unwritable() {
        #expect(DRBDConfiguration.secrets(in: Self.source).allSatisfy { $0.text(for: "a\nb") == nil })
    }
}

import Diagnostics
import TestKit
import Testing
import XenSyntax

@Suite("xl's own parser reads what we read")
struct OracleTests {
    @Test("every fixture, and our print of it", arguments: Fixture.all)
    func fixture(_ fixture: Fixture) async throws {
        let source = try fixture.source()
        let configuration = XenConfiguration.good(source.text)
        let keys = configuration.assignments.map(\.key)
        let read = try await Libxlutil.read([(source.bytes, keys), (Array(configuration.description.utf8), keys)])
        #expect(read == [configuration.settings, configuration.settings])
    }

    /// Ours may refuse more than xl does, never less.
    @Test("mutated fixtures: whatever we accept, xl reads alike", arguments: Fixture.all)
    func mutations(_ fixture: Fixture) async throws {
        let original = try fixture.source().bytes
        var random = Seeded(417)
        var accepted: [(XenConfiguration, [UInt8])] = []
        for _ in 0..<2_000 {
            let bytes = mutated(original, &random)
            let (configuration, findings) = XenConfiguration.parse(SourceText(path: "a.cfg", bytes: bytes))
            _ = Findings(findings).description
            guard findings.allSatisfy({ $0.severity != .error }) else { continue }
            accepted.append((configuration, bytes))
        }
        #expect(accepted.count > 50)
        let texts = accepted.map { ($0.1, Array($0.0.settings.keys)) }
        let prints = accepted.map { (Array($0.0.description.utf8), Array($0.0.settings.keys)) }
        let read = try await Libxlutil.read(texts + prints)
        #expect(read.count == 2 * accepted.count)
        for (index, settings) in read.enumerated() {
            let (configuration, bytes) = accepted[index % accepted.count]
            #expect(settings == configuration.settings, "\(String(decoding: bytes, as: UTF8.self))")
            #expect(
                XenConfiguration.parse(SourceText(path: "a.cfg", text: configuration.description)).configuration
                    == configuration)
        }
    }

    @Test(
        "accepted by both, with the same result",
        arguments: [
            "a=1", "a = 1;b=2", "a=1;;b=2;\n;", "\ta\t=\t1", "a='it\\'s'", "a=\"\\\\ \\a\\b\\f\\n\\r\\t\\v\"",
            "a=[1,2,]",
            "a=[\n1\n,\n2\n]", "a=[[1],2,[]]", "a=[#c\n1,#d\n2]\n", "a+=1", "a=1\na+='2'", "a=[1]\na+=[[2]]", "a=[]",
            "a=''",
            "a=0x1f", "a=9a", "a=\"\r\"", "", "\n\n", "#c\n", "a9_b=1", "a.b=1", "a..=[]",
        ])
    func accepted(_ text: String) async throws {
        let configuration = XenConfiguration.good(text)
        let keys = configuration.assignments.map(\.key)
        #expect(try await Libxlutil.read([(Array(text.utf8), keys)]) == [configuration.settings])
    }

    @Test(
        "refused by both",
        arguments: [
            "a=1 b=2", "a=", "a", "=1", "a=b", "a=-1\n", "a=1.5\n", "a=[1 2]", "a=[,]", "a=[1", "a=1]", "a=[1]]",
            "a='x", "a='x\ny'",
            "a=\"\\q\"", "a=\"\\x41\"", "a=1\r\n", "A=1", ".a=1", "a=b.c", "_a=1", "aB=1", "a=1 # c", "a=1\na+=[1]", "a=[1]\na+=1",
            "a + = 1",
            "a='x'+'y'\n", "a='x' 'y'", "a=(1,2)\n", "a='%d' % 1\n", "import os", "def f():\n", "a=True\n",
            "a={'b': 1}\n", "a=[1;]",
        ])
    func refused(_ text: String) async throws {
        let findings = XenConfiguration.parse(SourceText(path: "a.cfg", text: text)).findings
        #expect(findings.contains { $0.severity == .error })
        #expect(try await Libxlutil.read([(Array(text.utf8), [])]) == [nil])
    }
}

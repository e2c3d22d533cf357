import Diagnostics
import TestKit
import Testing

@testable import DRBDSyntax

@Suite("Random configurations of every generation, with every parameter")
struct DialectTests {
    @Test("drbdadm reads our print as it reads the text, and its dump means the same", arguments: DRBDAdm.Dialect.allCases)
    func printed(_ dialect: DRBDAdm.Dialect) async throws {
        var accepted = 0
        for seed in 0..<50 as Range<UInt64> {
            var random = RandomConfiguration(dialect, seed: seed)
            let text = random.text()
            guard let dump = try await dumped(text, dialect) else { continue }
            accepted += 1
            let configuration = DRBDConfiguration.good(text)
            #expect(try await DRBDAdm.dump(configuration.description, dialect) == dump, "\(text)")
            guard dialect != .v83 else { continue }
            let (ours, theirs) = (configuration.withoutGlobal, DRBDConfiguration.good(dump).withoutGlobal)
            let isSame = theirs.isEquivalent(to: ours)
            #expect(isSame, "\(ours.difference(from: theirs))\n\(text)")
        }
        #expect(accepted > 20)
    }

    @Test("What drbdadm reads has no word or value that we don't know", arguments: DRBDAdm.Dialect.allCases)
    func known(_ dialect: DRBDAdm.Dialect) async throws {
        for seed in 1_000..<1_100 as Range<UInt64> {
            var random = RandomConfiguration(dialect, seed: seed)
            let text = random.text()
            guard try await DRBDAdm.accepts(text, dialect) else { continue }
            let findings = Self.findings(in: text).filter {
                $0.code == "CXS313" || dialect == .v9 && ["CXS314", "CXS315"].contains($0.code)
            }
            #expect(findings.isEmpty, "\(Findings(findings))")
        }
    }

    /// Random files of 8.3 and 8.4, as they are and with mistakes; and a plain one that 9 would read, with mistakes.
    @Test("What DRBD 8 reads and 9 refuses is found, with its place", arguments: [DRBDAdm.Dialect.v83, .v84])
    func refusedBy9(_ dialect: DRBDAdm.Dialect) async throws {
        var random = Seeded(9)
        var refused = 0
        let plain = Array(Frame(dialect).text(with: "floating", in: .connection).utf8)
        for seed in 0..<400 as Range<UInt64> {
            var generator = RandomConfiguration(dialect, seed: seed)
            let original = Array(generator.text().utf8)
            let bytes = seed % 8 == 0 ? original : mutated(seed % 8 == 1 ? original : plain, &random)
            let source = SourceText(path: "a.res", bytes: bytes)
            guard source.encodingFinding == nil, try await DRBDAdm.accepts(source.text, dialect) else { continue }
            guard try await !DRBDAdm.accepts(source.text, .v9) else { continue }
            refused += 1
            let causes = Self.findings(in: source.text).filter { $0.place != nil && !Self.isReadBy9($0) }
            #expect(!causes.isEmpty, "\(source.text)")
        }
        #expect(refused > 10)
    }

    /// What 9 reads all the same.
    private static func isReadBy9(_ finding: Finding) -> Bool {
        ["CXS305", "CXS312"].contains(finding.code) || finding.message.hasPrefix("protocol stands")
    }

    @Test(
        "One statement that 8.3 reads and 9 refuses is found where it stands",
        arguments: [
            (Frame.Place.disk, "use-bmbv", "", "CXS315"), (.disk, "max-bio-bvecs", " 1", "CXS315"),
            (.net, "unplug-watermark", " 100", "CXS315"),
            (.net, "throttle-threshold", " 1", "CXS315"), (.startup, "delay-probe-volume", " 1", "CXS315"),
            (.disk, "fencing", " resource-only", "CXS311"), (.resource, "ignore-on", " gamma", "CXS315"),
            (.net, "after-sb-0pri", " consensus", "CXS314"), (.net, "congestion-extents", " 10", "CXS314"),
            (.disk, "on-io-error", " panic", "CXS314"), (.net, "shared-secret", " \(String(repeating: "x", count: 70))", "CXS314"),
        ])
    func statement(_ place: Frame.Place, _ name: String, _ value: String, _ code: String) async throws {
        let text = Frame(.v83).text(with: "\(name)\(value);", in: place)
        #expect(try await DRBDAdm.accepts(text, .v83))
        #expect(try await !DRBDAdm.accepts(text, .v9))
        let finding = try #require(Self.findings(in: text).last { $0.code == code }?.place)
        let marked = String(finding.text.dropFirst(finding.column - 1).prefix(finding.length))
        #expect("\(name)\(value)".contains(marked) && (marked.hasPrefix(name) || " " + marked == value))
    }

    @Test(
        "Sections in the wrong place, twice, or without what they need",
        arguments: [
            ("resource r { net { net { } } }", "net"), ("common { } common { }", "common"), ("resource r { net { } net { } }", "net"),
            ("net { }", "net"),
            ("resource r { on { } }", "on"), ("resource r { volume a { } }", "a"), ("resource r { connection a b { } }", "b"),
            ("resource r { stacked-on-top-of { } }", "stacked-on-top-of"), ("resource r { neet { anything goes; } }", "neet"),
            ("resource r { net a { } }", "a"), ("resource r { on a { address [::1]:7000; } }", "[::1]:7000"),
            ("resource r { on a { address 192.0.2.1; } }", "192.0.2.1"),
            ("resource r { on a { address ipv6 192.0.2.1:70; } }", "192.0.2.1:70"),
            ("resource r { on a { address; } }", "address"), ("resource r { on a { address 192.0.2.1:70000; } }", "192.0.2.1:70000"),
            ("resource r { device /dev/sda; }", "/dev/sda"), ("resource r { device /dev/drbd1 minor 2; }", "2"),
            ("resource r { device /dev/drbdx minor 2; }", "/dev/drbdx"), ("resource r { net { timeout; } }", "timeout"),
            ("resource r { net { timeout 5 6; } }", "6"), ("resource r { on a { node-id 99; } }", "99"),
            ("resource r { on a { node-id 33; } }", "33"),
        ])
    func structure(_ text: String, _ marks: String) async throws {
        let place = try #require(Self.findings(in: text).first?.place, "\(text)")
        #expect(place.text.dropFirst(place.column - 1).prefix(place.length) == marks)
        #expect(try await !DRBDAdm.accepts("global { disable-ip-verification; }\n" + text, .v9))
    }

    @Test(
        "Values are judged by the DRBD that the file is written for, where a word of it tells",
        arguments: [
            "disk { fencing resource-only; resync-rate 4194304k; c-max-rate 250; } net { rr-conflict violently; }",
            "disk { fencing resource-only; resync-rate 4194305k; }", "disk { fencing resource-only; c-max-rate 249; }",
            "ignore-on gamma; disk { c-max-rate 249; }",
            "syncer { rate 1M; c-max-rate 249; }", "syncer { rate 4194304; c-max-rate 250; }",
        ])
    func judgedBy84(_ options: String) async throws {
        let text = Frame(.v84).text(with: options, in: .resource)
        #expect(try await DRBDAdm.accepts(text, .v84) == !Self.findings(in: text).contains { $0.code == "CXS314" })
    }

    /// drbdadm 8.4 lets it pass, and drbdsetup refuses it when the resource is brought up.
    @Test("A word that only 9 has is none of 8.4")
    func word() {
        func codes(_ more: String) -> [String] { Self.findings(in: "resource r { \(more) net { rr-conflict retry-connect; } }").compactMap(\.code) }
        #expect(codes("disk { fencing resource-only; }").contains("CXS314"))
        #expect(!codes("").contains("CXS314"))
    }

    @Test(
        "Without such a word, or with one of 9, values are judged by 9",
        arguments: ["resync-rate 8388608k", "resync-rate 8388609k", "c-max-rate 0", "c-max-rate 4194305k"])
    func judgedBy9(_ option: String) async throws {
        for more in ["", "bitmap no;"] {
            let text = Frame(.v9).text(with: "\(more) \(option);", in: .disk)
            #expect(try await DRBDAdm.accepts(text, .v9) == !Self.findings(in: text).contains { $0.code == "CXS314" })
        }
    }

    @Test("A file of 8.3 is told what it can follow, and mended where 8.3 reads the newer word")
    func advice() async throws {
        let text = Frame(.v83).text(
            with: "net { allow-two-primaries; } handlers { outdate-peer /x; } syncer { rate 1M; }", in: .resource)
        let findings = Self.findings(in: text)
        let remedies = findings.filter { $0.code == "CXS312" }.map(\.remedy)
        #expect(remedies == ["when the hosts run DRBD 8.4 or 9: write allow-two-primaries yes", "write fence-peer /x"])
        #expect(findings.filter { $0.code == "CXS311" }.allSatisfy { $0.remedy == "when the hosts run DRBD 8.4 or 9: write net { protocol C; }" })
        let fixes = findings.compactMap(\.fix)
        #expect(fixes.map(\.replacement) == ["fence-peer /x"])
        let mended = String(decoding: SourceText(path: "a.res", text: text).applying(fixes), as: UTF8.self)
        #expect(try await DRBDAdm.dump(mended, .v83) == DRBDAdm.dump(text, .v83))
    }

    private func dumped(_ text: String, _ dialect: DRBDAdm.Dialect) async throws -> String? {
        do { return try await DRBDAdm.dump(text, dialect) } catch is DRBDAdm.Refusal { return nil }
    }

    static func findings(in text: String) -> [Finding] {
        let source = SourceText(path: "a.res", text: text)
        let (configuration, findings) = DRBDConfiguration.parse(source)
        return findings + configuration.dialectFindings(in: source)
    }
}

extension DRBDConfiguration {
    /// What only one of the two says, a line each.
    fileprivate func difference(from other: DRBDConfiguration) -> String {
        let (a, b) = (Set(resolved().meaning.flatMap(\.lines)), Set(other.resolved().meaning.flatMap(\.lines)))
        return a.subtracting(b).map { "+ \($0)" }.sorted().joined(separator: "\n") + b.subtracting(a).map { "\n- \($0)" }.sorted().joined()
    }
}

extension Meaning {
    fileprivate var lines: [String] {
        let word = words.joined(separator: " ")
        return body.map { $0.flatMap(\.lines).map { "\(word)/\($0)" } } ?? [word]
    }
}

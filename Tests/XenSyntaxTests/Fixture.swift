import Diagnostics
import Foundation
import Testing
import XenSyntax

/// A configuration in the directory Fixtures.
struct Fixture: CustomTestStringConvertible, Sendable {
    let url: URL

    static let directory = URL(filePath: #filePath).deletingLastPathComponent()

    static let all: [Fixture] = {
        let files = try? FileManager.default.contentsOfDirectory(
            at: directory.appending(path: "Fixtures"), includingPropertiesForKeys: nil)
        return (files ?? []).filter { $0.pathExtension == "cfg" }.map(Fixture.init).sorted { $0.name < $1.name }
    }()

    var name: String { url.lastPathComponent }
    var testDescription: String { name }

    func source() throws -> SourceText { SourceText(path: name, bytes: Array(try Data(contentsOf: url))) }
}

extension XenConfiguration {
    /// The configuration, of text that has no findings.
    static func good(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) -> XenConfiguration {
        let (configuration, findings) = parse(SourceText(path: "a.cfg", text: text))
        #expect(findings.isEmpty, "\(Findings(findings))", sourceLocation: sourceLocation)
        return configuration
    }
}

/// A seeded generator (SplitMix64): a failure can be repeated.
struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// The bytes with a few of them removed, doubled, replaced or cut off.
func mutate(_ original: [UInt8], _ random: inout Seeded) -> [UInt8] {
    var bytes = original
    let spice = Array("[]'\"\\#,;=+ \n\t\r%(é0x\u{0}".utf8)
    for _ in 0..<Int.random(in: 1...3, using: &random) where !bytes.isEmpty {
        let index = Int.random(in: bytes.indices, using: &random)
        let end = min(bytes.count, index + Int.random(in: 1...12, using: &random))
        switch Int.random(in: 0..<5, using: &random) {
        case 0: bytes.removeSubrange(index..<end)
        case 1: bytes.insert(contentsOf: bytes[index..<end], at: Int.random(in: bytes.indices, using: &random))
        case 2: bytes[index] = spice.randomElement(using: &random) ?? 0
        case 3: bytes.insert(spice.randomElement(using: &random) ?? 0, at: index)
        default: if Int.random(in: 0..<10, using: &random) == 0 { bytes.removeSubrange(index...) }
        }
    }
    return bytes
}

import TestKit
import Testing

@testable import DRBDSyntax

@Suite("Every keyword is known where drbdadm knows it")
struct GrammarTests {
    @Test("Ranges, words, units and defaults are those of drbdsetup", arguments: [DRBDAdm.Dialect.v9, .v84])
    func options(_ dialect: DRBDAdm.Dialect) async throws {
        let sections: [(Section, commands: [String])] = [
            (.net, dialect == .v9 ? ["new-peer"] : ["connect"]), (.options, ["resource-options"]),
            (.disk, dialect == .v9 ? ["attach", "peer-device-options"] : ["attach"]),
        ]
        for (section, commands) in sections {
            var seen: Set<String> = []
            for command in commands {
                for option in Described.all(in: try await DRBDAdm.optionsOfDRBDSetup(command, dialect)) {
                    let parameter = try #require(section.parameter(option.name), "\(option.name)")
                    #expect(parameter.dialects.contains(dialect.dialects), "\(option.name)")
                    option.expect(parameter.known(to: dialect.dialects))
                    if let usual = parameter.usual, let theirs = option.usual { #expect(usual == theirs, "\(option.name)") }
                    seen.insert(option.name)
                }
            }
            let ours = section.parameterNames.filter { section.parameter($0)?.dialects.contains(dialect.dialects) == true }
            #expect(Set(ours).subtracting(seen).subtracting(Described.drbdadmOnly).isEmpty)
        }
    }

    @Test("drbdadm reads a parameter in a section if we know it there, and only then", arguments: Frame.Place.allCases)
    func places(_ place: Frame.Place) async throws {
        let section = place.section
        var random = Seeded(93)
        let others = Parameter.keywords.sorted()
        let foreign = (0..<12).map { _ in random.pick(others) } + ["frobnicate", "no-frobnicate", "no-tcp-cork", "no-al-updates"]
        for name in Set(section.parameterNames + foreign).sorted() where !Self.untested.contains(name) {
            for dialect in DRBDAdm.Dialect.allCases where place.dialects.contains(dialect.dialects) {
                let parameter = section.parameter(name)
                let isKnown = parameter?.dialects.contains(dialect.dialects) ?? false
                let words = [name, parameter == nil && !name.hasPrefix("no-") ? "10" : parameter?.sample(&random)].compactMap { $0 }
                let text = Frame(dialect).text(with: "\(words.joined(separator: " "));", in: place)
                #expect(try await DRBDAdm.accepts(text, dialect) == isKnown, "\(dialect): \(text)")
            }
        }
    }

    /// They need more of a file around them than one statement.
    private static let untested = Set(
        [
            "include", "template-file", "ignore-on", "floating", "hosts", "_peer_node_id", "_is_standalone", "host", "address", "node-id",
            "alternate-link-address", "_this_host", "_remote_host", "device", "disk", "meta-disk", "flexible-meta-disk", "protocol",
            "inside",
            "outside", "size", "become-primary-on", "discard-my-data", "resync-after", "after",
        ] + ["eq", "ne", "gt", "ge", "lt", "le"].map { "require-drbd-module-version-\($0)" })

    @Test("Values at the edge of what drbdadm 9 takes, and beyond", arguments: [Section.net, .disk, .options, .startup])
    func values(_ section: Section) async throws {
        let place = try #require(Frame.Place.allCases.first { $0.section == section })
        for name in section.parameterNames {
            guard let parameter = section.parameter(name), parameter.dialects.contains(.v9), !Self.untested.contains(name) else { continue }
            for value in parameter.edges {
                let text = Frame(.v9).text(with: "\(name) \(value);", in: place)
                let isRight = parameter.objection(to: [value]) == nil
                #expect(try await DRBDAdm.accepts(text, .v9) == isRight, "\(name) \(value)")
            }
        }
    }
}

extension DRBDAdm.Dialect {
    var dialects: Dialects {
        switch self {
        case .v83: .v83
        case .v84: .v84
        case .v9: .v9
        }
    }
}

extension Parameter {
    /// A value that drbdadm takes; nil for none.
    func sample(_ random: inout Seeded) -> String? {
        switch form {
        case .number(let range, _): String(min(max(UInt64.random(in: 250...400, using: &random), range.lowerBound), range.upperBound))
        case .numberOrWord(_, let words), .word(let words), .anyCaseWord(let words): random.pick(words)
        // 8.3 has flags only, and takes no value after them.
        case .boolean: dialects.contains(.v83) ? nil : random.pick([nil, "yes", "no"])
        case .flag: nil
        case .text: random.pick(["sha1", "\"a b\"", "\"\""])
        case .address: "192.0.2.1:7000"
        case .device: "minor 1"
        case .metaDisk, .anything: "internal"
        }
    }

    /// Values around the ends of the range, with units, and such as are none.
    fileprivate var edges: [String] {
        switch form {
        case .number(let range, let scale):
            let ends = [range.lowerBound, range.upperBound].filter { $0 < 10_000_000_000_000 }
            let beyond =
                (range.lowerBound > 0 ? [range.lowerBound - 1] : []) + (range.upperBound < 10_000_000_000_000 ? [range.upperBound + 1] : [])
            let units = scale == .one ? [] : ["4k", "1M", "1G", "70000s", "1s"]
            return (ends + beyond).map(String.init) + units + ["x", "10T", "0x10"]
        case .numberOrWord(let range, let words): return words + ["0", "\(range.upperBound)", "\(range.upperBound + 1)", "some"]
        case .word(let words): return words + ["other", words[0].uppercased()]
        case .anyCaseWord: return ["A", "a", "c", "D"]
        case .boolean: return ["yes", "no", "true", "1"]
        case .text(let longest) where longest < 128:
            return ["x", String(repeating: "x", count: longest), String(repeating: "x", count: longest + 1)]
        case .text, .flag, .address, .device, .metaDisk, .anything: return []
        }
    }
}

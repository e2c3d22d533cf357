import CIB
import Diagnostics
import Host
import TestKit
import Testing
import XML

/// Spellings of values and names of options, hundreds of them, beside what Pacemaker 2.1.5 and crmsh 4.4 make of them.
struct ScalarOracleTests {
    /// Words that mean something, and what becomes of them by a slip of the finger.
    private static func spellings(of words: [String], _ count: Int, seed: UInt64) -> [String] {
        var random = Seeded(seed)
        var all = words
        while all.count < count {
            var word = Array(random.pick(words))
            for _ in 0...random.number(0...2) { slip(&word, &random) }
            all.append(String(word))
        }
        return all
    }

    private static func slip(_ word: inout [Character], _ random: inout Seeded) {
        let place = word.isEmpty ? 0 : random.number(0...word.count - 1)
        let letters: [Character] = Array("aeinosty0159+- .x")
        switch random.number(0...6) {
        case 0: word = word.map { random.chance(2) ? Character($0.uppercased()) : Character($0.lowercased()) }
        case 1 where !word.isEmpty: word.remove(at: place)
        case 2 where !word.isEmpty: word.insert(word[place], at: place)
        case 3: word.insert(random.pick(letters), at: place)
        case 4: word.append(random.pick(letters))
        case 5 where !word.isEmpty: word[place] = random.pick(letters)
        default: word.insert(random.pick(["+", "-", "0", " "]), at: 0)
        }
    }

    private static let booleans = ["true", "on", "yes", "y", "1", "false", "off", "no", "n", "0", "True", "OFF", "enabled", "t", ""]
    private static let scores = [
        "0", "1", "100", "-100", "+5", "007", "INFINITY", "-INFINITY", "+INFINITY", "1000000", "999999", "-1000001", "infinity", "inf", "1e3",
        "0x10", "9223372036854775807", "9223372036854775808", "-9223372036854775809", "99999999999999999999", "5x", "",
    ]

    /// A primitive for each value, which is the value of an option of it and of a node's attribute that gives it its score.
    private static func cib(_ values: [String]) -> String {
        var primitives: [Element] = []
        var constraints: [Element] = []
        var attributes: [Element] = []
        for (index, value) in values.enumerated() {
            let option = Element("nvpair", ["id": "m\(index)-v", "name": "is-managed", "value": value])
            primitives.append(
                Element(
                    "primitive", ["id": "p\(index)", "class": "ocf", "provider": "pacemaker", "type": "Dummy"],
                    children: [Element("meta_attributes", ["id": "m\(index)"], children: [option])]))
            let expression = Element("expression", ["id": "e\(index)", "attribute": "s\(index)", "operation": "defined"])
            let rule = Element("rule", ["id": "r\(index)", "score-attribute": "s\(index)"], children: [expression])
            constraints.append(Element("rsc_location", ["id": "l\(index)", "rsc": "p\(index)"], children: [rule]))
            attributes.append(Element("nvpair", ["id": "a\(index)", "name": "s\(index)", "value": value]))
        }
        let fencing = Element("nvpair", ["id": "c-s", "name": "stonith-enabled", "value": "false"])
        let node = Element("node", ["id": "1", "uname": "alice"], children: [Element("instance_attributes", ["id": "n"], children: attributes)])
        let configuration = Element(
            "configuration", [],
            children: [
                Element("crm_config", [], children: [Element("cluster_property_set", ["id": "c"], children: [fencing])]),
                Element("nodes", [], children: [node]), Element("resources", [], children: primitives),
                Element("constraints", [], children: constraints),
            ])
        let state = Element(
            "node_state", ["id": "1", "uname": "alice", "in_ccm": "true", "crmd": "online", "join": "member", "expected": "member"])
        let root = Element(
            "cib",
            [
                "crm_feature_set": "3.16.1", "validate-with": "pacemaker-3.9", "admin_epoch": "0", "epoch": "1", "num_updates": "0",
                "have-quorum": "1",
            ], children: [configuration, Element("status", [], children: [state])])
        return root.xml
    }

    @Test("what a boolean says", arguments: [1, 2] as [UInt64])
    func boolean(_ seed: UInt64) async throws {
        let values = Self.spellings(of: Self.booleans, 300, seed: seed)
        let scratch = try Scratch()
        let file = try scratch.write(Self.cib(values), to: "cib.xml")
        let output = try await Command(
            "crm_mon", ["--one-shot", "--inactive", "--output-as", "xml"], environment: ["CIB_file": file], limit: .seconds(60)
        ).run().orThrow()
        var managed: [String: String] = [:]
        try Element(parsing: .init(path: "crm_mon", bytes: output.bytes)).walk { element in
            if element.name == "resource", let id = element.id { managed[id] = element["managed"] }
        }
        #expect(managed.count == values.count)
        for (index, value) in values.enumerated() where Scalar.boolean.accepts(value) {
            #expect(Scalar.boolean.canonical(value) == managed["p\(index)"], "\"\(value)\"")
        }
    }

    @Test("which words are booleans at all: of a cluster option crm_verify says when one is none")
    func readable() async throws {
        let values = Set(Self.spellings(of: Self.booleans, 260, seed: 3)).sorted()
        var refused = 0
        for value in values {
            let text = CIB(crm: "property stonith-enabled=false").xml.split(separator: "value=\"false\"", maxSplits: 1).map(String.init)
            let attribute = Element("x", ["value": value]).xml.dropFirst("<x ".count).prefix { $0 != "/" }
            let output = try await Oracle("crm_verify", package: "pacemaker-cli-utils").judge(
                text.joined(separator: String(attribute)), ["-VV", "--xml-file", "FILE"])
            let isRefused = output.error.contains("for cluster option 'stonith-enabled'")
            if isRefused { refused += 1 }
            #expect(Scalar.boolean.accepts(value) != isRefused, "\"\(value)\": \(output.error)")
        }
        #expect(refused > 40 && values.count - refused > 10)
    }

    @Test("what a score comes to", arguments: [1, 2] as [UInt64])
    func score(_ seed: UInt64) async throws {
        let values = Self.spellings(of: Self.scores, 300, seed: seed)
        let output = try await Oracle("crm_simulate", package: "pacemaker-cli-utils").judge(
            Self.cib(values), ["--xml-file", "FILE", "--show-scores", "--simulate"])
        var scores: [String: String] = [:]
        for line in output.text.split(separator: "\n") {
            // "pcmk__primitive_assign: p0 allocation score on alice: INFINITY"
            let words = line.split(separator: " ")
            if words.count == 7, words[2] == "allocation" { scores[String(words[1])] = String(words[6]) }
        }
        #expect(scores.count == values.count)
        var readable = 0
        for (index, value) in values.enumerated() where Scalar.score.accepts(value) {
            let theirs = scores["p\(index)"].map { Scalar.score.canonical($0) }
            #expect(Scalar.score.canonical(value) == theirs, "\"\(value)\"")
            readable += 1
        }
        #expect(readable > 40 && readable < values.count)
        for line in output.error.split(separator: "\n") where line.contains("Could not parse integer from '") {
            let word = String(line.split(separator: "'", omittingEmptySubsequences: false)[1])
            #expect(!Scalar.score.accepts(word), "\(line)")
        }
    }

    @Test("a resource option that we know is a word of Pacemaker's, one that crmsh knows we know, and a slip of the finger is neither")
    func resourceOptions() async throws {
        let literals = try Self.literals()
        let isWord = { (name: String) in literals.contains { $0.hasSuffix(name) } }  // the linker lets one begin in the middle of another
        for name in Schema.metaNames { #expect(isWord(name), "\(name)") }
        let slips = Set(
            Self.spellings(of: Schema.metaNames, 300, seed: 5).filter { name in
                name.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == 0x2D } && name.count > 5 && !name.hasPrefix("-")
            }
        ).subtracting(Schema.metaNames).sorted()
        #expect(slips.count > 60)
        for name in slips { #expect(!Schema.isKnownMeta(name), "\(name)") }
        let unknown = try await Self.unknownToCrmsh(slips)
        #expect(!unknown.isEmpty)
        for name in slips where !unknown.contains(name) { #expect(Schema.isKnownMeta(name), "\(name)") }
    }

    @Test("the cluster options are those that Pacemaker's daemons describe, with their defaults", arguments: ["controld", "schedulerd", "based"])
    func clusterOptions(_ daemon: String) async throws {
        let output = try await Command("/usr/lib/pacemaker/pacemaker-\(daemon)", ["metadata"], limit: .seconds(30)).run().orThrow()
        var count = 0
        try Element(parsing: .init(path: daemon, bytes: output.bytes)).walk { parameter in
            guard parameter.name == "parameter", let name = parameter["name"], let content = parameter.first("content") else { return }
            count += 1
            #expect(Schema.propertyNames.contains(name), "\(name)")
            let kind = Schema.kind(ofPair: name, in: "cluster_property_set")
            if content["type"] == "boolean" { #expect(kind == .boolean, "\(name)") } else { #expect(kind != .boolean, "\(name)") }
            if let value = content["default"], !value.isEmpty { #expect(kind.accepts(value), "\(name)=\(value)") }
        }
        #expect(count > 0)
    }

    /// All words that stand as such in Pacemaker's libraries and daemons.
    private static func literals() throws -> Set<String> {
        let places = try FileTree().entries(of: "/usr/lib").map(\.name).filter { $0.hasSuffix("-linux-gnu") }.map { "/usr/lib/" + $0 }
        var paths: [String] = []
        for place in places + ["/usr/lib/pacemaker"] { paths += try FileTree().entries(of: place).map { "\(place)/\($0.name)" } }
        let names = ["/libpe_", "/libcrm", "/libpacemaker.", "/libstonithd.", "/liblrmd."]
        paths.removeAll { path in !path.hasPrefix("/usr/lib/pacemaker/") && !(path.contains(".so.") && names.contains { path.contains($0) }) }
        var words: Set<String> = []
        for path in paths {
            guard let bytes = try? FileTree().read(path, limit: 64 << 20) else { continue }  // a link is another name of a file beside it
            for word in bytes.split(separator: 0) where word.count < 40 && word.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) {
                words.insert(String(decoding: word, as: UTF8.self))
            }
        }
        #expect(words.count > 5000)
        return words
    }

    /// "WARNING: c: unknown attribute 'blub'", of a primitive, a group, a clone and the defaults alike.
    private static func unknownToCrmsh(_ names: [String]) async throws -> Set<String> {
        let scratch = try Scratch()
        let file = try scratch.write(CIB(crm: "").xml, to: "cib.xml")
        let pairs = names.map { "\($0)=1" }.joined(separator: " ")
        let text = """
            primitive d ocf:pacemaker:Dummy meta \(pairs)
            primitive e ocf:pacemaker:Dummy
            primitive f ocf:pacemaker:Dummy
            clone c e meta \(pairs)
            group g f meta \(pairs)
            rsc_defaults \(pairs)

            """
        let script = try scratch.write(text, to: "load.crm")
        let output = try await Command(
            "crm", ["-F", "configure", "load", "update", script], environment: ["CIB_file": file, "HOME": scratch.path, "TERM": "dumb"],
            limit: .seconds(120)
        ).run()
        var objects: [String: Int] = [:]
        for line in (output.text + output.error).split(separator: "\n") where line.contains("unknown attribute '") {
            objects[String(line.split(separator: "'")[1]), default: 0] += 1
        }
        return Set(objects.filter { $0.value == 4 }.keys)
    }
}

import Diagnostics
import Foundation
import Host
import Records
import Repository
import TestKit
import Testing

/// A JSON Schema validator and our reader take and refuse the same documents.
struct SchemaOracleTests {
    @Test("lvm/*.yaml", arguments: 0..<4 as Range<UInt64>)
    func volumes(_ seed: UInt64) async throws {
        var random = RandomDocument(seed: seed)
        try await compare((0..<500).map { _ in random.volumes() }, "lvm") { VolumeGroups.parse($0).findings }
    }

    @Test("coxswain.yaml", arguments: 0..<4 as Range<UInt64>)
    func policy(_ seed: UInt64) async throws {
        var random = RandomDocument(seed: seed)
        try await compare((0..<500).map { _ in random.policy() }, "coxswain") { Policy.parse($0).findings }
    }

    private func compare(_ documents: [String], _ schema: String, _ read: (SourceText) -> [Finding]) async throws {
        let verdicts = try await Self.verdicts(on: documents, by: schema)
        #expect(verdicts.count == documents.count && verdicts.contains(true) && verdicts.contains(false))
        for (document, isValid) in zip(documents, verdicts) {
            let findings = read(SourceText(path: "a.yaml", text: document))
            #expect(findings.isEmpty == isValid, "\(document)\n\(Findings(findings))")
        }
    }

    /// What python3-jsonschema says of JSON documents, which are YAML too.
    private static func verdicts(on documents: [String], by schema: String) async throws -> [Bool] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let program = """
            import json, sys, jsonschema
            schema = json.load(open(sys.argv[1]))
            validator = jsonschema.validators.validator_for(schema)(schema)
            for line in sys.stdin: print(validator.is_valid(json.loads(line)))
            """
        let path = root.appending(path: "deploy/schemas/\(schema).schema.json").path
        let input = Array(documents.map { $0 + "\n" }.joined().utf8)
        let output = try await Command("python3", ["-c", program, path], input: input).run()
        try #require(output.succeeded, "apt-get install python3-jsonschema\n\(output.error)")
        return output.text.split(separator: "\n").map { $0 == "True" }
    }
}

/// Documents on one line, most of them sound, some with one thing or another wrong.
struct RandomDocument {
    private var random: Seeded

    init(seed: UInt64) { random = Seeded(seed) }

    mutating func volumes() -> String {
        object(0...2) {
            $0.name()
        } _: {
            $0.mostly { $0.group() }
        }
    }

    mutating func policy() -> String {
        let keys =
            ["cluster", "hosts", "drift", "rollback", "restart", "health"].filter { _ in random.chance(2) } + (random.chance(12) ? ["clutser"] : [])
        return fields(keys) { random, key in
            switch key {
            case "cluster" where random.random.chance(10): random.random.pick(["1", "null", "true", "1.5e3", "[]"])
            case "cluster": random.text(["tutorial", "a_b-9", "a b", "", "é", String(repeating: "x", count: 65)], sound: 2)
            case "hosts": random.hosts()
            case "drift":
                random.fields(
                    random.random.pick([["operator"], ["limit"], ["operator", "limit"], ["move", "agent"], ["node-state", "scores"], ["host"]])
                ) { random, key in
                    key == "limit"
                        ? random.time() : random.random.chance(4) ? random.held() : random.text(["hold", "revert", "ignore", "x"], sound: 3)
                }
            case "rollback", "restart": random.text(["auto", "off", "on", ""], sound: 2)
            case "health": random.mostly { $0.health() }
            default: "\"x\""
            }
        }
    }

    /// No schema can say that one number is no greater than another: `stable` is never greater than `limit` here, or far beyond its bounds.
    private mutating func health() -> String {
        fields(random.pick([[], ["limit"], ["stable"], ["limit", "stable"], ["limits"]])) { random, key in
            let sound = key == "limit" ? ["10", "120", "3600"] : ["0", "1", "10"]
            let unsound = key == "limit" ? ["9", "3601", "-60"] : ["-1", "601"]
            return random.random.chance(12) ? random.random.pick(unsound + ["\"10\"", "10.5", "null", "[]", "true"]) : random.random.pick(sound)
        }
    }

    private mutating func time() -> String {
        text(["4h", "90s", "9999d", "30m", "0h", "04h", "h", "12", "10000s", "1.5h", "4 h", ""], sound: 4)
    }

    private mutating func held() -> String {
        fields(random.chance(9) ? ["held"] : random.chance(9) ? [] : ["hold"]) { random, _ in random.time() }
    }

    private mutating func hosts() -> String {
        fields(random.pick([[], ["drbd"], ["xen"], ["drbd", "xen"], ["lvm"]])) { random, _ in
            random.text(["/etc/drbd.d", "/cluster/xen", "/a/", "/", "//", "/a//b", "/./a", "/a/..b", "etc", "/a/../b", "/a\\tb", ""], sound: 3)
        }
    }

    private mutating func group() -> String {
        let keys = ["hosts", "volumes"].filter { _ in random.chance(2) } + (random.chance(12) ? ["size"] : [])
        return fields(keys) { random, key in
            key == "hosts"
                ? random.names()
                : random.object(0...3) {
                    $0.name()
                } _: {
                    $0.mostly { $0.volume() }
                }
        }
    }

    private mutating func volume() -> String {
        if random.chance(2) { return size() }
        let keys = (random.chance(8) ? [] : ["size"]) + (random.chance(2) ? ["hosts"] : []) + (random.chance(12) ? ["name"] : [])
        return fields(keys) { random, key in key == "size" ? random.size() : random.names() }
    }

    // MARK: Values

    private mutating func name() -> String {
        text(["vg0", "xps-101", "a+b_c.d", "-a", "..", "a b", "", "snapshot", "a_tmeta", "x_wcorig_1", "_cdat"], sound: 3)
    }

    private mutating func size() -> String { text(["10GiB", "512MiB", "007KiB", "1TiB", "10", "0GiB", "1GB", "1.5GiB"], sound: 4) }

    private mutating func names() -> String {
        if random.chance(20) { return random.pick(["[1]", "[null]", "[\"alpha\", true]", "\"alpha\""]) }
        let names = random.several(random.chance(10) ? 0...0 : 1...3) { $0 }.map { _ in text(["alpha", "bravo", ""], sound: 2) }
        return "[\(names.joined(separator: ", "))]"
    }

    /// One of the choices, of which the first so many are sound: those most of the time.
    private mutating func text(_ choices: [String], sound: Int) -> String {
        "\"\(random.pick(random.chance(15) ? choices : Array(choices.prefix(sound))))\""
    }

    private mutating func mostly(_ make: (inout RandomDocument) -> String) -> String {
        random.chance(25) ? random.pick(["\"x\"", "[]"]) : make(&self)
    }

    private mutating func object(
        _ count: ClosedRange<Int>, _ key: (inout RandomDocument) -> String, _ value: (inout RandomDocument) -> String
    ) -> String {
        var keys: Set<String> = []
        for _ in 0..<random.number(count) { keys.insert(key(&self)) }
        return "{" + keys.sorted().map { "\($0): \(value(&self))" }.joined(separator: ", ") + "}"
    }

    private mutating func fields(_ keys: [String], _ value: (inout RandomDocument, String) -> String) -> String {
        "{" + keys.map { "\"\($0)\": \(value(&self, $0))" }.joined(separator: ", ") + "}"
    }
}

import Diagnostics
import Foundation
import Records
import Repository
import Testing

@Suite("The JSON Schemas in deploy/schemas say what the program reads")
struct SchemaFileTests {
    @Test(
        "Every key of the schema is a key of coxswain.yaml",
        arguments: [
            "cluster: a", "hosts: {drbd: /a, xen: /b}", "drift: {operator: hold}", "drift: {operator: revert}",
            "drift: {operator: {hold: 4h}, limit: 1d, memory: ignore}",
            "rollback: auto", "rollback: off", "restart: auto", "restart: off", "health: {limit: 60, stable: 5}",
        ])
    func policy(_ text: String) throws {
        let schema = try Schema("coxswain")
        #expect(Policy.parse(SourceText(path: "a", text: text)).findings.isEmpty)
        let expected = Policy.parse(SourceText(path: "a", text: "x: 1")).findings.first?.expected
        #expect(expected?.split(separator: ", ").map(String.init).sorted() == schema.keys)
        let hosts = Policy.parse(SourceText(path: "a", text: "hosts: {x: 1}")).findings.first?.expected
        #expect(hosts?.split(separator: ", ").map(String.init).sorted() == schema.below("hosts").keys)
        let drift = Policy.parse(SourceText(path: "a", text: "drift: {x: 1}")).findings.first?.expected
        #expect(drift?.split(separator: ", ").map(String.init).sorted() == schema.below("drift").keys)
        for key in schema.below("drift").keys where key != "limit" {
            let expected = Policy.parse(SourceText(path: "a", text: "drift: {\(key): x}")).findings.first?.expected
            #expect(expected == schema.below("drift").below(key).choices.joined(separator: ", "), "\(key)")
        }
        let rollback = Policy.parse(SourceText(path: "a", text: "rollback: x")).findings.first?.expected
        let restart = Policy.parse(SourceText(path: "a", text: "restart: x")).findings.first?.expected
        #expect(restart == schema.below("restart").choices.joined(separator: " or "))
        #expect(rollback == schema.below("rollback").choices.joined(separator: " or "))
        let health = Policy.parse(SourceText(path: "a", text: "health: {x: 1}")).findings.first?.expected
        #expect(health?.split(separator: ", ").map(String.init).sorted() == schema.below("health").keys)
    }

    @Test("The times of health have the schema's bounds and defaults", arguments: ["limit", "stable"])
    func times(_ key: String) throws {
        let time = try Schema("coxswain").below("health").below(key)
        let bounds = try (least: #require(time.number("minimum")), most: #require(time.number("maximum")))
        let expected = Policy.parse(SourceText(path: "a", text: "health: {\(key): x}")).findings.first?.expected
        #expect(expected == "a whole number from \(bounds.least) to \(bounds.most)")
        let standard = key == "limit" ? Policy().health.limit : Policy().health.stable
        #expect(time.number("default").map(Duration.seconds) == standard)
    }

    @Test(
        "Names and sizes match the schema's patterns exactly when they are read",
        arguments: ["a", "vg0", "a+b_c.d-e", "-a", ".", "..", "a b", "é", "a/b", ""])
    func names(_ name: String) throws {
        let pattern = try Schema("lvm").definition("name")
        let isRead = VolumeGroups.parse(SourceText(path: "a", text: "\"\(name)\": {volumes: {}}")).findings.isEmpty
        #expect(isRead == (name.range(of: pattern, options: .regularExpression) != nil))
    }

    @Test("and sizes", arguments: ["1GiB", "10MiB", "007KiB", "0GiB", "1GB", "1", "-1GiB", "1.5GiB", "+1GiB", "1 GiB", "3TiB"])
    func sizes(_ size: String) throws {
        let pattern = try Schema("lvm").definition("size")
        let isRead = VolumeGroups.parse(SourceText(path: "a", text: "v: {volumes: {a: \"\(size)\"}}")).findings.isEmpty
        #expect(isRead == (size.range(of: pattern, options: .regularExpression) != nil))
    }
}

private struct Schema {
    private let object: [String: Any]

    init(_ name: String) throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let data = try Data(contentsOf: root.appending(path: "deploy/schemas/\(name).schema.json"))
        object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    private init(_ object: [String: Any]) { self.object = object }

    private var properties: [String: Any] { object["properties"] as? [String: Any] ?? [:] }
    var keys: [String] { properties.keys.sorted() }
    var choices: [String] {
        object["enum"] as? [String] ?? (object["anyOf"] as? [[String: Any]])?.first.flatMap { $0["enum"] as? [String] } ?? []
    }

    func number(_ key: String) -> Int? { object[key] as? Int }

    func below(_ key: String) -> Schema { Schema(properties[key] as? [String: Any] ?? [:]) }

    func definition(_ name: String) -> String {
        let definitions = object["$defs"] as? [String: Any] ?? [:]
        return (definitions[name] as? [String: Any])?["pattern"] as? String ?? "$^"
    }
}

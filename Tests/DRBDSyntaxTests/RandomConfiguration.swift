import TestKit

@testable import DRBDSyntax

/// A configuration of random sections, with every parameter that a generation of DRBD knows, each now and then.
struct RandomConfiguration {
    let dialect: DRBDAdm.Dialect
    private var random: Seeded

    init(_ dialect: DRBDAdm.Dialect, seed: UInt64) {
        self.dialect = dialect
        random = Seeded(seed)
    }

    mutating func text() -> String {
        var text = section("global", .global, more: "disable-ip-verification; ")
        text += "common {\n\(isOld ? "protocol \(random.pick(["A", "B", "C"]));" : "")\n\(options(oneIn: 4))}\n"
        if random.chance(3) { text += "skip resource none { = ; }\n" }
        for number in 0..<random.number(1...3) { text += resource(number) }
        return text
    }

    private var isOld: Bool { dialect != .v9 }

    // MARK: Resources

    private mutating func resource(_ number: Int) -> String {
        let shapes: [(inout RandomConfiguration, Int) -> String] =
            switch dialect {
            case .v83: [{ $0.twoHosts($1) }, { $0.floating($1) }, { $0.behindProxies($1) }]
            case .v84: [{ $0.twoHosts($1) }, { $0.floating($1) }, { $0.volumes($1) }, { $0.behindProxies($1) }]
            case .v9: [{ $0.twoHosts($1) }, { $0.floating($1) }, { $0.volumes($1) }, { $0.mesh($1) }, { $0.paths($1) }]
            }
        return "resource \(random.pick(["r\(number)", "\"r \(number)\""])) {\n\(options(oneIn: 3))\(random.pick(shapes)(&self, number))}\n"
    }

    private mutating func twoHosts(_ number: Int) -> String {
        let disk = volume(number)
        let inHosts = random.chance(2)
        return (inHosts ? "" : disk) + ["alpha", "beta"].enumerated().map { index, name in
            host(name, index, number, inHosts ? disk : "")
        }.joined()
    }

    private mutating func volumes(_ number: Int) -> String {
        let volumes = (0..<random.number(1...3)).map { "volume \($0) {\n\(volume(number * 10 + $0))\(volumeOptions())}\n" }.joined()
        return volumes + host("alpha", 0, number, "") + host("beta", 1, number, "")
    }

    private mutating func floating(_ number: Int) -> String {
        volume(number) + (1...2).map { "floating \(random.pick(["", "ipv4 "]))192.0.2.\($0):\(7000 + number) { \(identity($0)) }\n" }.joined()
    }

    private mutating func behindProxies(_ number: Int) -> String {
        volume(number) + section("proxy", .proxy) + ["alpha", "beta"].enumerated().map { index, name in
            """
            on \(name) {
              address 127.0.0.1:\(7100 + number); \(identity(index))
              proxy on \(name) { inside 127.0.0.1:\(7200 + number); outside 192.0.2.\(index + 1):\(7300 + number); }
            }

            """
        }.joined()
    }

    private mutating func mesh(_ number: Int) -> String {
        let hosts = ["alpha", "beta", "gamma"]
        return volume(number) + hosts.enumerated().map { host($1, $0, number, "") }.joined()
            + "connection-mesh { hosts \(hosts.joined(separator: " ")); \(section("net", .net)) }\n"
    }

    private mutating func paths(_ number: Int) -> String {
        let hosts = ["alpha", "beta"].enumerated().map { host($1, $0, number, "") }.joined()
        let paths = (1...2).map { path in
            "path { host alpha address 192.0.2.1:\(7000 + path * 100 + number); host beta address ipv4 192.0.2.2:\(7000 + path * 100 + number); }\n"
        }.joined()
        return volume(number) + hosts
            + "connection {\n\(paths)\(section("net", .net))\(section("disk", .diskOfConnection))\(volumeOfConnection())}\n"
    }

    private mutating func volumeOfConnection() -> String { random.chance(3) ? "volume 0 { \(section("disk", .diskOfConnection)) }\n" : "" }

    // MARK: Parts

    private mutating func host(_ name: String, _ index: Int, _ number: Int, _ more: String) -> String {
        let options = dialect == .v9 && random.chance(4) ? section("options", .options) : ""
        return "on \(name) {\n address \(random.pick(["", "ipv4 "]))192.0.2.\(index + 1) : \(7000 + number);\n\(identity(index))\(options)\(more)}\n"
    }

    private func identity(_ index: Int) -> String { dialect == .v9 ? "node-id \(index);\n" : "" }

    private mutating func volume(_ minor: Int) -> String {
        let device = random.pick(["/dev/drbd\(minor)", "minor \(minor)", "/dev/drbd\(minor) minor \(minor)", "/dev/drbd_\(minor) minor \(minor)"])
        let metaDisk = random.pick(["meta-disk internal", "flexible-meta-disk internal", "meta-disk /dev/sdb\(minor)[0]", "meta-disk \"/dev/sdb 1\" [\(minor)]"])
        return ["device \(device);\n", "disk /dev/vg/r\(minor);\n", "\(metaDisk);\n"].shuffled(using: &random).joined()
    }

    /// Not in 8.4: its dump leaves out what hosts inherit of them.
    private mutating func volumeOptions() -> String { dialect == .v9 && random.chance(2) ? section("disk", .disk) : "" }

    private mutating func options(oneIn: Int) -> String {
        var sections: [(String, Section)] = [("net", .net), ("disk", .disk), ("startup", .startup), ("handlers", .handlers)]
        sections.append(dialect == .v83 ? ("syncer", .syncer) : ("options", .options))
        return sections.shuffled(using: &random).map { random.chance(oneIn) ? "" : section($0, $1) }.joined()
    }

    private mutating func section(_ keyword: String, _ section: Section, more: String = "") -> String {
        let names = (section.parameterNames + Parameter.negations83.sorted()).filter { !leftOut.contains($0) && random.chance(4) }
        let statements = names.shuffled(using: &random).compactMap { name -> String? in
            guard let parameter = section.parameter(name), parameter.dialects.contains(dialect.dialects) else { return nil }
            guard !names.contains("no-\(name)"), name != "outdate-peer" || !names.contains("fence-peer") else { return nil }
            return ([name] + [parameter.sample(&random)].compactMap { $0 }).joined(separator: " ") + ";"
        }
        return "\(keyword) {\n\(more)\(statements.joined(separator: random.pick([" ", "\n", " # note\n"])))\n}\n"
    }

    /// They name other resources, belong to drbdsetup, or are left out by dump: stacked-timeouts where nothing else is in its
    /// section, become-primary-on by 9.
    private var leftOut: Set<String> { Set(["resync-after", "after", "_name", "transport", "stacked-timeouts"] + (isOld ? [] : ["become-primary-on"])) }
}

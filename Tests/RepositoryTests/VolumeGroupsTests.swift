import Diagnostics
import Repository
import TestKit
import Testing

@Suite("lvm/*.yaml")
struct VolumeGroupsTests {
    @Test("says which volumes there are on which hosts")
    func values() {
        let volumes = good("vg0:\n  hosts: [alpha, bravo]\n  volumes:\n    a: 10GiB\n    b: {size: 512MiB, hosts: [alpha]}\n")
        #expect(
            volumes.groups == [
                VolumeGroup(
                    name: "vg0", hosts: ["alpha", "bravo"],
                    volumes: [
                        LogicalVolume(name: "a", size: 10 << 30), LogicalVolume(name: "b", size: 512 << 20, hosts: ["alpha"]),
                    ])
            ])
    }

    @Test("means the same in another order, with other units")
    func meaning() {
        let a = good("v:\n  volumes: {a: 1GiB, b: 2GiB}\n")
        #expect(a.isEquivalent(to: good("v:\n  volumes: {b: 2048MiB, a: 1048576KiB}\n")))
        #expect(!a.isEquivalent(to: good("v:\n  volumes: {b: 2GiB, a: 2GiB}\n")))
    }

    @Test("What is printed reads back as it was", arguments: 0..<20)
    func roundTrip(_ seed: UInt64) {
        var random = Seeded(seed)
        for _ in 0..<20 {
            let groups = ["vg0", "1.5", "true", "a+b"].shuffled(using: &random).prefix(random.number(0...3)).map { name in
                VolumeGroup(
                    name: name, hosts: random.chance(2) ? ["alpha", "no"] : nil,
                    volumes: ["a", "0x10", "null", "x-y_z"].prefix(random.number(0...4)).map {
                        LogicalVolume(name: $0, size: random.number(1...5000) << 10, hosts: random.chance(3) ? ["bravo"] : nil)
                    })
            }
            #expect(good(VolumeGroups(groups).description).groups == groups)
        }
    }

    @Test("In any order random groups mean the same, and with a volume of another size something else", arguments: 0..<20)
    func anyOrder(_ seed: UInt64) {
        var random = Seeded(seed)
        for _ in 0..<20 {
            let groups = ["v", "w"].prefix(random.number(1...2)).map { name in
                VolumeGroup(
                    name: name, hosts: random.chance(2) ? ["alpha", "bravo", "charlie"] : nil,
                    volumes: (0..<random.number(1...4)).map { LogicalVolume(name: "l\($0)", size: random.number(1...9) << 20) })
            }
            var shuffled = groups.shuffled(using: &random)
            for index in shuffled.indices {
                shuffled[index].hosts?.shuffle(using: &random)
                shuffled[index].volumes.shuffle(using: &random)
            }
            #expect(VolumeGroups(shuffled).isEquivalent(to: VolumeGroups(groups)))
            let first = shuffled[0].volumes[0]
            shuffled[0].volumes[0] = LogicalVolume(name: first.name, size: first.size + 1024)
            #expect(!VolumeGroups(shuffled).isEquivalent(to: VolumeGroups(groups)))
        }
    }

    @Test(
        "Mistakes are errors at their place",
        arguments: [
            ("vg0:\n  volume: {}\n", "2:3", "did you mean \"volumes\"?"),
            ("vg0:\n  volumes: {a: 10}\n", "2:16", nil),
            ("vg0:\n  volumes: {a: 0GiB}\n", "2:16", nil),
            ("vg0:\n  volumes: {a: -1GiB}\n", "2:16", nil),
            ("vg0:\n  volumes: {a: 99999999999999TiB}\n", "2:16", nil),
            ("vg0:\n  volumes: {a: {hosts: [x]}}\n", "2:16", nil),
            ("-v:\n  volumes: {}\n", "1:1", nil),
            ("vg0:\n  volumes: {a/b: 1GiB}\n", "2:13", nil),
            ("vg0:\n  hosts: alpha\n", "2:10", nil),
            ("vg0:\n  hosts: [alpha, alpha]\n", "2:18", nil),
            ("vg0:\n  hosts: [alpha, true]\n", "2:18", "write \"true\", in quotes"),
            ("vg0:\n  hosts: [10]\n", "2:11", "write \"10\", in quotes"),
            ("vg0:\n  volumes: {a: 10G}\n", "2:16", "did you mean 10GiB?"),
            ("vg0:\n  volumes: {a: 10 gb}\n", "2:16", "did you mean 10GiB?"),
            ("vg0:\n  volumes: {a: 1.5GiB}\n", "2:16", "did you mean 1536MiB?"),
            ("vg0:\n  volumes: {snapshot-1: 1GiB}\n", "2:13", nil),
            ("vg0:\n  volumes: {a_tmeta: 1GiB}\n", "2:13", nil),
            ("vg0:\n  volumes:\n    a: 1GiB\n    b: 1GiB\n    \"a\": 2GiB\n", "5:5", "remove one"),
            ("vg0: {volumes: {a: 1GiB, b: 1GiB, a: 2GiB}}\n", "1:35", "remove one"),
            ("vg0:\n  volumes: {}\nvg1:\n  volumes: {}\nvg0:\n  volumes: {}\n", "5:1", "remove one"),
            ("vg0:\n\tvolumes: {}\n", "2:1", "indent with blanks: YAML takes no tab"),
            ("vg0:\n  volumes: {ä: 1GiB, b: 1}\n", "2:13 2:25", nil),
            ("vg0: {}\n---\nvg1: {}\n", "2:1", nil),
            ("vg0: {volumes: {[a]: 1GiB}}\n", "1:17", nil),
            ("vg0: {\"volumes: {}}\n", "1:7", nil),
            ("vg0: \(String(repeating: "[", count: 5_000))", "1:1005", nil),
            ("vg0: [\n", "2:1", nil),
            ("- a\n", "1:1", nil),
        ])
    func mistake(_ text: String, _ place: String, _ remedy: String?) {
        let findings = VolumeGroups.parse(SourceText(path: "a", text: text)).findings
        #expect(findings.compactMap(\.place).map { "\($0.line):\($0.column)" }.joined(separator: " ") == place, "\(Findings(findings))")
        #expect(findings.first?.severity == .error && findings.first?.remedy == remedy)
    }

    @Test("A volume and its group have 125 letters and no more", arguments: [(122, true), (123, false)])
    func longNames(_ count: Int, _ isFine: Bool) {
        let name = String(repeating: "a", count: count)
        #expect(VolumeGroups.parse(SourceText(path: "a", text: "vg0: {volumes: {\(name): 1GiB}}")).findings.isEmpty == isFine)
    }

    @Test("A group has 127 letters and no more", arguments: [(127, true), (128, false)])
    func longGroups(_ count: Int, _ isFine: Bool) {
        let name = String(repeating: "v", count: count)
        #expect(VolumeGroups.parse(SourceText(path: "a", text: "\(name): {}")).findings.isEmpty == isFine)
    }

    @Test("16 aliases are read and no more, a MiB and no more", arguments: [true, false])
    func bounds(_ isFine: Bool) {
        let aliases = "v: {hosts: &h [alpha]}\n" + (0..<(isFine ? 16 : 17)).map { "v\($0): {hosts: *h}\n" }.joined()
        #expect(
            VolumeGroups.parse(SourceText(path: "a", text: aliases)).findings.map(\.message)
                == (isFine ? [] : ["more than 16 words that begin with * in a YAML file, comments included"]))
        let long = "v: {}\n#" + String(repeating: "x", count: (1 << 20) - (isFine ? 7 : 6))
        #expect(
            VolumeGroups.parse(SourceText(path: "a", text: long)).findings.map(\.message)
                == (isFine ? [] : ["more than 1048576 bytes in a YAML file"]))
    }

    private func good(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) -> VolumeGroups {
        let (volumes, findings) = VolumeGroups.parse(SourceText(path: "a", text: text))
        #expect(findings.isEmpty, "\(Findings(findings))\n\(text)", sourceLocation: sourceLocation)
        return volumes
    }
}

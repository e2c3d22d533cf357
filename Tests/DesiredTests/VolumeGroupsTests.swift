import Desired
import Diagnostics
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
            ("vg0: [\n", "2:1", nil),
            ("- a\n", "1:1", nil),
        ])
    func mistake(_ text: String, _ place: String, _ remedy: String?) {
        let findings = VolumeGroups.parse(SourceText(path: "a", text: text)).findings
        #expect(findings.compactMap(\.place).map { "\($0.line):\($0.column)" } == [place], "\(Findings(findings))")
        #expect(findings.first?.severity == .error && findings.first?.remedy == remedy)
    }

    private func good(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) -> VolumeGroups {
        let (volumes, findings) = VolumeGroups.parse(SourceText(path: "a", text: text))
        #expect(findings.isEmpty, "\(Findings(findings))\n\(text)", sourceLocation: sourceLocation)
        return volumes
    }
}

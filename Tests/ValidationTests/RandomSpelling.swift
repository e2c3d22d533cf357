import TestKit

/// Files in former spellings, with comments and line breaks in places where people put them.
struct RandomSpelling {
    private var random: Seeded

    init(seed: UInt64) { random = Seeded(seed) }

    mutating func crm() -> String {
        var text = "# what DRBD holds\n"
        for index in 0..<random.number(1...4) {
            text += "primitive p\(index) Stateful\(operations())\n"
            text += "\(random.pick(["ms", "master"])) m\(index) p\(index)\(meta())\n# end of m\(index)\n"
            if random.chance(2) {
                text += "primitive v\(index) Dummy params role=\(role())\n"
            } else {
                text += "primitive v\(index) Dummy\n"
            }
            text += "colocation c\(index) inf: v\(index) m\(index):\(role())\n"
            text += "location l\(index) m\(index)\(gap())rule \(random.pick(["role", "$role"]))=\(role()) 5: #uname eq a\n"
            if random.chance(2) { text += "colocation s\(index) inf: [ v\(index) ] m\(index):\(role())\n" }
            text += "order o\(index) Mandatory:\(gap())m\(index):promote v\(index):start\n"
        }
        return text
    }

    mutating func drbd() -> String {
        let net = ["allow-two-primaries;", "no-tcp-cork;", "always-asbp;", "timeout 60;", "# net\n"].filter { _ in random.chance(2) }
        let disk = ["no-disk-flushes;", "no-md-flushes;", "no-disk-barrier;", "rate 10M;", "al-extents 257;"].filter { _ in random.chance(2)
        }
        let handlers = ["outdate-peer \"/x y\";", "pri-lost /z;"].filter { _ in random.chance(2) }
        return "resource r {\n  protocol C; # all\n  flexible-meta-disk internal;\n  net { \(net.joined(separator: " ")) }\n"
            + "  disk {\n\(disk.joined(separator: "\n"))\n}\n  handlers { \(handlers.joined()) }\n}\n"
    }

    mutating func xen() -> String {
        let lines = [
            "name = 'a' # the name", "builder='\(random.pick(["hvm", "generic"]))'", "stdvga=1", "memory = 0x200", "vcpus=2 ; acpi=1",
            "type = 'hvm'", "kernel = \"/usr/lib/xen/boot/hvmloader\"", "  device_model='qemu-dm'\t", "device_model = 'x' # dm",
            "tsc_mode=\(random.number(0...4))",
            "timer_mode = '1' ; nx=1", "bootloader_args = '-a  \"b\"'", "vif = [ 'bridge=netdev, netdev=a', # vif\n 'netdev=b' ]",
            "vncviewer = 1",
        ]
        return lines.filter { $0.hasPrefix("name") || random.chance(2) }.shuffled(using: &random).joined(separator: "\n") + "\n"
    }

    private mutating func role() -> String { random.pick(["Master", "Slave", "Promoted", "Started"]) }

    private mutating func gap() -> String { random.pick([" ", "  ", " \\\n    "]) }

    private mutating func operations() -> String {
        random.several(0...2) { $0 }.enumerated().map { index, _ in
            "\(gap())op monitor interval=\(index + 9)\(gap())role=\(random.pick(["Master", "Slave", "\"Master\""]))"
        }.joined()
    }

    private mutating func meta() -> String {
        let pairs = ["master-max=2", "notify=true", "interleave=true", "clone-max=2"].filter { _ in random.chance(2) }
        guard !pairs.isEmpty else { return "" }
        let sets = [
            "meta \(pairs.joined(separator: gap()))", "meta $id=x-\(random.number(0...9999)) \(pairs[0])", "params a=1 meta \(pairs[0])",
            "a=1 meta \(pairs[0]) meta clone-max=3",
        ]
        return gap() + random.pick(sets)
    }
}

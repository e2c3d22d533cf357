import ClusterModel
import Diagnostics
import LiveState
import Planning
import Repository
import TestKit
import Testing

/// What `drbdadm adjust` would do to data: each of these refuses the commit.
struct DRBDHazardTests {
    private func hazards(_ old: String, _ new: String) throws -> [String] {
        func state(_ text: String) -> DesiredState { DesiredState([("drbd/r.res", SourceText(path: "drbd/r.res", text: text))]) }
        let path = "/etc/drbd.d/r.res"
        let files = LiveFiles(contents: [path: SourceText(path: path, text: old)])
        return try Scene(base: state(old), desired: state(new), live: .init(crm: ""), files: files).plan().hazards
    }

    /// A resource on alpha and bravo.
    private func resource(_ body: String = "", alpha: String = "", bravo: String = "", volumes: [Int] = [0], size: String = "") -> String {
        let volumes = volumes.map { "volume \($0) { device minor \($0); disk /dev/vg0/r\($0); meta-disk internal; \(size) }" }.joined(separator: "\n")
        let hosts = [("alpha", alpha, 1), ("bravo", bravo, 2)].map { name, own, number in
            "on \(name) { address 192.0.2.\(number):7789; \(own) \(volumes) }"
        }
        return "resource r {\n\(body)\n\(hosts.joined(separator: "\n"))\n}\n"
    }

    @Test("another disk, meta-disk or minor")
    func footing() throws {
        let old = resource()
        #expect(try hazards(old, old.replacing("/dev/vg0/r0", with: "/dev/vg1/r0")).count == 2)
        #expect(try hazards(old, old.replacing("meta-disk internal", with: "meta-disk /dev/sdb")).count == 2)
        #expect(
            try hazards(old, old.replacing("device minor 0", with: "device minor 7"))
                == ["alpha", "bravo"].map { "DRBD resource r: minor of volume 0 on \($0) would change from \"0\" to \"7\"" })
        #expect(try hazards(old, old.replacing("meta-disk internal; ", with: "")) == [])
        #expect(try hazards(old, resource("net { protocol C; }")) == [])
    }

    @Test("however many names the host's section has, and of two meta-disks the later one")
    func severalNames() throws {
        let old = resource()
        let shared = old.replacing("on alpha", with: "on alpha charlie").replacing("/dev/vg0/r0", with: "/dev/vg1/r0")
        #expect(try hazards(old, shared).count == 2)
        #expect(try hazards(old, old.replacing("meta-disk internal;", with: "meta-disk internal; flexible-meta-disk /dev/vg0/m;")).count == 2)
    }

    @Test("a volume that goes or is renumbered; one that comes is none")
    func volumes() throws {
        #expect(
            try hazards(resource(volumes: [0, 1]), resource(volumes: [0]))
                == ["alpha", "bravo"].map { "DRBD resource r: volume 1 on \($0) would be detached, and its minor deleted" })
        #expect(try hazards(resource(volumes: [0]), resource(volumes: [1])).count == 2)
        #expect(try hazards(resource(volumes: [0]), resource(volumes: [0, 1])) == [])
    }

    @Test("a size that is smaller, or said for the first time; one that grows or goes is none")
    func sizes() throws {
        func sized(_ size: String) -> String { resource(size: "disk { size \(size); }") }
        #expect(
            try hazards(sized("20G"), sized("10G"))
                == ["alpha", "bravo"].map {
                    "DRBD resource r: volume 0 on \($0) would be cut from 20971520 KiB to 10485760 KiB: what lies beyond is lost"
                })
        #expect(try hazards(resource(), sized("10G")).count == 2)
        #expect(try hazards(resource(), resource("disk { size 10G; }")).count == 2)
        #expect(try hazards(sized("10G"), sized("20G")) == [])
        #expect(try hazards(sized("10G"), resource()) == [])
    }

    @Test(
        "a smaller size that comes of what all resources have in common",
        arguments: [
            ("common { disk { size 20G; } }", "common { disk { size 10G; } }", "", "", 2), ("common { }", "common { disk { size 10G; } }", "", "", 2),
            ("common { disk { size 10G; } }", "common { disk { size 10G; } }", "disk { size 20G; }", "", 2),
            ("common { disk { size 10G; } }", "common { disk { size 10G; } }", "disk { size 0; }", "", 2),
            ("common { disk { size 10G; } }", "common { disk { size 20G; } }", "", "", 0),
            ("common { disk { size 20G; } }", "common { disk { size 10G; } }", "disk { size 5G; }", "disk { size 5G; }", 0),
            ("common { disk { size 10G; } }", "common { }", "", "", 0), ("common { }", "common { net { protocol C; } }", "", "", 0),
        ])
    func common(_ old: String, _ new: String, _ former: String, _ latter: String, _ count: Int) throws {
        func files(_ common: String, _ body: String, in directory: String) -> [(String, SourceText)] {
            [("global_common.conf", common), ("r.res", resource(body))].map {
                ("\(directory)/\($0)", SourceText(path: "\(directory)/\($0)", text: $1))
            }
        }
        let live = LiveFiles(contents: Dictionary(uniqueKeysWithValues: files(old, former, in: "/etc/drbd.d")))
        let states = (DesiredState(files(old, former, in: "drbd")), DesiredState(files(new, latter, in: "drbd")))
        let found = try Scene(base: states.0, desired: states.1, live: .init(crm: ""), files: live).plan().hazards
        #expect(found.count == count && found.allSatisfy { $0.contains("to 10485760 KiB: what lies beyond is lost") }, "\(found)")
    }

    @Test("a size that a host's own section says, with or without anything else beside it")
    func sizeOfHost() throws {
        func sized(_ alpha: String) -> String {
            "resource r {\ndevice minor 0; disk /dev/vg0/r; meta-disk internal;\non alpha { \(alpha) address 192.0.2.1:7789; }\n"
                + "on bravo { address 192.0.2.2:7789; }\n}\n"
        }
        let found = try hazards(sized(""), sized("disk { size 1G; }"))
        #expect(found.count == 1 && found[0].contains("volume 0 on alpha would be cut from all of its disk"), "\(found)")
        #expect(try hazards(sized("disk { size 1G; }"), sized("disk { size 2G; }")) == [])
        let volumes = resource()
        #expect(try hazards(volumes, resource(alpha: "disk { size 1G; }")).count == 1)
    }

    @Test("what all have in common counts wherever it stands, and is seen there")
    func commonElsewhere() throws {
        let old = resource()
        for common in ["common { disk { size 1G; } }\n"] {
            let found = try hazards(old, common + old)
            #expect(found.count == 2 && found.allSatisfy { $0.contains("what lies beyond is lost") }, "\(found)")
        }
        func changes(_ old: String, _ new: String) throws -> Int {
            func state(_ text: String) -> DesiredState { DesiredState([("drbd/r.res", SourceText(path: "drbd/r.res", text: text))]) }
            let path = "/etc/drbd.d/r.res"
            let files = LiveFiles(contents: [path: SourceText(path: path, text: old)])
            return try Scene(base: state(old), desired: state(new), live: .init(crm: ""), files: files).plan().files.count
        }
        #expect(try changes("common { net { protocol C; } }\n" + old, "common { net { protocol A; } }\n" + old) == 1)
        #expect(try changes("common { net { protocol C; } }\n" + old, "common {\n net { protocol C; }\n}\n" + old) == 0)
        #expect(try changes(old, "common { net { protocol A; } }\n" + old) == 1)
    }

    @Test("without a common section what DRBD does anyway may be written out")
    func defaults() throws {
        func files(_ body: String, in directory: String) -> [(String, SourceText)] {
            [("global_common.conf", "global { usage-count no; }\n"), ("r.res", resource(body))].map {
                ("\(directory)/\($0)", SourceText(path: "\(directory)/\($0)", text: $1))
            }
        }
        func changes(_ old: String, _ new: String) throws -> Int {
            let live = LiveFiles(contents: Dictionary(uniqueKeysWithValues: files(old, in: "/etc/drbd.d")))
            let states = (DesiredState(files(old, in: "drbd")), DesiredState(files(new, in: "drbd")))
            return try Scene(base: states.0, desired: states.1, live: .init(crm: ""), files: live).plan().files.count
        }
        #expect(try changes("", "net { max-buffers 2048; }") == 0)
        #expect(try changes("", "net { max-buffers 4000; }") == 1)
    }

    @Test("a host that the file does not name any more")
    func leftOut() throws {
        let old = resource()
        for new in [old.replacing("on bravo", with: "on charlie"), old.replacing("on bravo", with: "on \"charlie\"")] {
            #expect(try hazards(old, new) == ["DRBD resource r: it would lose its configuration on bravo"])
        }
    }

    @Test("node-ids, also those that DRBD 9 makes of the addresses; writing them out is none")
    func nodeIDs() throws {
        let old = resource()
        #expect(try hazards(old, resource(alpha: "node-id 0;", bravo: "node-id 1;")) == [])
        #expect(try hazards(old, resource(alpha: "node-id 1;", bravo: "node-id 0;")).count == 2)
        let moved = old.replacing("192.0.2.1:", with: "192.0.2.4:")
        #expect(try hazards(moved, resource(alpha: "node-id 1;", bravo: "node-id 0;")) == [])
        #expect(
            try hazards(old, moved)
                == [("alpha", 0, 1), ("bravo", 1, 0)].map { "DRBD resource r: node-id on \($0.0) would change from \"\($0.1)\" to \"\($0.2)\"" })
    }
}

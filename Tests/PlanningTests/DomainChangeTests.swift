import CIB
import ClusterModel
import Diagnostics
import LiveState
import Planning
import Repository
import Steps
import TestKit
import Testing

/// What is done to a domU that runs, and what of its file it has to be started anew for.
struct DomainChangeTests {
    private let crm = "primitive d ocf:heartbeat:Xen params xmfile=/cluster/xen/d.cfg\n"
    private let former = """
        name = "d"
        vcpus = 1
        maxvcpus = 4
        memory = 128
        maxmem = 256
        kernel = "/boot/a"
        disk = ["phy:/dev/vg0/d,xvda,w"]
        vif = ["mac=00:16:3E:00:00:01,bridge=br0"]

        """
    private let running = LiveDomain(
        vcpus: 1, maxVCPUs: 4, memory: 128 << 10, maxMemory: 256 << 10, disks: [.init(device: "xvda", target: "/dev/vg0/d")],
        interfaces: [.init(mac: "00:16:3e:00:00:01", bridge: "br0")])

    private func plan(_ old: String?, _ new: String, _ live: LiveDomain, drbd: [String: String] = [:], others: [String: LiveDomain] = [:]) throws
        -> Plan
    {
        let base = old.map { DesiredState(crm: crm, files: ["xen/d.cfg": $0]) }
        let desired = DesiredState(crm: crm, files: ["xen/d.cfg": new].merging(drbd) { $1 })
        let host = LiveFiles(contents: ["/cluster/xen/d.cfg": SourceText(path: "/cluster/xen/d.cfg", text: old ?? new)])
        var scene = Scene(base: base, desired: desired, live: CIB(crm: crm, applied: base == nil ? nil : .base), files: host)
        scene.domains = .known(["d": live].merging(others) { first, _ in first })
        scene.node = "alpha"
        return try scene.plan()
    }

    private func edited(_ word: String, _ other: String) -> String { former.replacing(word, with: other) }

    private func titles(_ plan: Plan) -> [String] { plan.steps(.replace).filter { $0.fileChange == nil }.map(\.id.text) }

    private func lacks(_ plan: Plan) -> [String] { plan.outdatedDomains.flatMap(\.settings) }

    @Test(
        "what Xen can change in a domU that runs is changed",
        arguments: [
            ("vcpus = 1", "vcpus = 3", "vcpu-set d 3"), ("memory = 128", "memory = 0x100", "mem-set d 256"),
            ("memory = 128", "memory = 64", "mem-set d 64"), ("xvda,w\"]", "xvda,w\", \"phy:/dev/vg0/e,xvdb,w\"]", "block-attach d xvdb"),
            ("br0\"]", "br0\", \"bridge=br1, mac=00:16:3e:00:00:0a\"]", "network-attach d 00:16:3e:00:00:0a"),
        ])
    func live(_ word: String, _ other: String, _ title: String) throws {
        let plan = try plan(former, edited(word, other), running)
        #expect(titles(plan) == [title] && lacks(plan).isEmpty)
        #expect(plan.steps.map(\.stage) == [.replace, .replace, .commit], "the file, the domU, the record")
    }

    @Test(
        "what it can't is told",
        arguments: [
            ("vcpus = 1", "vcpus = 5", ["vcpus 1, not 5"]), ("maxvcpus = 4", "maxvcpus = 8", ["maxvcpus 4, not 8"]),
            ("memory = 128", "memory = 512", ["memory 128 MiB, not 512"]), ("maxmem = 256", "maxmem = 300", ["maxmem 256 MiB, not 300"]),
            ("/dev/vg0/d,xvda", "/dev/vg0/e,xvda", ["disk xvda /dev/vg0/d, not /dev/vg0/e"]),
            ("phy:/dev/vg0/d,xvda,w", "phy:/dev/vg0/d,hda,w", ["no disk hda", "disk xvda, which is not in the file"]),
            ("br0", "br1", ["00:16:3e:00:00:01 on br0, not on br1"]), ("maxmem = 256", "maxmem = 256\non_crash = \"destroy\"", ["on_crash"]),
        ])
    func told(_ word: String, _ other: String, _ settings: [String]) throws {
        let plan = try plan(former, edited(word, other), running)
        #expect(titles(plan) == [] && lacks(plan) == settings)
    }

    @Test("what the commit does not change is left to whoever has changed it, and told")
    func byHand() throws {
        var live = running
        (live.vcpus, live.memory, live.interfaces) = (2, 192 << 10, [])
        let plan = try plan(former, edited("br0", "br1"), live)
        #expect(titles(plan) == [] && lacks(plan) == ["vcpus 2, not 1", "memory 192 MiB, not 128", "no network interface 00:16:3e:00:00:01"])
        #expect(lacks(try self.plan(nil, former, live)).count == 3, "a cluster that is taken over")
    }

    @Test("what is there already is not done again; the file as it is asks for nothing")
    func level() throws {
        var live = running
        live.vcpus = 3
        #expect(titles(try plan(former, edited("vcpus = 1", "vcpus = 3"), live)) == [])
        live.vcpus = 1
        #expect(try plan(former, former, live).domainChanges.isEmpty)
        live.memory += 3  // what is left of a page
        #expect(lacks(try plan(former, former, live)) == [])
    }

    @Test("a disk on DRBD that comes with the same commit waits: nobody can open it before Pacemaker has promoted it")
    func beforePromotion() throws {
        let resource = """
            resource e {
              device /dev/drbd7;
              disk /dev/vg0/e;
              meta-disk internal;
              on alpha { address 10.1.0.1:7007; }
              on bravo { address 10.1.0.2:7007; }
            }

            """
        let new = edited("xvda,w\"]", "xvda,w\", \"phy:/dev/drbd/by-res/e,xvdb,w\"]")
        #expect(lacks(try plan(former, new, running, drbd: ["drbd/e.res": resource])) == ["no disk xvdb"])
        #expect(titles(try plan(former, new, running)) == ["block-attach d xvdb"])
    }

    @Test(
        "what the domU has under another name already is not attached a second time",
        arguments: ["/dev/vg0/d", "/dev/mapper/vg0-d", "/dev//vg0/./d", "/dev/disk/by-id/dm-name-vg0-d"])
    func twice(_ path: String) throws {
        let plan = try plan(former, edited("xvda,w\"]", "xvda,w\", \"phy:\(path),xvdb,w\"]"), running)
        #expect(titles(plan) == [] && plan.domainFaults.isEmpty && lacks(plan) == ["no disk xvdb: it has \(path) as xvda"])
        let moved = try self.plan(former, edited("phy:/dev/vg0/d,xvda", "phy:\(path),xvdb"), running)
        #expect(titles(moved) == [] && lacks(moved).contains("no disk xvdb: it has \(path) as xvda"))
    }

    @Test("what another domU has that runs here is refused, in whichever spelling; what both only read is not")
    func taken() throws {
        let other = LiveDomain(
            vcpus: 1, maxVCPUs: 1, memory: 128 << 10, maxMemory: 128 << 10, disks: [.init(device: "xvda", target: "/dev/mapper/vg0-h")],
            interfaces: [.init(mac: "00:16:3e:00:00:0a", bridge: "br0")])
        func faults(_ word: String, _ new: String, _ other: LiveDomain) throws -> [String] {
            let plan = try plan(former, edited(word, new), running, others: ["h": other])
            #expect(plan.domainFaults.isEmpty == !titles(plan).isEmpty)
            return plan.domainFaults.map(\.message)
        }
        let disk = "xvda,w\", \"phy:/dev/vg0/h,xvdb,w\"]"
        #expect(try faults("xvda,w\"]", disk, other) == ["d runs, and would be given /dev/vg0/h as xvdb, which domU h has on this host"])
        let card = "br0\", \"bridge=br1, mac=00:16:3E:00:00:0A\"]"
        #expect(
            try faults("br0\"]", card, other) == ["d runs, and would be given a network interface 00:16:3e:00:00:0a, which domU h has on this host"])
        var reader = other
        reader.disks[0].isReadOnly = true
        #expect(try faults("xvda,w\"]", disk, reader).count == 1)
        #expect(try faults("xvda,w\"]", disk.replacing("xvdb,w", with: "xvdb,r"), reader) == [])
        reader.disks = []
        #expect(try faults("xvda,w\"]", disk, reader) == [])
    }

    @Test("two domUs that run don't get one disk in one commit")
    func takenTogether() throws {
        func text(_ name: String, _ more: String) -> String {
            "name = \"\(name)\"\nmemory = 128\ndisk = [\"phy:/dev/vg0/\(name),xvda,w\"\(more)]\n"
        }
        func domain(_ name: String) -> LiveDomain {
            LiveDomain(
                vcpus: 1, maxVCPUs: 1, memory: 128 << 10, maxMemory: 128 << 10, disks: [.init(device: "xvda", target: "/dev/vg0/\(name)")])
        }
        func state(_ more: String) -> DesiredState {
            DesiredState(crm: crm, files: ["xen/d.cfg": text("d", more), "xen/e.cfg": text("e", more)])
        }
        var scene = Scene(base: state(""), desired: state(", \"phy:/dev/vg0/new,xvdb,w\""), live: CIB(crm: crm, applied: .base))
        scene.domains = .known(["d": domain("d"), "e": domain("e")])
        scene.node = "alpha"
        let plan = try scene.plan()
        #expect(plan.domainChanges.map(\.domain) == ["d"] && plan.domainFaults.count == 1)
    }

    @Test("no processors and no memory are nothing that Xen could set", arguments: [("vcpus = 1", "vcpus = 0"), ("memory = 128", "memory = 0")])
    func none(_ word: String, _ other: String) throws {
        let plan = try plan(former, edited(word, other), running)
        #expect(titles(plan) == [] && lacks(plan).count == 1)
    }

    @Test("a disc in the drive of an HVM domU is changed while it runs")
    func medium() throws {
        let (old, new) = (
            "name = \"d\"\ntype = \"hvm\"\nmemory = 128\ndisk = [\"/srv/a.iso,raw,hdc,cdrom\"]\n",
            "name = \"d\"\ntype = \"hvm\"\nmemory = 128\ndisk = [\"/srv/b.iso,raw,hdc,cdrom\"]\n"
        )
        let live = LiveDomain(
            vcpus: 1, maxVCPUs: 1, memory: 128 << 10, maxMemory: 128 << 10, disks: [.init(device: "hdc", target: "/srv/a.iso")])
        #expect(titles(try plan(old, new, live)) == ["cd-insert d hdc /srv/b.iso"])
    }

    @Test("a line of memory that the agent writes at each start is the agent's, unless the commit asks for another share")
    func agentsMemory() throws {
        func plan(_ parameters: String, base: String, desired: String, live: String, policy: String = "") throws -> Plan {
            let crm = "primitive d ocf:heartbeat:Xen params xmfile=/cluster/xen/d.cfg \(parameters)\n"
            let path = "/cluster/xen/d.cfg"
            func state(_ text: String) -> DesiredState { DesiredState(crm: crm, files: ["xen/d.cfg": text, "coxswain.yaml": policy]) }
            let host = LiveFiles(contents: [path: SourceText(path: path, text: live)])
            return try Scene(base: state(base), desired: state(desired), live: CIB(crm: crm, applied: .base), files: host).plan()
        }
        func change(_ parameters: String, base: String, desired: String, live: String) throws -> String? {
            try plan(parameters, base: base, desired: desired, live: live).files.first?.new?.text
        }
        let (old, written) = ("name = \"d\"\nmemory=128\nvcpus = 1\n", "name = \"d\"\nmemory=96\nvcpus = 1\n")
        let managed = "allow_mem_management=yes"
        #expect(try change(managed, base: old, desired: old, live: written) == nil)
        #expect(try change("", base: old, desired: old, live: written) == old)
        #expect(
            try change(managed, base: old, desired: old.replacing("vcpus = 1", with: "vcpus = 2"), live: written)
                == written.replacing("vcpus = 1", with: "vcpus = 2"))
        let more = old.replacing("128", with: "256")
        #expect(try change(managed, base: old, desired: more, live: written) == more)
        let held = try plan(managed, base: old, desired: old, live: written).held
        #expect(held.map(\.driftClass) == [.memory] && held.map(\.live) == ["96"] && held.map(\.desired) == ["128"])
        #expect(try plan(managed, base: old, desired: old, live: written, policy: "drift: {memory: ignore}\n").held == [])
        let reverted = try plan(managed, base: old, desired: old, live: written, policy: "drift: {memory: revert}\n")
        #expect(reverted.files.first?.new?.text == old && reverted.held == [])
    }

    @Test(
        "where the policy says so, what Xen can't change while it runs starts the domU anew; what it can does not",
        arguments: [
            ("kernel = \"/boot/a\"", "kernel = \"/boot/b\"", true), ("vcpus = 1", "vcpus = 4", false), ("maxvcpus = 4", "maxvcpus = 8", true),
            ("memory = 128", "memory = 256", false), ("maxmem = 256", "maxmem = 512", true), ("maxmem = 256\n", "", true),
            ("xvda,w\"", "xvda,w\", \"phy:/dev/vg0/e,xvdb,w\"", false), ("xvda,w\"", "xvda,w\", \"phy:/dev/vg0/e,hdb,w\"", true),
            ("xvda,w", "xvdb,w", true), ("br0\"", "br0\", \"mac=00:16:3E:00:00:02,bridge=br0\"", false), ("bridge=br0", "bridge=br1", true),
            ("name = \"d\"", "name = \"d\"\non_crash = \"destroy\"", true),
        ])
    func restartPolicy(_ word: String, _ other: String, _ isCold: Bool) throws {
        func restarted(_ policy: String, _ old: String, _ new: String, isActive: Bool = true, applied: CommitID = .base) throws -> [ResourceID] {
            func state(_ text: String) -> DesiredState { DesiredState(crm: crm, files: ["xen/d.cfg": text, "coxswain.yaml": policy]) }
            let host = LiveFiles(contents: ["/cluster/xen/d.cfg": SourceText(path: "/cluster/xen/d.cfg", text: old)])
            let cluster = ClusterStatus(
                hasQuorum: true, dc: "alpha", nodes: [],
                resources: [.init(id: "d", role: "Started", isActive: isActive, isManaged: true, hasFailed: false, nodes: ["alpha"])],
                isIdle: true, inMaintenance: false)
            var planner = Planner(
                commit: .desired, base: (applied, state(old)), desired: state(new), live: CIB(crm: crm, applied: applied), files: host,
                hostBases: [state(old)], cluster: cluster, node: "alpha")
            return try planner.plan().restarted
        }
        let new = edited(word, other)
        #expect(new != former)
        #expect(try restarted("restart: auto\n", former, new) == (isCold ? ["d"] : []))
        #expect(try restarted("restart: auto\n", former, new, isActive: false).isEmpty)
        #expect(try restarted("restart: auto\n", former, new, applied: .desired).isEmpty)
        #expect(try restarted("restart: off\n", former, new).isEmpty)
        #expect(try restarted("", former, new).isEmpty)
    }
}

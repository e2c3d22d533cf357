import CIB
internal import ClusterModel
import Diagnostics
import LiveState
import Planning
import Repository
import TestKit
import Testing

/// A domU that runs on with what its file said when it was started: told as long as Xen shows it, and not only while the commit comes in.
struct OutdatedDomainTests {
    private static let file = """
        name = "d"
        type = "hvm"
        memory = 128
        kernel = "/boot/a"
        extra = "quiet"
        uuid = "03e02959-e8b4-48cb-bdd2-9b943fc7613c"
        on_crash = "coredump-destroy"
        pci = ["03:00.0"]
        boot = "cd"
        acpi = 1
        disk = ["phy:/dev/vg0/d,xvda,w", "/srv/a.iso,raw,hdc,cdrom", "format=raw,vdev=xvdb,script=block-x,target=t"]
        vif = ["mac=00:16:3E:00:00:01,bridge=br0,script=vif-bridge,rate=10Mb/s,model=e1000,ip=10.0.0.1", "bridge=br1"]

        """

    private var running: LiveDomain {
        var domain = LiveDomain(
            vcpus: 1, maxVCPUs: 1, memory: 128 << 10, maxMemory: 128 << 10,
            disks: [
                .init(device: "xvda", target: "/dev/vg0/d", options: ["format": "raw"]),
                .init(device: "hdc", target: "/srv/a.iso", isReadOnly: true, options: ["format": "raw", "devtype": "cdrom"]),
                .init(device: "xvdb", target: "t", options: ["format": "raw", "script": "/etc/xen/scripts/block-x"]),
            ],
            interfaces: [
                .init(
                    mac: "00:16:3e:00:00:01", bridge: "br0",
                    options: [
                        "type": "ioemu", "script": "vif-bridge", "rate": "62500 bytes in 50000 µs", "model": "e1000", "ip": "10.0.0.1",
                    ]),
                .init(mac: "00:16:3e:77:00:02", bridge: "br1", options: ["type": "ioemu", "script": "/etc/xen/scripts/vif-bridge"]),
            ])
        domain.settings = [
            "type": "hvm", "uuid": "03e02959-e8b4-48cb-bdd2-9b943fc7613c", "kernel": "/boot/a", "ramdisk": "", "cmdline": "quiet", "bootloader": "",
            "pci": "0000:03:00.0", "on_poweroff": "destroy", "on_reboot": "restart", "on_crash": "coredump-destroy", "nomigrate": "0", "boot": "cd",
            "acpi": "1", "keymap": "",
        ]
        return domain
    }

    /// What of a file that is in force already the domU lacks; and while the commit comes in.
    private func lacks(_ text: String) throws -> (inForce: [String], coming: [String]) {
        func plan(_ old: String) throws -> [String] {
            let crm = "primitive d ocf:heartbeat:Xen params xmfile=/cluster/xen/d.cfg\n"
            func state(_ text: String) -> DesiredState { DesiredState(crm: crm, files: ["xen/d.cfg": text]) }
            let host = LiveFiles(contents: ["/cluster/xen/d.cfg": SourceText(path: "/cluster/xen/d.cfg", text: old)])
            var scene = Scene(base: state(old), desired: state(text), live: CIB(crm: crm, applied: .base), files: host)
            scene.domains = .known(["d": running])
            scene.node = "alpha"
            return try scene.plan().outdatedDomains.flatMap(\.settings)
        }
        return (try plan(text), try plan(Self.file))
    }

    @Test("a domU that has all of its file lacks nothing")
    func none() throws {
        #expect(try lacks(Self.file) == ([], []))
        #expect(try lacks(Self.file.replacing("acpi = 1\n", with: "")) == ([], []), "what xl takes anyway")
    }

    @Test(
        "what it was not started with is told for as long as it runs",
        arguments: [
            ("xvda,w", "xvda,r", "disk xvda writable, not read-only"), ("hdc,cdrom", "hdc,r", "disk hdc devtype cdrom, not none"),
            ("vg0/d,xvda", "vg0/d,backendtype=qdisk,xvda", "disk xvda backendtype none, not qdisk"),
            ("xvda,w\"", "xvda,w,discard\"", "disk xvda discard none, not yes"),
            ("block-x", "block-y", "disk xvdb script /etc/xen/scripts/block-x, not block-y"),
            ("target=t", "target=u", "disk xvdb t, not u"), ("phy:/dev/vg0/d", "drbd:d", "disk xvda script none, not block-drbd"),
            ("rate=10Mb/s", "rate=1Mb/s", "00:16:3e:00:00:01 rate 62500 bytes in 50000 µs, not 6250 bytes in 50000 µs"),
            (",rate=10Mb/s", "", "00:16:3e:00:00:01 rate 62500 bytes in 50000 µs, not none"),
            ("vif-bridge", "vif-route", "00:16:3e:00:00:01 script vif-bridge, not vif-route"),
            ("e1000", "rtl8139", "00:16:3e:00:00:01 model e1000, not rtl8139"),
            ("10.0.0.1", "10.0.0.2", "00:16:3e:00:00:01 ip 10.0.0.1, not 10.0.0.2"),
            ("bridge=br0,", "bridge=br0,vifname=d0,", "00:16:3e:00:00:01 vifname none, not d0"),
            ("bridge=br0,", "bridge=br0,type=vif,", "00:16:3e:00:00:01 type ioemu, not vif"),
            ("bridge=br1", "bridge=br2", "00:16:3e:77:00:02 on br1, not on br2"),
            ("\"bridge=br1\"", "\"bridge=br1\", \"bridge=br2\"", "no network interface for number 3 of vif"),
            (", \"bridge=br1\"", "", "network interface 00:16:3e:77:00:02, which is not in the file"),
            ("kernel = \"/boot/a\"\n", "", "kernel"), ("extra = \"quiet\"\n", "", "cmdline"),
            ("boot = \"cd\"", "ramdisk = \"/r\"\nboot = \"cd\"", "ramdisk"),
            ("boot = \"cd\"", "boot = \"dc\"", "boot cd, not dc"), ("type = \"hvm\"", "type = \"pvh\"", "type hvm, not pvh"),
            ("coredump-destroy", "restart", "on_crash coredump-destroy, not restart"),
            ("on_crash = \"coredump-destroy\"\n", "", "on_crash coredump-destroy, not destroy"), ("acpi = 1", "acpi = 0", "acpi 1, not 0"),
            ("03:00.0", "0000:03:00.1", "pci 0000:03:00.0, not 0000:03:00.1"), ("pci = [\"03:00.0\"]\n", "", "pci 0000:03:00.0, not none"),
            ("acpi = 1", "acpi = 1\nkeymap = \"de\"", "keymap none, not de"), ("acpi = 1", "acpi = 1\nnomigrate = 1", "nomigrate 0, not 1"),
        ])
    func told(_ word: String, _ other: String, _ expected: String) throws {
        let text = Self.file.replacing(word, with: other)
        let (inForce, coming) = try lacks(text)
        #expect(inForce == [expected])
        #expect(coming.contains(expected))
    }

    @Test(
        "what xl may have from elsewhere, and what Xen does not show, is told while the commit comes in",
        arguments: [
            ("bridge=br0,", "", "00:16:3e:00:00:01 with the former bridge"), ("script=vif-bridge,", "", "00:16:3e:00:00:01 with the former script"),
            ("mac=00:16:3E:00:00:01,", "", "00:16:3e:00:00:01 with the former mac"), ("acpi = 1", "acpi = 1\ncpus = \"0-3\"", "cpus"),
        ])
    func coming(_ word: String, _ other: String, _ expected: String) throws {
        let (inForce, coming) = try lacks(Self.file.replacing(word, with: other))
        #expect(inForce == [] && coming == [expected])
    }
}

import LiveState
import Testing

@testable import Observing

/// `xl list --long` of Xen 4.17, what it leaves out included.
struct DomainObserverTests {
    private let report = """
        [
            {
                "domid": 0,
                "config": {
                    "c_info": { "type": "pv", "name": "Domain-0" },
                    "b_info": { "max_memkb": 17179869180, "target_memkb": 655359, "type.pv": { }, "arch_arm": { }, "arch_x86": { } }
                }
            },
            {
                "domid": 1,
                "config": {
                    "c_info": {
                        "type": "pvh", "name": "xps-101", "domid": 4294967295, "uuid": "03e02959-e8b4-48cb-bdd2-9b943fc7613c",
                        "run_hotplug_scripts": "True"
                    },
                    "b_info": {
                        "tsc_mode": "native", "max_memkb": 131072, "target_memkb": 122880, "video_memkb": 0,
                        "sched_params": { "sched": "credit2", "weight": 256, "cap": 0 }, "claim_mode": "True", "kernel": "/lab/vmlinux",
                        "cmdline": "console=hvc0 quiet rdinit=/init", "ramdisk": "/lab/guest.gz", "type.pvh": { }, "arch_arm": { },
                        "arch_x86": { "msr_relaxed": "False" }
                    },
                    "disks": [
                        {
                            "pdev_path": "/dev/drbd/by-res/xps-101", "vdev": "xvda", "format": "raw", "readwrite": 1,
                            "colo_restore_enable": "False"
                        }
                    ],
                    "nics": [ { "devid": 0, "mac": "00:16:3e:01:01:01", "bridge": "xenbr0", "nictype": "vif" } ],
                    "on_reboot": "restart", "on_soft_reset": "soft_reset"
                }
            }
        ]
        """

    @Test("domUs by name, and not domain 0")
    func read() throws {
        let domains = try DomainObserver.domains(in: Array(report.utf8))
        var expected = LiveDomain(
            vcpus: 1, maxVCPUs: 1, memory: 122880, maxMemory: 131072,
            disks: [.init(device: "xvda", target: "/dev/drbd/by-res/xps-101", options: ["format": "raw"])],
            interfaces: [.init(mac: "00:16:3e:01:01:01", bridge: "xenbr0", options: ["type": "vif"])])
        expected.settings = [
            "type": "pvh", "uuid": "03e02959-e8b4-48cb-bdd2-9b943fc7613c", "kernel": "/lab/vmlinux", "ramdisk": "/lab/guest.gz",
            "cmdline": "console=hvc0 quiet rdinit=/init", "bootloader": "", "pci": "", "on_poweroff": "destroy", "on_reboot": "restart",
            "on_watchdog": "destroy", "on_crash": "destroy", "on_soft_reset": "soft-reset", "nomigrate": "0", "localtime": "0", "cpu_weight": "256",
            "cap": "0",
        ]
        #expect(domains == ["xps-101": expected])
        #expect(try DomainObserver.domains(in: Array("[\n]\n".utf8)).isEmpty)
    }

    @Test("what an HVM domU was told, and its devices")
    func emulated() throws {
        let report = """
            [ { "domid": 7, "config": {
                "c_info": { "type": "hvm", "hap": "False", "name": "w", "uuid": "03E02959-e8b4-48cb-bdd2-9b943fc7613c" },
                "b_info": { "max_vcpus": 2, "avail_vcpus": [ 0, 1 ], "max_memkb": 1048576, "target_memkb": 1040384, "localtime": "True",
                    "acpi": "False", "type.hvm": { "pae": "False", "boot": "dc", "usb": "True", "vga": { "kind": "std" },
                    "vnc": { "enable": "True", "listen": "0.0.0.0", "passwd": "hush" }, "keymap": "de" } },
                "disks": [
                    { "pdev_path": "/dev/vg0/w", "vdev": "hda", "backend": "qdisk", "format": "raw", "readwrite": 1, "discard_enable": "False" },
                    { "vdev": "hdc", "format": "empty", "removable": 1, "is_cdrom": 1 },
                    { "pdev_path": "r0", "vdev": "xvdb", "format": "raw", "script": "block-drbd", "direct_io_safe": true } ],
                "nics": [ { "devid": 0, "mac": "00:16:3E:01:01:02", "bridge": "br0", "model": "e1000", "ip": "10.0.0.2", "script": "vif-route",
                    "ifname": "w0", "nictype": "vif_ioemu", "rate_bytes_per_interval": 62500, "rate_interval_usecs": 50000, "mtu": 1400 } ],
                "pcidevs": [ { "bus": 3, "dev": 16, "func": 1 }, { "bus": 2 } ],
                "on_crash": "coredump_restart" } } ]
            """
        let domain = try #require(try DomainObserver.domains(in: Array(report.utf8))["w"])
        #expect(
            domain.disks == [
                .init(device: "hda", target: "/dev/vg0/w", options: ["format": "raw", "backendtype": "qdisk", "discard": "no"]),
                .init(device: "hdc", target: nil, isReadOnly: true, options: ["format": "empty", "devtype": "cdrom"]),
                .init(device: "xvdb", target: "r0", isReadOnly: true, options: ["format": "raw", "script": "block-drbd", "direct-io-safe": "yes"]),
            ])
        let interface = LiveDomain.Interface(
            mac: "00:16:3e:01:01:02", bridge: "br0",
            options: [
                "type": "ioemu", "model": "e1000", "ip": "10.0.0.2", "script": "vif-route", "vifname": "w0", "mtu": "1400",
                "rate": "62500 bytes in 50000 µs",
            ])
        #expect(domain.interfaces == [interface])
        let some = ["type", "acpi", "apic", "pae", "hap", "usb", "boot", "vga", "vnclisten", "keymap", "on_crash", "pci", "localtime", "on_reboot"]
        #expect(
            some.map { domain.settings[$0] } == [
                "hvm", "0", "1", "0", "0", "1", "dc", "stdvga", "0.0.0.0", "de", "coredump-restart", "0000:02:00.0 0000:03:10.1", "1", "destroy",
            ])
        #expect(!"\(domain)".contains("hush"))
    }

    @Test("half of an answer is none", arguments: ["", "[", "{}", "[{\"domid\": \"one\"}]"])
    func unreadable(_ text: String) {
        #expect(throws: (any Error).self) { try DomainObserver.domains(in: Array(text.utf8)) }
    }
}

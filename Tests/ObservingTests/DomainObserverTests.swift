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
            vcpus: 1, maxVCPUs: 1, memory: 122880, maxMemory: 131072, disks: [.init(device: "xvda", target: "/dev/drbd/by-res/xps-101")],
            interfaces: [.init(mac: "00:16:3e:01:01:01", bridge: "xenbr0")])
        (expected.kernel, expected.ramdisk, expected.commandLine) = ("/lab/vmlinux", "/lab/guest.gz", "console=hvc0 quiet rdinit=/init")
        #expect(domains == ["xps-101": expected])
        #expect(try DomainObserver.domains(in: Array("[\n]\n".utf8)).isEmpty)
    }

    @Test("half of an answer is none", arguments: ["", "[", "{}", "[{\"domid\": \"one\"}]"])
    func unreadable(_ text: String) {
        #expect(throws: (any Error).self) { try DomainObserver.domains(in: Array(text.utf8)) }
    }
}

import Catalogue

extension Example {
    static let storage = [
        crm(
            .notifyMissing, marks: "r0-clone", bad: Cluster.replica(meta: "interleave=true"),
            good: Cluster.replica(meta: "notify=true")),
        Example(
            .unordered, marks: "vm",
            bad: ["crm/a.crm": Cluster.replica() + Cluster.guest + Cluster.colocation, "xen/vm.cfg": Cluster.domain],
            good: ["crm/a.crm": Cluster.replica() + Cluster.tied, "xen/vm.cfg": Cluster.domain]),
        Example(
            .uncolocated, marks: "vm",
            bad: ["crm/a.crm": Cluster.replica() + Cluster.guest + Cluster.order, "xen/vm.cfg": Cluster.domain],
            good: ["crm/a.crm": Cluster.replica() + Cluster.tied, "xen/vm.cfg": Cluster.domain]),
        crm(
            .unmounted, marks: "vm",
            bad: mount + "primitive vm ocf:heartbeat:Xen params xmfile=/cluster/xen/vm.cfg\n",
            good: mount + "primitive vm ocf:heartbeat:Xen params xmfile=/cluster/xen/vm.cfg\norder o Mandatory: fs vm\n"),
        Example(
            .missingResource, marks: "r0", bad: ["crm/a.crm": Cluster.replica(), "drbd/r1.res": Cluster.resource("r1")],
            good: ["crm/a.crm": Cluster.replica(), "drbd/r0.res": Cluster.resource()]),
        Example(
            .unusedResource, marks: "r0", bad: ["drbd/r0.res": Cluster.resource()],
            good: ["crm/a.crm": Cluster.replica(), "drbd/r0.res": Cluster.resource()]),
        Example(
            .singlePrimary, marks: "allow-migrate",
            bad: ["crm/a.crm": Cluster.replica(promotedMax: 1) + Cluster.tied, "xen/vm.cfg": Cluster.domain],
            good: ["crm/a.crm": Cluster.replica() + Cluster.tied, "xen/vm.cfg": Cluster.domain]),
        Example(
            .singlePrimary, marks: "r0",
            bad: ["crm/a.crm": Cluster.replica(), "drbd/r0.res": Cluster.resource(net: "protocol C;")],
            good: [
                "crm/a.crm": Cluster.replica(), "drbd/r0.res": Cluster.resource(net: "protocol C;"),
                "drbd/global_common.conf": "common { net { allow-two-primaries; } }\n",
            ]),
        Example(
            .migrationBlocked, marks: "clone-max",
            bad: [
                "crm/a.crm": Cluster.replica(meta: "notify=true interleave=true clone-max=1") + Cluster.tied,
                "xen/vm.cfg": Cluster.domain,
            ],
            good: ["crm/a.crm": Cluster.replica() + Cluster.tied, "xen/vm.cfg": Cluster.domain]),
        Example(
            .migrationBlocked, marks: "r0-clone",
            bad: ["crm/a.crm": Cluster.replica(meta: "notify=true") + Cluster.tied, "xen/vm.cfg": Cluster.domain],
            good: ["crm/a.crm": Cluster.replica() + Cluster.tied, "xen/vm.cfg": Cluster.domain]),
        Example(
            .dualPrimaryWithoutFencing, marks: "allow-two-primaries",
            bad: ["drbd/r0.res": Cluster.resource(net: "allow-two-primaries yes;")],
            good: [
                "drbd/r0.res": Cluster.resource(net: "allow-two-primaries yes;"),
                "drbd/global_common.conf": "common { net { fencing resource-and-stonith; } }\n",
            ]),
        Example(
            .volumeMissing, marks: "/dev/vg0/r0", bad: ["drbd/r0.res": Cluster.resource(), "lvm/vg0.yaml": "vg0:\n  volumes: {}\n"],
            good: ["drbd/r0.res": Cluster.resource(), "lvm/vg0.yaml": "vg0:\n  volumes: {r0: 1GiB}\n"]),
        Example(
            .volumeMissing, marks: "/dev/mapper/vg0-my--r0",
            bad: ["drbd/r0.res": Cluster.resource(disk: "/dev/mapper/vg0-my--r0"), "lvm/vg0.yaml": "vg0:\n  volumes: {r0: 1GiB}\n"],
            good: [
                "drbd/r0.res": Cluster.resource(disk: "/dev/mapper/vg0-my--r0"), "lvm/vg0.yaml": "vg0:\n  volumes: {my-r0: 1GiB}\n",
            ]),
        Example(
            .volumeSizes, marks: "/dev/vg0/r0",
            bad: [
                "drbd/r0.res": Cluster.resource(), "lvm/a.yaml": "vg0:\n  hosts: [alpha]\n  volumes: {r0: 1GiB}\n",
                "lvm/b.yaml": "vg0:\n  hosts: [bravo]\n  volumes: {r0: 2GiB}\n",
            ],
            good: [
                "drbd/r0.res": Cluster.resource(), "lvm/a.yaml": "vg0:\n  hosts: [alpha]\n  volumes: {r0: 1GiB}\n",
                "lvm/b.yaml": "vg0:\n  hosts: [bravo]\n  volumes: {r0: 1024MiB}\n",
            ]),
        Example(
            .volumeSizes, marks: "size",
            bad: ["drbd/r0.res": Cluster.resource(more: "disk { size 3G; }\n"), "lvm/vg0.yaml": "vg0:\n  volumes: {r0: 2GiB}\n"],
            good: ["drbd/r0.res": Cluster.resource(more: "disk { size 4194304; }\n"), "lvm/vg0.yaml": "vg0:\n  volumes: {r0: 2GiB}\n"]),
        Example(
            .deviceIsDirectory, marks: "/dev/drbd/by-res/r0",
            bad: ["xen/vm.cfg": Cluster.domain, "drbd/r0.res": volumes],
            good: ["xen/vm.cfg": Cluster.domain, "drbd/r0.res": Cluster.resource()]),
        Example(
            .deviceIsDirectory, marks: "/dev/drbd/by-res/r0",
            bad: [
                "xen/vm.cfg": Cluster.domain, "drbd/r0.res": Cluster.resource(),
                "drbd/global_common.conf": "global { udev-always-use-vnr; }\n",
            ],
            good: [
                "xen/vm.cfg": Cluster.domain, "drbd/r0.res": Cluster.resource(),
                "drbd/global_common.conf": "# udev-always-use-vnr;\nglobal { }\n",
            ]),
        Example(
            .idleOrder, marks: "vm", bad: ["crm/a.crm": Cluster.replica() + Cluster.guest + "order o Mandatory: r0-clone:promote vm\n"],
            good: ["crm/a.crm": Cluster.replica() + Cluster.guest + Cluster.order]),
        Example(
            .repeatedVolume, marks: "xps-101",
            bad: ["lvm/a.yaml": "vg0:\n  volumes: {xps-101: 1GiB}\n", "lvm/b.yaml": "vg0:\n  hosts: [alpha]\n  volumes: {xps-101: 2GiB}\n"],
            good: [
                "lvm/a.yaml": "vg0:\n  hosts: [bravo]\n  volumes: {xps-101: 1GiB}\n",
                "lvm/b.yaml": "vg0:\n  hosts: [alpha]\n  volumes: {xps-101: 2GiB}\n",
            ]),
        Example(
            .strayVolume, marks: "brvo",
            bad: ["lvm/a.yaml": "vg0:\n  hosts: [alpha, bravo]\n  volumes: {a: {size: 1GiB, hosts: [brvo]}}\n"],
            good: ["lvm/a.yaml": "vg0:\n  hosts: [alpha, bravo]\n  volumes: {a: {size: 1GiB, hosts: [bravo]}}\n"]),
    ]

    private static let mount = "primitive fs Filesystem params device=/dev/sdb directory=/cluster fstype=ocfs2\n"
    private static let volumes = """
        resource r0 {
          volume 0 { device /dev/drbd1; disk /dev/vg0/r0; meta-disk internal; }
          on alpha { address 192.0.2.1:7001; }
          on bravo { address 192.0.2.2:7001; }
        }

        """
}

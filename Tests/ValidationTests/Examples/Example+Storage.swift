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
            good: mount + "primitive vm ocf:heartbeat:Xen params xmfile=/cluster/xen/vm.cfg\norder o Mandatory: fs vm\ncolocation c inf: vm fs\n"),
        crm(
            .unmounted, marks: "vm",
            bad: mount + "primitive vm ocf:heartbeat:Xen params xmfile=/cluster/xen/vm.cfg\norder o Mandatory: fs vm\n",
            good: mount + "primitive vm ocf:heartbeat:Xen params xmfile=/cluster/xen/vm.cfg\ngroup g fs vm\n"),
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
                "drbd/global_common.conf": "common { net { fencing resource-and-stonith; } handlers { fence-peer /opt/fence; } }\n",
            ]),
        Example(
            .dualPrimaryWithoutFencing, marks: "fencing",
            bad: ["drbd/r0.res": Cluster.resource()],
            good: ["drbd/r0.res": Cluster.resource(), "drbd/global_common.conf": "common { handlers { fence-peer /opt/fence; } }\n"]),
        Example(
            .dualPrimaryWithoutFencing, marks: "fencing", bad: ["drbd/r0.res": Cluster.resource(net: "fencing resource-only;")],
            good: ["drbd/r0.res": Cluster.resource(net: "fencing resource-only;", more: handlers)]),
        Example(
            .dualPrimaryWithoutFencing, marks: "fencing",
            bad: ["drbd/r0.res": Cluster.resource(net: "allow-two-primaries yes; fencing resource-only;", more: handlers)],
            good: ["drbd/r0.res": Cluster.resource(net: "allow-two-primaries yes; fencing resource-and-stonith;", more: handlers)]),
        Example(
            .dualPrimaryWithoutFencing, marks: "allow-two-primaries",
            bad: ["drbd/r0.res": Cluster.resource(net: "", more: Cluster.mesh("allow-two-primaries yes;"))],
            good: ["drbd/r0.res": Cluster.resource(net: "", more: handlers + Cluster.mesh("allow-two-primaries yes; fencing resource-and-stonith;"))]),
        Example(
            .dualPrimaryWithoutFencing, marks: "allow-two-primaries",
            bad: ["drbd/r0.res": Cluster.resource(net: "", more: Cluster.connection("allow-two-primaries yes;"))],
            good: [
                "drbd/r0.res": Cluster.resource(
                    net: "", more: handlers + Cluster.connection("allow-two-primaries yes; fencing resource-and-stonith;"))
            ]),
        Example(
            .dualPrimaryWithoutFencing, marks: "fence-peer",
            bad: ["drbd/r0.res": Cluster.resource(more: "handlers { fence-peer /usr/lib/drbd/crm-fence-peer.9.sh; }\n")],
            good: ["drbd/r0.res": Cluster.resource(more: handlers)]),
        Example(
            .volumeMissing, marks: "/dev/vg0/r0", bad: ["drbd/r0.res": Cluster.resource(), "lvm/vg0.yaml": "vg0:\n  volumes: {}\n"],
            good: ["drbd/r0.res": Cluster.resource(), "lvm/vg0.yaml": "vg0:\n  volumes: {r0: 1GiB}\n"]),
        Example(
            .volumeMissing, marks: "/dev/vg0/md",
            bad: ["drbd/r0.res": Cluster.resource().replacing("internal", with: "/dev/vg0/md"), "lvm/vg0.yaml": "vg0:\n  volumes: {r0: 1GiB}\n"],
            good: [
                "drbd/r0.res": Cluster.resource().replacing("internal", with: "/dev/vg0/md [0]"),
                "lvm/vg0.yaml": "vg0:\n  volumes: {r0: 1GiB, md: 1GiB}\n",
            ]),
        Example(
            .volumeMissing, marks: "/dev/vg0/r0",
            bad: ["drbd/r0.res": Cluster.resource(), "lvm/vg0.yaml": "vg0:\n  hosts: [alpha]\n  volumes: {r0: 1GiB}\n"],
            good: ["drbd/r0.res": Cluster.resource(), "lvm/vg0.yaml": "vg0:\n  hosts: [bravo, alpha]\n  volumes: {r0: 1GiB}\n"]),
        Example(
            .volumeMissing, marks: "/dev/vg0/r0",
            bad: ["drbd/r0.res": Cluster.resource(), "lvm/vg0.yaml": "vg0:\n  volumes: {r0: {size: 1GiB, hosts: [alpha]}}\n"],
            good: ["drbd/r0.res": Cluster.resource(), "lvm/vg1.yaml": "vg1:\n  hosts: [alpha]\n  volumes: {r0: 1GiB}\n"]),
        Example(
            .volumeMissing, marks: "/dev/mapper/vg0-my--r0",
            bad: ["drbd/r0.res": Cluster.resource(disk: "/dev/mapper/vg0-my--r0"), "lvm/vg0.yaml": "vg0:\n  volumes: {r0: 1GiB}\n"],
            good: [
                "drbd/r0.res": Cluster.resource(disk: "/dev/mapper/vg0-my--r0"), "lvm/vg0.yaml": "vg0:\n  volumes: {my-r0: 1GiB}\n",
            ]),
        Example(
            .volumeMissing, marks: "/dev/vg0/vm",
            bad: ["xen/vm.cfg": domain(on: "phy:/dev/vg0/vm,xvda,w"), "lvm/vg0.yaml": "vg0:\n  volumes: {r0: 1GiB}\n"],
            good: [
                "xen/vm.cfg": domain(on: "phy:/dev/vg0/vm,xvda,w", "phy:/dev/vg1/vm,xvdb,w"),
                "lvm/vg0.yaml": "vg0:\n  volumes: {vm: {size: 1GiB, hosts: [alpha]}}\n",
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
        Example(
            .missingDevice, marks: "/dev/drbd/by-res/r0", bad: ["xen/vm.cfg": Cluster.domain, "drbd/r1.res": Cluster.resource("r1")],
            good: ["xen/vm.cfg": Cluster.domain, "drbd/r0.res": Cluster.resource()]),
        Example(
            .missingDevice, marks: "/dev/drbd/by-res/r0/1",
            bad: ["xen/vm.cfg": "name = \"vm\"\ndisk = [ \"/dev/drbd/by-res/r0/1,raw,xvda\" ]\n", "drbd/r0.res": volumes],
            good: ["xen/vm.cfg": "name = \"vm\"\ndisk = [ \"/dev/drbd/by-disk/vg0/r0,raw,xvda\" ]\n", "drbd/r0.res": volumes]),
        Example(
            .missingDevice, marks: "/dev/drbd7", bad: ["crm/a.crm": filesystem(on: "/dev/drbd7"), "drbd/r0.res": volumes],
            good: ["crm/a.crm": filesystem(on: "/dev/drbd1"), "drbd/r0.res": volumes]),
        Example(
            .sharedDevice, marks: "/dev/drbd/by-res/r0",
            bad: ["xen/a.cfg": Cluster.domain, "xen/b.cfg": Cluster.domain.replacing("vm", with: "vm2")],
            good: [
                "xen/a.cfg": "name = \"a\"\ndisk = [ \"/dev/drbd/by-res/r0,raw,xvda,r\" ]\n",
                "xen/b.cfg": "name = \"b\"\ndisk = [ \"/dev/drbd/by-res/r0,raw,xvda,r\" ]\n",
            ]),
        Example(
            .sharedDevice, marks: "/dev/drbd/by-res/r0",
            bad: [
                "drbd/r0.res": Cluster.resource(),
                "xen/a.cfg": "name = \"a\"\ndisk = [ \"phy:/dev/drbd1,hda,w\", \"phy:/dev/drbd/by-res/r0,hdb,w\" ]\n",
            ],
            good: ["drbd/r0.res": Cluster.resource(), "xen/a.cfg": "name = \"a\"\ndisk = [ \"phy:/dev/drbd1,hda,w\", \"phy:/dev/vg0/x,hdb,w\" ]\n"]),
        Example(
            .sharedDevice, marks: "/cluster/x.img",
            bad: ["a", "b"].reduce(into: [:]) { $0["xen/\($1).cfg"] = "name = \"\($1)\"\ndisk = [ \"file:/cluster/x.img,xvda,w\" ]\n" },
            good: ["a", "b"].reduce(into: [:]) { $0["xen/\($1).cfg"] = "name = \"\($1)\"\ndisk = [ \"file:/cluster/x.img,xvda,r\" ]\n" }),
        Example(
            .sharedDevice, marks: "/dev/mapper/vg0-x",
            bad: [
                "xen/a.cfg": "name = \"a\"\ndisk = [ \"phy:/dev//vg0/x,xvda,w\" ]\n",
                "xen/b.cfg": "name = \"b\"\ndisk = [ \"phy:/dev/mapper/vg0-x,xvda,w\" ]\n",
            ],
            good: [
                "xen/a.cfg": "name = \"a\"\ndisk = [ \"phy:/dev//vg0/x,xvda,w\" ]\n",
                "xen/b.cfg": "name = \"b\"\ndisk = [ \"phy:/dev/mapper/vg0-y,xvda,w\" ]\n",
            ]),
        Example(
            .sharedDevice, marks: "/dev/drbd/by-res/r0/0",
            bad: [
                "crm/a.crm": filesystem(on: "/dev/drbd1"), "drbd/r0.res": volumes,
                "xen/b.cfg": "name = \"b\"\ndisk = [ \"/dev/drbd/by-res/r0/0,raw,xvda,r\" ]\n",
            ],
            good: [
                "crm/a.crm": filesystem(on: "/dev/drbd1") + "primitive again Filesystem params device=/dev/drbd1 directory=/b\n",
                "drbd/r0.res": volumes,
            ]),
        Example(
            .bypassedResource, marks: "/dev/mapper/vg0-r0",
            bad: ["xen/vm.cfg": Cluster.domain.replacing("/dev/drbd/by-res/r0", with: "/dev/mapper/vg0-r0"), "drbd/r0.res": Cluster.resource()],
            good: ["xen/vm.cfg": Cluster.domain, "drbd/r0.res": Cluster.resource()]),
        Example(
            .bypassedResource, marks: "/dev/vg0/r0", bad: ["crm/a.crm": filesystem(on: "/dev/vg0/r0"), "drbd/r0.res": volumes],
            good: ["crm/a.crm": filesystem(on: "/dev/vg0/r1"), "drbd/r0.res": volumes]),
        crm(
            .unsafeClone, marks: "ext4", bad: "primitive fs Filesystem params device=/dev/drbd1 directory=/a fstype=ext4\nclone c fs\n",
            good: "primitive fs Filesystem params device=/dev/drbd1 directory=/a fstype=ocfs2\nclone c fs\n"),
        crm(
            .unsafeClone, marks: "xfs",
            bad: "primitive fs Filesystem params device=/dev/drbd1 directory=/a fstype=xfs options=ro\ngroup g fs\nclone c g\n",
            good: "primitive fs Filesystem params device=/dev/drbd1 directory=/a fstype=xfs force_clones=true\ngroup g fs\nclone c g\n"),
        crm(
            .repeatedOwner, marks: "r0", bad: Cluster.replica() + "primitive more ocf:linbit:drbd params drbd_resource=r0\n",
            good: Cluster.replica() + "primitive more ocf:linbit:drbd params drbd_resource=r1\n"),
        crm(
            .repeatedOwner, marks: "/etc/xen/vm.cfg", bad: Cluster.guest + "primitive vm2 Xen params xmfile=/etc/xen/vm.cfg\n",
            good: Cluster.guest + "primitive vm2 Xen params xmfile=/etc/xen/vm2.cfg\n"),
        crm(
            .neverPromoted, marks: "c", bad: "primitive d ocf:linbit:drbd params drbd_resource=r0\nclone c d meta notify=true\n",
            good: "primitive d ocf:linbit:drbd params drbd_resource=r0\nms c d meta notify=true\n"),
        crm(
            .neverPromoted, marks: "d", bad: "primitive d ocf:linbit:drbd params drbd_resource=r0\n",
            good: "rsc_template d ocf:linbit:drbd params drbd_resource=r0\n"),
        bound(to: "/srv/vm.img", as: "/srv/vm.img,raw,xvda,w"),
        bound(to: "/iso/debian.iso", as: "format=raw, vdev=hdc, devtype=cdrom, access=ro, target=/iso/debian.iso"),
        bound(to: "/data/vm.img", as: "/data/vm.img,raw,xvda,w"),
        bound(to: "/dev/vg0/vm", as: "phy:/dev/vg0/vm,xvda,w"),
        Example(
            .boundDomain, marks: "03:00.0", bad: bindable(domain(on: "phy:/dev/drbd/by-res/r0,xvda,w") + "pci = [ '03:00.0', '03:00.1' ]\n"),
            good: bindable(domain(on: "phy:/dev/drbd/by-res/r0,xvda,w") + "pci = [ ]\n")),
        Example(
            .migrationBlocked, marks: "fs-clone", bad: ["crm/a.crm": migrating + "clone fs-clone fs\n"],
            good: ["crm/a.crm": migrating + "clone fs-clone fs meta interleave=true\n"]),
    ]

    /// A domU that is to migrate, with a disk that stays on its host, and with one that does not.
    private static func bound(to path: String, as disk: String) -> Example {
        Example(
            .boundDomain, marks: path, bad: bindable(domain(on: disk)),
            good: bindable(domain(on: "phy:/dev/drbd/by-res/r0,xvda,w", "/cluster/debian.iso,raw,hdc,cdrom", "phy:/dev/san0/vm,xvdb,w")))
    }

    private static func bindable(_ domain: String) -> [String: String] {
        let mounts = "clone fs-clone fs meta interleave=true\nprimitive data Filesystem params device=/dev/sdc directory=/data fstype=ext4\n"
        return ["crm/a.crm": migrating + mounts, "xen/vm.cfg": domain, "lvm/vg0.yaml": "vg0:\n  volumes: {vm: 1GiB}\n"]
    }

    private static func domain(on disks: String...) -> String {
        "name = \"vm\"\ndisk = [ \(disks.map { "'\($0)'" }.joined(separator: ", ")) ]\n"
    }

    private static let handlers = "handlers { fence-peer /usr/lib/drbd/crm-fence-peer.9.sh; unfence-peer /usr/lib/drbd/crm-unfence-peer.9.sh; }\n"
    private static let migrating = mount + "primitive vm Xen params xmfile=/cluster/xen/vm.cfg meta allow-migrate=true\n"

    private static func filesystem(on device: String) -> String { "primitive fs Filesystem params device=\(device) directory=/a\n" }

    private static let mount = "primitive fs Filesystem params device=/dev/sdb directory=/cluster fstype=ocfs2\n"
    private static let volumes = """
        resource r0 {
          volume 0 { device /dev/drbd1; disk /dev/vg0/r0; meta-disk internal; }
          on alpha { address 192.0.2.1:7001; }
          on bravo { address 192.0.2.2:7001; }
        }

        """
}

extension String {
    fileprivate func replacing(_ part: String, with other: String) -> String {
        split(separator: part, omittingEmptySubsequences: false).joined(separator: other)
    }
}

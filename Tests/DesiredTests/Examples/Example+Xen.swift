import Catalogue

extension Example {
    static let xen = [
        Example(
            .missingDomain, marks: "/etc/xen/vm.cfg", bad: ["crm/a.crm": Cluster.guest, "xen/other.cfg": "name = \"other\"\n"],
            good: ["crm/a.crm": Cluster.guest, "xen/vm.cfg": Cluster.domain]),
        Example(
            .unusedDomain, marks: "n", bad: ["xen/vm.cfg": Cluster.domain],
            good: ["crm/a.crm": Cluster.guest, "xen/vm.cfg": Cluster.domain]),
        pair(
            .promotingDisk, marks: "drbd:r0,xvda,w", bad: "disk = [ \"drbd:r0,xvda,w\" ]",
            good: "disk = [ \"phy:/dev/drbd/by-res/r0,xvda,w\" ]"),
        pair(
            .repeatedMAC, marks: "00:16:3e:00:00:01", bad: "vif = [ \"mac=00:16:3e:00:00:01\" ]",
            good: "vif = [ \"mac=00:16:3e:00:00:02\" ]"),
        pair(.repeatedDisplay, marks: "3", bad: "vncunused = 0\nvncdisplay = 3", good: "vncunused = 0\nvncdisplay = 4"),
        pair(.repeatedInterface, marks: "if1", bad: "vif = [ \"vifname=if1\" ]", good: "vif = [ \"vifname=if2\" ]"),
        pair(.repeatedDomain, marks: "vm", bad: "name = \"vm\"", good: "name = \"vm2\""),
        pair(.repeatedUUID, marks: "5a1b", bad: "uuid = \"5a1b\"", good: "uuid = \"5a1c\""),
        pair(.ignoredKey, marks: "device_model", bad: "device_model = \"qemu-dm\"", good: "device_model_version = \"qemu-xen\""),
        pair(
            .ignoredKey, marks: "kernel", bad: "type = \"hvm\"\nkernel = \"/usr/lib/xen/boot/hvmloader\"",
            good: "type = \"pv\"\nkernel = \"/boot/vmlinuz\""),
        pair(.ignoredKey, marks: "vcpu_avail", bad: "vcpu_avail = 3", good: "maxvcpus = 2"),
        pair(.formerKey, marks: "builder", bad: "builder = 'hvm'", good: "type = 'hvm'"),
        pair(.unknownKey, marks: "memroy", bad: "memroy = 512", good: "memory = 512"),
    ]

    /// Two domUs; the second one has the setting too.
    private static func pair(_ rule: Rule, marks: String, bad: String, good: String) -> Example {
        let first = "name = \"vm\"\nuuid = \"5A1B\"\nvif = [ \"mac=00:16:3E:00:00:01,vifname=if1\" ]\nvncunused = 0\nvncdisplay = 3\n"
        return Example(
            rule, marks: marks, bad: ["xen/1.cfg": first, "xen/2.cfg": bad + "\n"], good: ["xen/1.cfg": first, "xen/2.cfg": good + "\n"])
    }
}

import Catalogue

extension Example {
    static let xen = [
        Example(
            .missingDomain, marks: "/etc/xen/vm.cfg", bad: ["crm/a.crm": Cluster.guest, "xen/other.cfg": "name = \"other\"\n"],
            good: ["coxswain.yaml": "hosts: {xen: /etc/xen}\n", "crm/a.crm": Cluster.guest, "xen/vm.cfg": Cluster.domain]),
        Example(
            .unusedDomain, marks: "vm", bad: ["xen/vm.cfg": Cluster.domain],
            good: ["crm/a.crm": Cluster.guest, "xen/vm.cfg": Cluster.domain]),
        Example(
            .missingDomain, marks: "/etc/xen/vm.cfg", bad: ["crm/a.crm": Cluster.guest, "xen/vm.cfg": Cluster.domain],
            good: ["coxswain.yaml": "hosts: {xen: /etc/xen}\n", "crm/a.crm": Cluster.guest, "xen/vm.cfg": Cluster.domain]),
        Example(
            .foreignName, marks: "wm", bad: ["crm/a.crm": "primitive a Xen params xmfile=/cluster/xen/vm.cfg name=wm\n", "xen/vm.cfg": Cluster.domain],
            good: ["crm/a.crm": "primitive a Xen params xmfile=/cluster/xen/vm.cfg name=vm\n", "xen/vm.cfg": Cluster.domain]),
        pair(
            .promotingDisk, marks: "drbd:r0,xvda,w", bad: "disk = [ \"drbd:r0,xvda,w\" ]",
            good: "disk = [ \"phy:/dev/drbd/by-res/r0,xvda,w\" ]"),
        pair(
            .repeatedMAC, marks: "00:16:3e:00:00:01", bad: "vif = [ \"mac=00:16:3e:00:00:01\" ]",
            good: "vif = [ \"mac=00:16:3e:00:00:02\" ]"),
        named(.repeatedMAC, marks: "0:16:3e:0:0:1", bad: "vif = [ \"mac=0:16:3e:0:0:1\" ]", good: "vif = [ \"mac=0:16:3e:0:0:10\" ]"),
        named(
            .repeatedDisplay, marks: "3", bad: "vncunused = 0\nvnclisten = \"127.0.0.1:3\"", good: "vncunused = 0\nvnclisten = \"127.0.0.1\""),
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
        named(.repeatedDisplay, marks: "3", bad: "vfb = [ \"vnc=1,vncunused=0,vncdisplay=3\" ]", good: "vfb = [ \"vnc=1,vncdisplay=3\" ]"),
        named(.refusedKeyValue, marks: "reboot", bad: "on_crash = \"reboot\"", good: "on_crash = \"restart\""),
        named(.refusedKeyValue, marks: "linux", bad: "builder = \"linux\"", good: "type = \"pv\""),
        named(.refusedKeyValue, marks: "type", bad: "type = \"pv\"\nbuilder = \"hvm\"", good: "type = \"hvm\"\nbuilder = \"hvm\""),
        named(.refusedKeyValue, marks: "zip", bad: "disk = [ \"/dev/x,zip,xvda\" ]", good: "disk = [ \"/dev/x,raw,xvda\" ]"),
        named(.refusedKeyValue, marks: "brigde", bad: "vif = [ \"brigde=b\" ]", good: "vif = [ \"bridge=b,rate=10Mb/s,mtu=9000\" ]"),
        named(.refusedKeyValue, marks: "10M", bad: "vif = [ \"rate=10M\" ]", good: "vif = [ \"rate=10MB/s\" ]"),
        named(.refusedKeyValue, marks: "03:00", bad: "pci = [ \"03:00\" ]", good: "pci = [ \"03:00.0\", \"name=nic\" ]"),
        Example(.refusedKeyValue, marks: "m", bad: ["xen/a.cfg": "memory = 5\n"], good: ["xen/a.cfg": "name = \"a\"\n"]),
        named(.ignoredKeyValue, marks: "512M", bad: "memory = \"512M\"", good: "memory = \"512\""),
        named(.ignoredKeyValue, marks: "phy:/x,xvda,w", bad: "disk = \"phy:/x,xvda,w\"", good: "disk = [ \"phy:/x,xvda,w\" ]"),
        named(.ignoredKeyValue, marks: "[", bad: "kernel = [ \"/boot/vmlinuz\" ]", good: "kernel = \"/boot/vmlinuz\""),
        named(.ignoredKeyValue, marks: "vncport", bad: "vfb = [ \"vnc=1,vncport=3\" ]", good: "vfb = [ \"vnc=1\" ]"),
    ]

    /// Two domUs; the second one has a name, and the setting.
    private static func named(_ rule: Rule, marks: String, bad: String, good: String) -> Example {
        pair(rule, marks: marks, bad: "name = \"vm2\"\n" + bad, good: "name = \"vm2\"\n" + good)
    }

    /// Two domUs; the second one has the setting too.
    private static func pair(_ rule: Rule, marks: String, bad: String, good: String) -> Example {
        let first = "name = \"vm\"\nuuid = \"5A1B\"\nvif = [ \"mac=00:16:3E:00:00:01,vifname=if1\" ]\nvncunused = 0\nvncdisplay = 3\n"
        return Example(
            rule, marks: marks, bad: ["xen/1.cfg": first, "xen/2.cfg": bad + "\n"], good: ["xen/1.cfg": first, "xen/2.cfg": good + "\n"])
    }
}

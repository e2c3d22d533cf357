import Catalogue

extension Example {
    static let xen = [
        Example(
            .repeatedMAC, marks: "00-16-3E-01-01-01",
            bad: ["xen/a.cfg": "name = 'a'\nvif = [ 'mac=00:16:3e:01:01:01' ]\n", "xen/b.cfg": "name = 'b'\nvif = [ 'mac=00-16-3E-01-01-01' ]\n"],
            good: ["xen/a.cfg": "name = 'a'\nvif = [ 'mac=00:16:3e:01:01:01' ]\n", "xen/b.cfg": "name = 'b'\nvif = [ 'mac=00-16-3E-01-01-02' ]\n"]),
        Example(
            .repeatedMAC, marks: "00:16:3e:1:1:1 ",
            bad: [
                "xen/a.cfg": "name = 'a'\nvif = [ 'mac=00:16:3e:01:01:01' ]\n", "xen/b.cfg": "name = 'b'\nvif = [ 'mac=00:16:3e:1:1:1 ,bridge=b' ]\n",
            ],
            good: ["xen/a.cfg": "name = 'a'\nvif = [ 'mac=00:16:3e:01:01:01' ]\n"]),
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
            .foreignName, marks: "wm",
            bad: ["crm/a.crm": "primitive a Xen params xmfile=/cluster/xen/vm.cfg name=wm\n", "xen/vm.cfg": Cluster.domain],
            good: ["crm/a.crm": "primitive a Xen params xmfile=/cluster/xen/vm.cfg name=vm\n", "xen/vm.cfg": Cluster.domain]),
        Example(
            .foreignName, marks: "vm",
            bad: ["crm/a.crm": "primitive a Xen params xmfile=/cluster/xen/vm.cfg\n", "xen/vm.cfg": "name = \"vm\" # the proxy\n"],
            good: ["crm/a.crm": "primitive a Xen params xmfile=/cluster//xen/vm.cfg\n", "xen/vm.cfg": "# the proxy\nname = \"vm\"\n"]),
        pair(
            .promotingDisk, marks: "vdev=xvda,access=w,script=/etc/xen/scripts/block-drbd,target=r0",
            bad: "disk = [ \"vdev=xvda,access=w,script=/etc/xen/scripts/block-drbd,target=r0\" ]",
            good: "disk = [ \"vdev=xvda,access=w,script=block-iscsi,target=r0\" ]"),
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
        pair(
            .repeatedUUID, marks: "8599162c-c0ff-4665-a19c-2ced4675de43", bad: "uuid = \"8599162c-c0ff-4665-a19c-2ced4675de43\"",
            good: "uuid = \"8599162c-c0ff-4665-a19c-2ced4675de44\""),
        pair(.ignoredKey, marks: "device_model", bad: "device_model = \"qemu-dm\"", good: "device_model_version = \"qemu-xen\""),
        pair(
            .ignoredKey, marks: "kernel", bad: "type = \"hvm\"\nkernel = \"/usr/lib/xen/boot/hvmloader\"",
            good: "type = \"pv\"\nkernel = \"/boot/vmlinuz\""),
        pair(.ignoredKey, marks: "vcpu_avail", bad: "vcpu_avail = 3", good: "maxvcpus = 2"),
        pair(.formerKey, marks: "builder", bad: "builder = 'hvm'", good: "type = 'hvm'"),
        pair(.unknownKey, marks: "memroy", bad: "memroy = 512", good: "memory = 512"),
        named(.repeatedDisplay, marks: "3", bad: "vfb = [ \"vnc=1,vncunused=0,vncdisplay=3\" ]", good: "vfb = [ \"vnc=1,vncdisplay=3\" ]"),
        named(.refusedKeyValue, marks: "reboot", bad: "on_crash = \"reboot\"", good: "on_crash = \"restart\""),
        named(.refusedKeyValue, marks: "linux", bad: "builder = \"linux\"", good: "bios = \"SeaBIOS\""),
        named(.refusedKeyValue, marks: "type", bad: "builder = \"generic\"", good: "builder = \"hvm\""),
        named(.refusedKeyValue, marks: "zip", bad: "disk = [ \"/dev/x,zip,xvda\" ]", good: "disk = [ \"/dev/x,raw,xvda\" ]"),
        named(.ignoredKeyValue, marks: "brigde", bad: "vif = [ \"brigde=b\" ]", good: "vif = [ \"bridge=b,rate=10Mb/s,mtu=9000\" ]"),
        named(
            .ignoredKeyValue, marks: "mac=00:16:3e:1", bad: "vif = [ 'bridge=b', 'mac=00:16:3e:1' ]",
            good: "vif = [ 'mac=00-16-3E-0-0-7', 'trusted' ]"),
        named(.formerKey, marks: "netdev=", bad: "vif = [ 'netdev=eth0' ]", good: "vif = [ 'gatewaydev=netdev' ]"),
        named(.refusedKeyValue, marks: "rate=10M", bad: "vif = [ \"rate=10M\" ]", good: "vif = [ \"rate=10MB/s\" ]"),
        named(.refusedKeyValue, marks: "03:00", bad: "pci = [ \"03:00\" ]", good: "pci = [ \"03:00.0\", \"name=nic\" ]"),
        Example(
            .refusedKeyValue, marks: "m", bad: ["xen/a.cfg": "memory = 5\ntype = 'hvm'\n"],
            good: ["xen/a.cfg": "name = \"a\"\ntype = 'hvm'\n"]),
        Example(
            .refusedKeyValue, marks: "type", bad: ["xen/a.cfg": "name = 'a'\ntype = 'pvh'\n"],
            good: ["xen/a.cfg": "name = 'a'\ntype = 'pvh'\nkernel = '/boot/vmlinuz'\n"]),
        named(.refusedKeyValue, marks: "uuid", bad: "uuid = '1'", good: "uuid = '01234567-89aB-cdef-0123-456789abcdef'"),
        named(.refusedKeyValue, marks: "vcpus", bad: "maxvcpus = 2\nvcpus = 3", good: "maxvcpus = 3\nvcpus = 3"),
        named(.refusedKeyValue, marks: "vcpus", bad: "vcpus = 129", good: "vcpus = 128"),
        named(.refusedKeyValue, marks: "\"-s\"", bad: "device_model_args = \"-s\"", good: "device_model_args = [ \"-s\" ]"),
        named(.formerKey, marks: "tsc_mode", bad: "tsc_mode = 2", good: "tsc_mode = 'native'"),
        named(.ignoredKeyValue, marks: "[ [ '/x,raw,xvda' ] ]", bad: "disk = [ [ '/x,raw,xvda' ] ]", good: "vnuma = [ [ 'pnode=0' ] ]"),
        named(.ignoredKeyValue, marks: "256", bad: "memory = 256\nmemory += 256", good: "memory = 512"),
        named(.unknownKey, marks: "vmid", bad: "vmid = 5", good: "# vmid = 5"),
        named(.ignoredKeyValue, marks: "\"512M\"", bad: "memory = \"512M\"", good: "memory = \"512\""),
        named(.ignoredKeyValue, marks: "\"phy:/x,xvda,w\"", bad: "disk = \"phy:/x,xvda,w\"", good: "disk = [ \"phy:/x,xvda,w\" ]"),
        named(.ignoredKeyValue, marks: "[ \"/boot/vmlinuz\" ]", bad: "kernel = [ \"/boot/vmlinuz\" ]", good: "kernel = \"/boot/vmlinuz\""),
        named(.ignoredKeyValue, marks: "vncport", bad: "vfb = [ \"vnc=1,vncport=3\" ]", good: "vfb = [ \"vnc=1\" ]"),
    ]

    /// Two domUs; the second one has a name, a type, and the setting.
    private static func named(_ rule: Rule, marks: String, bad: String, good: String) -> Example {
        let domain = "name = \"vm2\"\ntype = \"hvm\"\n"
        return pair(rule, marks: marks, bad: domain + bad, good: domain + good)
    }

    /// Two domUs; the second one has the setting too.
    private static func pair(_ rule: Rule, marks: String, bad: String, good: String) -> Example {
        let first = """
            name = "vm"
            type = "hvm"
            uuid = "8599162C-C0FF-4665-A19C-2CED4675DE43"
            vif = [ "mac=00:16:3E:00:00:01,vifname=if1" ]
            vncunused = 0
            vncdisplay = 3

            """
        return Example(
            rule, marks: marks, bad: ["xen/1.cfg": first, "xen/2.cfg": bad + "\n"], good: ["xen/1.cfg": first, "xen/2.cfg": good + "\n"])
    }
}

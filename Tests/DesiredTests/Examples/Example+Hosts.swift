import Catalogue

extension Example {
    static let hosts = [
        Example(
            .unknownNode, marks: "charlie",
            bad: ["corosync/corosync.conf": corosync, "drbd/r0.res": Cluster.resource(nodes: ["alpha", "charlie"])],
            good: ["corosync/corosync.conf": corosync, "drbd/r0.res": Cluster.resource()]),
        Example(
            .unknownNode, marks: "charlie", bad: ["corosync/corosync.conf": corosync, "ocfs2/cluster.conf": ocfs2(second: "charlie")],
            good: ["corosync/corosync.conf": corosync, "ocfs2/cluster.conf": ocfs2()]),
        Example(
            .unknownNode, marks: "charlie", bad: ["corosync/corosync.conf": corosync, "crm/a.crm": "node charlie\n"],
            good: ["corosync/corosync.conf": corosync, "crm/a.crm": "node alpha\nnode far:remote\n"]),
        Example(
            .unknownNode, marks: "charlie",
            bad: ["crm/a.crm": "node alpha\nnode bravo\n", "drbd/r0.res": Cluster.resource(nodes: ["alpha", "charlie"])],
            good: ["crm/a.crm": "node alpha attributes a=1\n", "drbd/r0.res": Cluster.resource(nodes: ["alpha", "charlie"])]),
        Example(
            .absentNode, marks: "node:",
            bad: ["corosync/corosync.conf": Cluster.corosync(["alpha", "bravo", "charlie"]), "ocfs2/cluster.conf": ocfs2()],
            good: ["corosync/corosync.conf": corosync, "ocfs2/cluster.conf": ocfs2()]),
        Example(
            .formerPlugin, marks: "service", bad: ["corosync/corosync.conf": corosync + "service {\n  ver: 0\n  name: pacemaker\n}\n"],
            good: ["corosync/corosync.conf": corosync]),
        Example(
            .domainsAutostart, marks: "XENDOMAINS_AUTO",
            bad: ["default/xendomains": "XENDOMAINS_RESTORE=false\nXENDOMAINS_AUTO=/etc/xen/auto\n"],
            good: ["default/xendomains": "XENDOMAINS_RESTORE=false\nXENDOMAINS_AUTO=\"\"\n"]),
        Example(
            .domainsAutostart, marks: "XENDOMAINS_RESTORE", bad: ["default/xendomains": "XENDOMAINS_RESTORE=true\n"],
            good: ["default/xendomains": "XENDOMAINS_RESTORE=false\n"]),
        Example(
            .clusterNumbers, marks: "node_count", bad: ["ocfs2/cluster.conf": ocfs2(count: 3)], good: ["ocfs2/cluster.conf": ocfs2()]),
        Example(
            .clusterNumbers, marks: "number", bad: ["ocfs2/cluster.conf": ocfs2(numbers: [1, 1])],
            good: ["ocfs2/cluster.conf": ocfs2(numbers: [0, 1])]),
        Example(
            .clusterNumbers, marks: "cluster", bad: ["ocfs2/cluster.conf": ocfs2() + "\nnode:\n\tname = x\n\tcluster = other\n"],
            good: ["ocfs2/cluster.conf": ocfs2()]),
        Example(
            .repeatedNode, marks: "node", bad: ["corosync/corosync.conf": Cluster.corosync(["alpha", "alpha"])],
            good: ["corosync/corosync.conf": corosync]),
        Example(
            .unknownStack, marks: "ocfs", bad: ["ocfs2/cluster.conf": ocfs2(), "default/o2cb": "O2CB_BOOTCLUSTER=ocfs\n"],
            good: ["ocfs2/cluster.conf": ocfs2(), "default/o2cb": "O2CB_BOOTCLUSTER=ocfs2\n"]),
        Example(
            .plainSecret, marks: "\"geheim\"", bad: ["drbd/global_common.conf": secret("geheim")],
            good: ["drbd/global_common.conf": secret("secret:all")]),
        Example(
            .plainSecret, marks: "geheim", bad: ["xen/a.cfg": "name = 'a'\nvfb = ['vnc=1,vncpasswd=geheim']\n"],
            good: ["xen/a.cfg": "name = 'a'\nvfb = ['vnc=1,vncpasswd=secret:a']\n"]),
        Example(
            .plainSecret, marks: "passwd",
            bad: ["crm/a.crm": "primitive fence stonith:fence_ipmilan params ip=192.0.2.9 passwd=geheim\n"],
            good: ["crm/a.crm": "primitive fence stonith:fence_ipmilan params ip=192.0.2.9 @fence-instance_attributes-passwd:passwd\n"]),
        Example(
            .secretName, marks: "\"secret:../all\"", bad: ["drbd/global_common.conf": secret("secret:../all")],
            good: ["drbd/global_common.conf": secret("secret:all")]),
    ]

    private static func secret(_ value: String) -> String { "common { net { shared-secret \"\(value)\"; } }\n" }

    private static let corosync = Cluster.corosync(["alpha", "bravo"])

    private static func ocfs2(second: String = "bravo", count: Int = 2, numbers: [Int] = [0, 1]) -> String {
        let nodes = zip(["alpha", second], numbers).map { "\nnode:\n\tname = \($0)\n\tnumber = \($1)\n\tcluster = ocfs2\n" }
        return "cluster:\n\tnode_count = \(count)\n\tname = ocfs2\n" + nodes.joined()
    }
}

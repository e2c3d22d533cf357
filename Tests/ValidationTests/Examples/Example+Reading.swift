import Catalogue

extension Example {
    static let reading = [
        Example(
            .crmSyntax, marks: "primitve", bad: ["crm/a.crm": "primitve a Dummy\n"], good: ["crm/a.crm": "primitive a Dummy\n"]),
        Example(
            .drbdSyntax, marks: "}", bad: ["drbd/a.res": "resource a { }\n}\n"], good: ["drbd/a.res": "resource a { }\n"]),
        Example(
            .xenSyntax, marks: "True", bad: ["xen/a.cfg": "vnc = True\n"], good: ["xen/a.cfg": "vnc = 1\n"]),
        Example(
            .policySyntax, marks: "clustr", bad: ["coxswain.yaml": "clustr: a\n"], good: ["coxswain.yaml": "cluster: a\n"]),
        Example(
            .corosyncSyntax, marks: "version 2", bad: ["corosync/corosync.conf": "totem {\n  version 2\n}\n"],
            good: ["corosync/corosync.conf": Cluster.corosync(["alpha", "bravo"])]),
        Example(
            .corosyncSyntax, marks: "256", bad: ["corosync/corosync.conf": Cluster.corosync(["alpha", "bravo"], quorum: "wait_for_all: 256")],
            good: ["corosync/corosync.conf": Cluster.corosync(["alpha", "bravo"], quorum: "wait_for_all: 1")]),
        Example(
            .corosyncSyntax, marks: "two_node",
            bad: ["corosync/corosync.conf": Cluster.corosync(["alpha", "bravo"], quorum: "two_node: 1\n  device {\n    model: net\n  }")],
            good: ["corosync/corosync.conf": Cluster.corosync(["alpha", "bravo"])]),
        Example(
            .ocfs2Syntax, marks: "name ocfs2", bad: ["ocfs2/cluster.conf": "cluster:\n\tname ocfs2\n"],
            good: ["ocfs2/cluster.conf": "cluster:\n\tname = ocfs2\n\tnode_count = 0\n"]),
        Example(
            .ocfs2Syntax, marks: "cluster:", bad: ["ocfs2/cluster.conf": "cluster:\n\tname = ocfs2\n"],
            good: ["ocfs2/cluster.conf": "cluster:\n\tname = ocfs2\n\tnode_count = 0\n"]),
        Example(
            .shellSyntax, marks: ". /etc/other", bad: ["default/o2cb": "A=1\n. /etc/other\n"], good: ["default/o2cb": "A=1\n"]),
        Example(
            .volumesSyntax, marks: "10", bad: ["lvm/vg0.yaml": "vg0:\n  volumes:\n    a: 10\n"],
            good: ["lvm/vg0.yaml": "vg0:\n  volumes:\n    a: 10GiB\n"]),
    ]
}

import Catalogue

extension Example {
    static let secrets = [
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
        Example(
            .secretName, marks: "\"****** (another)\"", bad: ["drbd/global_common.conf": secret("****** (another)")],
            good: ["drbd/global_common.conf": secret("secret:all")]),
        Example(
            .plainSecret, marks: "geheim", bad: ["corosync/corosync.conf": Cluster.corosync(["alpha", "bravo"]) + "totem {\n  key:\tgeheim \n}\n"],
            good: ["corosync/corosync.conf": Cluster.corosync(["alpha", "bravo"]) + "totem {\n  key: secret:corosync-key\n}\n"]),
        Example(
            .plainSecret, marks: "options=\"vers=3.0,username=me,password=geheim\"",
            bad: ["crm/a.crm": filesystem("options=\"vers=3.0,username=me,password=geheim\"")],
            good: ["crm/a.crm": filesystem("options=\"vers=3.0,credentials=/root/password\"")]),
        Example(
            .plainSecret, marks: "\"https://me:geheim@192.0.2.9/hook\"",
            bad: ["crm/a.crm": "alert a \"/usr/bin/alert\" to \"https://me:geheim@192.0.2.9/hook\"\n"],
            good: ["crm/a.crm": "alert a \"/usr/bin/alert\" to \"https://192.0.2.9/hook\"\n"]),
        Example(
            .plainSecret, marks: "geheim", bad: ["xen/a.cfg": "name = 'a'\ndisk = ['vdev=xvda,target=iscsi://me%geheim@192.0.2.9/iqn.a/1']\n"],
            good: ["xen/a.cfg": "name = 'a'\ndisk = ['vdev=xvda,target=iscsi://me%secret:a@192.0.2.9/iqn.a/1']\n"]),
        Example(
            .plainSecret, marks: "geheim",
            bad: ["drbd/a.res": Cluster.resource(more: "handlers { split-brain \"curl https://me:geheim@192.0.2.9/\"; }")],
            good: ["drbd/a.res": Cluster.resource(more: "handlers { split-brain \"curl https://me:secret:a@192.0.2.9/\"; }")]),
    ]

    private static func filesystem(_ options: String) -> String {
        "primitive fs ocf:heartbeat:Filesystem params device=//192.0.2.9/x directory=/x fstype=cifs \(options) op monitor interval=20s\n"
    }

    private static func secret(_ value: String) -> String { "common { net { shared-secret \"\(value)\"; } }\n" }
}

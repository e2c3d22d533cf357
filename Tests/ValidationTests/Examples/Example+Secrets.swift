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
            .plainSecret, marks: "geheim", bad: ["corosync/corosync.conf": Cluster.corosync(["alpha", "bravo"]) + "totem {\n  key:\tgeheim \n}\n"],
            good: ["corosync/corosync.conf": Cluster.corosync(["alpha", "bravo"]) + "totem {\n  key: secret:corosync-key\n}\n"]),
    ]

    private static func secret(_ value: String) -> String { "common { net { shared-secret \"\(value)\"; } }\n" }
}

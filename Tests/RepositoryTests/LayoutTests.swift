import Diagnostics
import Repository
import Testing

@Suite("Which files are what")
struct LayoutTests {
    @Test(
        "by their places",
        arguments: [
            ("coxswain.yaml", FileKind.policy), ("crm/a.crm", .crm), ("crm/b/a.crm", .crm), ("drbd/a.res", .drbd),
            ("drbd/global_common.conf", .drbd), ("xen/a.cfg", .xen), ("lvm/vg0.yaml", .volumes),
            ("corosync/corosync.conf", .corosync), ("ocfs2/cluster.conf", .ocfs2), ("default/xendomains", .shell),
            ("default/o2cb", .shell), ("default/grub", nil), ("lvm/a/b.yaml", nil), ("corosync/authkey", nil),
            ("README.md", nil), ("xen/.hidden.cfg", nil),
        ])
    func concern(_ path: String, _ concern: FileKind?) {
        #expect(FileKind(path: path) == concern)
        let directory = path.split(separator: "/").dropLast().map { $0 + "/" }.joined()
        if concern != nil, !directory.isEmpty { #expect(FileKind.mayHold(directory: directory)) }
    }

    @Test("What belongs onto a host as a file, and where; volumes are none")
    func planned() {
        let state = DesiredState(
            [
                ("corosync/corosync.conf", "totem {\n  version: 2\n}\n"), ("ocfs2/cluster.conf", "cluster:\n\tname = a\n"),
                ("default/o2cb", "A=1\n"), ("lvm/a.yaml", "a:\n  volumes: {}\n"), ("drbd/a.res", "resource a { }\n"),
            ].map { ($0, SourceText(path: $0, text: $1)) })
        #expect(
            state.files.map(state.policy.path)
                == ["/etc/corosync/corosync.conf", "/etc/default/o2cb", "/etc/drbd.d/a.res", "/etc/ocfs2/cluster.conf"])
    }
}

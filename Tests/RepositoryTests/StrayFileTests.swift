import Repository
import Testing

/// Names that are near to those that are read; and names of other things, which a repository may have.
@Suite struct StrayFileTests {
    @Test(
        "a name that was probably meant is told",
        arguments: [
            ("coxswain.yml", "coxswain.yaml"), ("Coxswain.yaml", "coxswain.yaml"), ("crm/n.CRM", "crm/n.crm"), ("CRM/vms/n.crm", "crm/vms/n.crm"),
            ("n.crm", "crm/n.crm"), ("drbd/sub/x.res", "drbd/x.res"), ("drbd.d/x.res", "drbd/x.res"), ("drbd/x.RES", "drbd/x.res"),
            ("drbd/x.conf", "drbd/x.res"), ("global_common.conf", "drbd/global_common.conf"), ("xen/y.hvm", "xen/y.cfg"), ("xen/y", "xen/y.cfg"),
            ("xen/sub/y.cfg", "xen/y.cfg"), ("Xen/y.cfg", "xen/y.cfg"), ("lvm/alpha.yml", "lvm/alpha.yaml"),
            ("corosync.conf", "corosync/corosync.conf"),
            ("crm/x.cmr", "crm/x.crm"), ("crm/y.crm.txt", "crm/y.crm"), ("drdb/a.res", "drbd/a.res"), ("crms/a.crm", "crm/a.crm"),
            ("lvm.yaml", "lvm/lvm.yaml"), ("drbd/r0.ress", "drbd/r0.res"), ("xen/a.config", "xen/a.cfg"),
            ("coxswain.yaml.txt", "coxswain.yaml"), (".coxswain.yaml", "coxswain.yaml"), ("xps-101.cfg", "xen/xps-101.cfg"),
            ("default/xendomain", "default/xendomains"), ("defaults/o2cb", "default/o2cb"), ("ocfs/cluster.conf", "ocfs2/cluster.conf"),
            ("ocfs2/cluster.cnf", "ocfs2/cluster.conf"), ("etc/corosync/corosync.conf", "corosync/corosync.conf"),
            ("etc/drbd.d/r0.res", "drbd/r0.res"), ("etc/xen/a.cfg", "xen/a.cfg"), ("etc/default/o2cb", "default/o2cb"),
            ("cluster.conf", "ocfs2/cluster.conf"), ("x.res", "drbd/x.res"), ("xendomains", "default/xendomains"),
        ])
    func near(path: String, meant: String) {
        #expect(FileKind.intended(path) == meant)
        #expect(FileKind(path: meant) != nil)
    }

    @Test(
        "other files are nobody's business",
        arguments: [
            "README.md", "README", "Makefile", "LICENSE", ".gitignore", ".gitlab-ci.yml", "crm/README.md", "crm/notes.txt", "crm/.hidden.crm",
            "xen/README",
            "xen/Makefile", "xen/scripts/vif-bridge", "xen/install.sh", "drbd/README.md", "drbd/sub/notes.txt", "docs/xen/y.cfg", "setup.cfg",
            "tests/x.res",
            "ansible/drbd/x.conf", "lvm/README.md", "coxswain.yaml", "crm/a.crm", "drbd/x.res", "xen/y.cfg", "package.yml", "crew/notes.txt",
            "default/grub", "default/xen", "default/drbd", "docs/o2cb", "etc/xen/xl.conf", "etc/default/grub", "etc/a.crm",
            "ansible.cfg", "ocfs2/README.md", "corosync/notes.md", "corosync/authkey", "etc/drbd.conf",
            "cram/x.conf", "drbdx/x.conf", "drbd/x.resx.bak",
        ])
    func other(path: String) { #expect(FileKind.intended(path) == nil) }
}

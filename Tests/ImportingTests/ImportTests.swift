import CIB
import Diagnostics
import Importing
import LiveState
import Planning
import Repository
import TestKit
import Testing
import XML

struct ImportTests {
    static let live = """
        node 1: alice
        node 2: bob attributes standby=off
        property stonith-enabled=true cluster-name=vms dc-version=2.1.5
        rsc_defaults resource-stickiness=100
        primitive fence stonith:fence_ipmilan params ip=10.0.0.1 passwd=geheim
        primitive xps-101 ocf:heartbeat:Xen params xmfile=/etc/xen/xps-101.cfg
        primitive xps-101-drbd ocf:linbit:drbd params drbd_resource=xps-101
        ms xps-101-MS xps-101-drbd
        primitive xps-102 ocf:heartbeat:Xen params xmfile=/etc/xen/xps-102.cfg
        primitive fs ocf:heartbeat:Filesystem params directory=/cluster
        clone fs-clone fs
        colocation xps-101-on-drbd inf: xps-101 xps-101-MS:Master
        order xps-101-after-drbd Mandatory: xps-101-MS:promote xps-101:start
        order xps-101-after-fs Mandatory: fs-clone xps-101
        colocation apart -inf: xps-101 xps-102
        location cli-prefer-xps-101 xps-101 inf: bob
        location drbd-fence-by-handler-xps-101-xps-101-MS xps-101-MS rule $role=Master -inf: #uname ne alice
        fencing_topology alice: fence bob: fence
        tag vms xps-101 xps-102
        alert mail /usr/bin/alert to admin@example.org
        """

    private func texts(_ repository: ImportedRepository) -> [String: String] {
        Dictionary(uniqueKeysWithValues: repository.files.map { ($0.path, String(decoding: $0.bytes, as: UTF8.self)) })
    }

    @Test("one file for each concern, and one for each domU with its own storage")
    func split() throws {
        let texts = texts(ImportedRepository(CIB(crm: Self.live), layout: .split))
        #expect(
            texts.keys.sorted() == [
                "coxswain.yaml", "crm/alerts.crm", "crm/cluster.crm", "crm/constraints.crm", "crm/domains/xps-101.crm",
                "crm/domains/xps-102.crm", "crm/fencing.crm", "crm/nodes.crm", "crm/resources.crm", "crm/tags.crm",
            ])
        let statements = try #require(texts["crm/domains/xps-101.crm"]).split(separator: "\n").filter { !$0.hasPrefix("\t") }
        let heads = statements.map { $0.split(separator: " ").prefix(2).joined(separator: " ") }
        #expect(
            heads == [
                "primitive xps-101", "primitive xps-101-drbd", "ms xps-101-MS", "colocation xps-101-on-drbd",
                "order xps-101-after-drbd", "order xps-101-after-fs",
            ])
        #expect(texts["crm/constraints.crm"] == "colocation apart -inf: xps-101 xps-102\n")
        #expect(texts["coxswain.yaml"] == "cluster: vms\nhosts:\n  xen: /etc/xen\n")
    }

    @Test("a plan of it against the cluster that it came from is empty", arguments: ImportedRepository.Layout.allCases)
    func plansEmpty(_ layout: ImportedRepository.Layout) throws {
        let live = CIB(crm: Self.live)
        let plan = try plan(ImportedRepository(live, layout: layout), live)
        #expect(plan.changes == [])
    }

    @Test("so it is for random clusters", arguments: 0..<40)
    func random(_ seed: UInt64) throws {
        let live = CIB(crm: try RandomCluster(seed: seed).crm)
        let repository = ImportedRepository(live, layout: .split)
        #expect(repository.findings.filter { $0.severity == .error } == [])
        #expect(try plan(repository, live).changes == [])
    }

    private func plan(_ repository: ImportedRepository, _ live: CIB) throws -> Plan {
        let state = DesiredState(repository.files.map { ($0.path, SourceText(path: $0.path, bytes: $0.bytes)) })
        try #require(state.errors == [])
        return try Scene(base: nil, desired: state, live: live).plan()
    }

    @Test("a password stays in the cluster; the file refers to it, and it is reported")
    func secrets() throws {
        let repository = ImportedRepository(CIB(crm: Self.live), layout: .split)
        let all = texts(repository).values.joined()
        #expect(!all.contains("geheim") && !all.contains("***"))
        #expect(all.contains("@fence-instance_attributes-passwd:passwd"))
        #expect(repository.findings.contains { $0.severity == .warning && $0.message.hasPrefix("passwd of fence") })
    }

    @Test(
        "nor is a password in the midst of a value written down",
        arguments: ["options=\"vers=3,username=me,password=geheim\"", "device=iscsi://me%geheim@192.0.2.1/iqn.a/1", "device=nbd://me:geheim@h/x"])
    func embeddedSecrets(_ pair: String) {
        let repository = ImportedRepository(CIB(crm: "primitive fs Filesystem params directory=/x \(pair)\n"), layout: .single)
        let name = pair.prefix { $0 != "=" }
        #expect(!texts(repository).values.joined().contains("geheim"))
        #expect(texts(repository).values.joined().contains("@fs-instance_attributes-\(name):\(name)"))
        #expect(repository.findings.contains { $0.message.hasPrefix("\(name) of fs is a secret") })
    }

    @Test("where no reference can stand for one, it is said")
    func inexpressibleSecret() {
        let repository = ImportedRepository(CIB(crm: "alert a \"/usr/bin/alert\" to \"https://me:geheim@h/\"\n"), layout: .single)
        #expect(
            repository.findings.contains {
                $0.severity == .warning && $0.message.contains("of a has a password in it") && !$0.message.contains("geheim")
            })
    }

    @Test("what operators, DRBD and the cluster put there is left out, and all but the last is said")
    func leavesOut() {
        let repository = ImportedRepository(CIB(crm: Self.live), layout: .single)
        let all = texts(repository).values.joined()
        #expect(!all.contains("cli-prefer") && !all.contains("drbd-fence-by") && !all.contains("dc-version"))
        #expect(repository.findings.count { $0.message.contains("is left out") } == 2)
    }

    @Test("what crmsh can't say is written as xml, with the resources inside it")
    func escapes() throws {
        let group = """
            xml <group id="g" description="a"> <meta_attributes id="g-m"> <rule id="g-r" score="5"> \
            <date_expression id="g-d" operation="date_spec"><date_spec id="g-s" minutes="5"/></date_expression></rule> \
            <nvpair id="g-n" name="a" value="two  blanks"/></meta_attributes> \
            <primitive id="p" class="ocf" provider="pacemaker" type="Dummy"/></group>
            """
        let live = CIB(crm: group.split(separator: "\n").joined())
        let repository = ImportedRepository(live, layout: .single)
        let text = try #require(texts(repository)["crm/cluster.crm"])
        #expect(text.contains("xml <group id=\"g\""))
        #expect(text.contains("two &#32;blanks"))
        #expect(text.contains("primitive p ocf:pacemaker:Dummy\n"))
        #expect(text.contains("<crmsh-ref id=\"p\"/>"))
        #expect(try plan(repository, live).changes == [])
    }

    @Test("what crmsh would turn into references is written as xml")
    func beyondASCII() throws {
        let live = CIB(crm: "primitive p ocf:pacemaker:Dummy description=\"Grüße\"\nprimitive q ocf:pacemaker:Dummy")
        let repository = ImportedRepository(live, layout: .single)
        let text = try #require(texts(repository)["crm/cluster.crm"])
        #expect(text.contains("xml <primitive id=\"p\"") && text.contains("description=\"Grüße\""))
        #expect(text.contains("primitive q ocf:pacemaker:Dummy\n"))
        #expect(try plan(repository, live).changes == [])
    }

    @Test(
        "a domU's file has a name that every file system takes, whatever the resource is called",
        arguments: [
            ("xps-101", "xps-101"), ("../../etc/cron", "-..-etc-cron"), (".hidden", "hidden"), ("...", "-"), ("Größe 1", "Größe-1"),
            (String(repeating: "x", count: 300), String(repeating: "x", count: 60)),
        ])
    func fileNames(_ id: String, _ name: String) {
        let domain = Element("primitive", ["id": id, "class": "ocf", "provider": "heartbeat", "type": "Xen"])
        let live = CIB(Element("cib", [], children: [Element("configuration", [], children: [Element("resources", [], children: [domain])])]))
        let repository = ImportedRepository(live, layout: .split)
        #expect(repository.files.map(\.path) == ["coxswain.yaml", "crm/domains/\(name).crm"])
    }

    @Test("what crmsh has no statement for is said, and left alone")
    func inexpressible() throws {
        let text = """
            <cib validate-with="none"><configuration><crm_config/><nodes/>
            <resources><primitive id="p" class="ocf" provider="pacemaker" type="Dummy"/><widget id="w"/></resources>
            <constraints/><rsc_defaults><meta_attributes id="d"><nvpair id="n" name="priority" value="1"/></meta_attributes></rsc_defaults>
            <weird><thing a="b"/></weird></configuration></cib>
            """
        let live = try CIB(parsing: SourceText(path: "cib.xml", text: text))
        let repository = ImportedRepository(live, layout: .split)
        #expect(
            repository.findings.map(\.message) == [
                "<widget id=\"w\"> in <resources> is left out: crmsh has no statement for it",
                "<thing> in <weird> is left out: crmsh has no statement for it",
            ])
        #expect(try plan(repository, live).changes == [])
    }

    private static let hostFiles = [
        "/etc/drbd.d/r.res": "resource r {\n\tnet { shared-secret \"geheim\"; } # as ever\n}\n",
        "/etc/drbd.d/two.res":
            "resource a { net { shared-secret x; } }\nresource b { net { shared-secret y; } }\nresource c { net { shared-secret x; } }\n",
        "/etc/drbd.d/l.res": "# This file was generated by linstor(1.20.3)\n",
        "/etc/xen/xps-101.cfg": "name = \"xps-101\"\nvfb = ['vnc=1,vncpasswd=geheim']\n# vncpasswd = \"alt\"\n",
        "/etc/corosync/corosync.conf": "totem {\n  key: geheim\n}\n", "/etc/default/xendomains": "# passwd\n", "/etc/default/ssh": "",
    ]

    private var host: LiveFiles {
        let contents = Self.hostFiles.map { ($0.key, SourceText(path: $0.key, text: $0.value)) }
        return LiveFiles(contents: Dictionary(uniqueKeysWithValues: contents))
    }

    @Test("a host's files are copied with all that is in them; those of LINSTOR are not")
    func hostFiles() {
        let texts = texts(ImportedRepository(CIB(crm: Self.live), host: host, layout: .single))
        #expect(texts["drbd/r.res"] == "resource r {\n\tnet { shared-secret \"secret:r-shared-secret\"; } # as ever\n}\n")
        #expect(texts["corosync/corosync.conf"] != nil && texts["default/xendomains"] != nil && texts["default/ssh"] == nil)
        #expect(texts["drbd/l.res"] == nil)
    }

    @Test("their secrets become references, equal ones alike, and are reported without being shown")
    func secretsOfFiles() {
        let repository = ImportedRepository(CIB(crm: Self.live), host: host, layout: .single)
        let texts = texts(repository)
        #expect(texts["xen/xps-101.cfg"]?.contains("['vnc=1,vncpasswd=secret:xps-101-vncpasswd']") == true)
        #expect(
            texts["drbd/two.res"]?.split(separator: "\n").map { $0.split(separator: "\"")[1] } == [
                "secret:two-shared-secret", "secret:two-shared-secret-2", "secret:two-shared-secret",
            ])
        #expect(texts["corosync/corosync.conf"] == "totem {\n  key: secret:corosync-key\n}\n")
        #expect(!texts.values.joined().contains("geheim"))
        let said = repository.findings.map(\.description).joined(separator: "\n")
        #expect(said.contains("shared-secret in line 2 of drbd/r.res is a secret") && !said.contains("geheim"))
        #expect(said.contains("the comment in line 3 of xen/xps-101.cfg speaks of a secret") && !said.contains("alt\""))
    }

    @Test("and a plan against the host that they came from changes no file")
    func plansEmptyForFiles() throws {
        let live = CIB(crm: Self.live)
        let repository = ImportedRepository(live, host: host, layout: .split)
        let state = DesiredState(repository.files.map { ($0.path, SourceText(path: $0.path, bytes: $0.bytes)) })
        let plan = try Scene(base: nil, desired: state, live: live, files: host).plan()
        #expect(plan.isEmpty && plan.missingSecrets.isEmpty)
        let elsewhere = try Scene(base: nil, desired: state, live: live).plan()
        #expect(
            Set(elsewhere.missingSecrets.map(\.reference.name)) == [
                "corosync-key", "r-shared-secret", "two-shared-secret", "two-shared-secret-2", "xps-101-vncpasswd",
            ])
    }

    @Test("lvm/ has the volumes that DRBD and the domUs stand on, on the hosts that are said to have them, and no others")
    func volumes() {
        var host = LiveFiles()
        let resource = """
            resource r { device minor 1; meta-disk internal;
              on alice { disk /dev/vg0/r; address 192.0.2.1:1; } on bob { disk /dev/mapper/vg--1-r; address 192.0.2.2:1; } }
            resource s { device minor 2; meta-disk internal; disk /dev/vg0/s;
              on alice { address 192.0.2.1:2; } on bob { address 192.0.2.2:2; } }
            """
        for (path, text) in ["/etc/drbd.d/r.res": resource, "/etc/xen/a.cfg": "name = 'a'\ndisk = ['phy:/dev/vg0/swap,xvdb,w']\n"] {
            host.contents[path] = SourceText(path: path, text: text)
        }
        let names = ["r", "root", "s", "swap"]
        let groups = ["vg0", "vg-1", "other"].map { group in
            VolumeGroup(name: group, volumes: names.map { LogicalVolume(name: $0, size: 1 << 30) })
        }
        let texts = texts(ImportedRepository(CIB(crm: Self.live), host: host, groups: groups, layout: .split))
        #expect(
            texts["lvm/vg0.yaml"] == """
                "vg0":
                  volumes:
                    "r": {size: 1GiB, hosts: ["alice"]}
                    "s": 1GiB
                    "swap": 1GiB

                """)
        #expect(texts["lvm/vg-1.yaml"]?.contains("\"r\": {size: 1GiB, hosts: [\"bob\"]}") == true)
        #expect(texts["lvm/other.yaml"] == nil)
    }

    @Test("a domU's file that is not where the others are is said, and so is what an operator has stopped")
    func strays() {
        let live = CIB(
            crm: """
                node alice attributes standby=on
                node bob attributes maintenance=yes
                property maintenance-mode=true
                primitive c Dummy meta target-role=Slave is-managed=0
                primitive a ocf:heartbeat:Xen params xmfile=/etc/xen/a.cfg meta target-role=Stopped
                primitive b ocf:heartbeat:Xen params xmfile=/etc/xen/b.hvm meta target-role=Started
                """)
        let host = LiveFiles(contents: ["/etc/xen/a.cfg": SourceText(path: "/etc/xen/a.cfg", text: "name = 'a'\n")])
        let said = ImportedRepository(live, host: host, layout: .split).findings.map(\.message)
        #expect(said.filter { $0.contains("is not imported") }.map { $0.prefix(31) } == ["/etc/xen/b.hvm, the file of b, "])
        #expect(
            Set(said.filter { $0.contains("an operator may have set it") }.map { $0.split(separator: " ")[0] })
                == ["standby=on", "maintenance=yes", "maintenance-mode=true", "target-role=Slave", "is-managed=0", "target-role=Stopped"])
        #expect(!ImportedRepository(live, layout: .split).findings.contains { $0.message.contains("is not imported") })
    }
}

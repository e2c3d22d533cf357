import Host
import Testing

/// A secret in every place that a file has for one, and where a mistake puts it: nothing that is printed, written, noted or asked shows it.
@Suite("Planted secrets")
struct PlantedSecretTests {
    private static let planted = "Kennwort-7h1s"

    private static func resource(_ net: String) -> String {
        """
        resource r0 {
            net { \(net) }
            device minor 7;
            disk /dev/vg0/r0;
            meta-disk internal;
            on alpha { address 192.0.2.1:7788; }
            on bravo { address 192.0.2.2:7788; }
        }

        """
    }

    private static func domain(_ more: String) -> String { "name = 'vm'\ntype = 'hvm'\nmemory = 64\n\(more)\n" }

    static let files: [(path: String, text: String)] =
        [
            "shared-secret \"\(planted)\";", "shared-secret \(planted);", "shared-secre \"\(planted)\";", "shared-secret \"\(planted)\"",
            "shared-secret \"\(planted);",
            "shared-secret \(planted) \"more\";", "sharedsecret \(planted);", "shared-secret \"\(planted)\"; frobnicate;",
            "cram-hmac-alg sha1 shared-secret \(planted);",
            "shared-secret \"\(planted)\(String(repeating: "x", count: 70))\";", "# shared-secret \"\(planted)\";\nfoo;",
            "shared-secret \"\(planted)\"; shared-secret \"other\";",
        ].map { ("drbd/r0.res", resource($0)) }
        + [
            "vncpasswd = '\(planted)'", "vncpasswd = \(planted)", "vncpaswd = '\(planted)'", "vncpasswd = '\(planted)",
            "spicepasswd = \"\(planted)\" x", "vncpasswd '\(planted)'",
            "vfb = ['vnc=1,vncpasswd=\(planted)']", "vfb = ['vnc=1,vncpaswd=\(planted)']", "vfb = [vnc=1,vncpasswd=\(planted)]",
            "disk = ['vdev=xvda,format=raw,target=rbd:pool/vm:id=admin:key=\(planted):mon_host=a']",
            "disk = ['script=block-iscsi,vdev=xvdx,user=a,password=\(planted),target=x']",
            "disk = ['script=block-iscsi,vdev=xvda,target=iqn=a,user=a,password=\(planted)']", "vncpasswd = ['\(planted)']",
            "disk = ['vdev=xvda,target=iscsi://me%\(planted)@192.0.2.1/iqn.a/1']", "disk = ['vdev=xvdx,target=nbd://me:\(planted)@192.0.2.1/x']",
            "extra = 'quiet rd.iscsi.password=\(planted)'", "device_model_args = ['-object', 'secret,id=s,data=\(planted)']",
        ].map { ("xen/vm.cfg", domain($0)) }
        + [
            "totem {\n  version: 2\n  key: \(planted)\n}\n", "totem {\n  version: 2\n  key \(planted)\n  key: \(planted)\n",
            "totem {\n  key = \(planted)\n}\n",
            "totem {\n  version: 2\n  interface {\n key: \(planted)\n }\n}\n",
        ].map { ("corosync/corosync.conf", $0) }
        + [
            "primitive f stonith:fence_ipmilan params ip=192.0.2.9 passwd=\(planted)\n",
            "primitive f stonith:fence_ipmilan params ip=192.0.2.9 passwd=\"\(planted)\n",
            "primitive f stonith:fence_ipmilan params ip=192.0.2.9 pasword=\(planted) passwd=\(planted) passwd=\(planted)\n",
            "primitive f ocf:heartbeat:Dummy params fake=https://me:\(planted)@example.org/\n",
            "primitive f ocf:heartbeat:Filesystem params options=\"username=me,password=\(planted)\"\n",
            "alert f \"/usr/bin/alert\" to \"https://me:\(planted)@example.org/\"\n",
            "primitive f stonith:fence_ipmilan parms passwd=\(planted)\n",
            "xml <primitive id=\"f\" class=\"stonith\" type=\"x\"><instance_attributes id=\"i\"><nvpair id=\"n\" name=\"passwd\" value=\"\(planted)\"/></instance_attributes></primitive>\n",
        ].map { ("crm/more.crm", $0) }

    @Test("no command shows them", arguments: files.indices)
    func hidden(_ index: Int) async throws {
        let (path, text) = Self.files[index]
        let directory = try await Directory()
        let repository = try await Repository(in: directory.path)
        try repository.write("property stonith-enabled=true\n", to: "crm/cluster.crm")
        try repository.write(text, to: path)
        try await repository.push("A secret in \(path)")
        try FileTree().makeDirectory(directory.path + "/host/etc/drbd.d")
        let empty = try await Command("cibadmin", ["--empty"], limit: .seconds(30)).run().orThrow()
        try FileTree().write(empty.bytes, to: directory.path + "/cib.xml")
        let place = ["--repo", repository.address, "--state-dir", directory.path + "/state"]
        let cluster = ["--cib", directory.path + "/cib.xml", "--root", directory.path + "/host", "--cluster", "lab", "--node", "alpha"]
        let checkout = ["--repo", repository.checkout, "--worktree"]
        let record = try ProcessRecord(in: directory.path)
        for arguments in [
            ["validate"] + checkout, ["validate", "--output", "json"] + checkout, ["validate", "--output", "sarif"] + checkout,
            ["plan"] + place + cluster, ["plan", "--output", "json"] + place + cluster, ["apply"] + place + cluster,
            ["history"] + place + ["--cluster", "lab"],
        ] {
            let output = try await Coxswain.run(arguments, environment: record.environment)
            #expect(!(output.text + output.error).contains(Self.planted), "\(arguments.prefix(3))\n\(text)\n\(output.text)\(output.error)")
        }
        let notes = try await Command(
            "git", ["-C", repository.path, "grep", "-lF", Self.planted, "refs/notes/coxswain/lab/alpha"], limit: .seconds(30)
        ).run()
        #expect(notes.text.isEmpty)
        let (started, surroundings) = (try record.all(.arguments), try record.all(.environment))
        #expect(started.contains { $0.contains("/programs/git\n") }, "\(started)")
        #expect(!(started + surroundings).contains { $0.contains(Self.planted) })
    }

    @Test(
        "a password in an address is in nobody's arguments: not in git's, and not in our own",
        arguments: [["--repo", "http://me:\(planted)@127.0.0.1:9/x.git"], ["--repo=https://\(planted)@127.0.0.1:9/x.git"]])
    func address(_ words: [String]) async throws {
        let directory = try await Directory()
        let record = try ProcessRecord(in: directory.path)
        let output = try await Coxswain.run(["history"] + words + ["--state-dir", directory.path + "/state"], environment: record.environment)
        #expect(!output.succeeded && !(output.text + output.error).contains(Self.planted), "\(output.error)")
        let started = try record.all(.arguments)
        #expect(started.contains { $0.contains("fetch") || $0.contains("ls-remote") } && started.contains { $0.contains("127.0.0.1:9/x.git") })
        #expect(started.contains { $0.contains("coxswain\nhistory\n") && $0.contains("***") }, "\(started)")
        #expect(!started.contains { $0.contains(Self.planted) })
    }
}

internal import DRBDSyntax
internal import Diagnostics
internal import Repository

/// What a commit of the sample repository holds: a few features, each with its variants.
struct Contents: Hashable, CustomStringConvertible {
    enum Web: CaseIterable { case absent, plain, larger, tuned, reparameterized, renamed, moved }
    enum Database: CaseIterable {
        case absent, plain, larger, renamed, onWebsMinor
        /// Where it runs there is nothing left for the address.
        case hungry

        /// What is drawn for a change.
        static let common: [Database] = [.absent, .plain, .larger, .renamed, .onWebsMinor]
    }
    enum Address: CaseIterable {
        case absent, plain, other, broken, flapping
        /// Its monitor fails some seconds after each start; its start takes minutes.
        case ailing, hanging

        static let common: [Address] = [.absent, .plain, .other, .broken, .flapping]
    }
    /// Whether lvm/ declares the disks of the DRBD resources, and how large.
    enum Volumes: CaseIterable { case undeclared, plain, larger }
    /// Where the files of the domUs lie: on each host; where a cluster file system is going to be; on that; or on one that can't be mounted.
    enum Storage: CaseIterable { case local, announced, shared, broken }
    enum Text: CaseIterable { case valid, invalid }

    /// A domU on DRBD.
    var web = Web.plain
    /// Another one.
    var database = Database.absent
    /// A resource that has nothing on any host.
    var address = Address.plain
    var volumes = Volumes.undeclared
    var storage = Storage.local
    var text = Text.valid
    /// What coxswain.yaml says about drift, in YAML.
    var drift = ""
    var rollback = Policy.Rollback.auto
    /// Whether an option lets nothing run at all.
    var stopsAll = false

    var description: String {
        "web=\(web) db=\(database) ip=\(address)" + (volumes == .undeclared ? "" : " lv=\(volumes)") + (storage == .local ? "" : " fs=\(storage)")
            + (text == .valid ? "" : " \(text)") + (rollback == .auto ? "" : " rollback=\(rollback)")
            + (stopsAll ? " stop-all" : "")
    }

    /// Whether everything in it starts.
    var isSound: Bool {
        text == .valid && [.absent, .plain, .other].contains(address) && storage != .broken && database != .hungry && !stopsAll
    }

    /// The same, with what is wrong in it made good.
    var mended: Contents {
        var contents = self
        contents.text = .valid
        contents.stopsAll = false
        if ![.absent, .plain, .other].contains(address) { contents.address = .plain }
        if storage == .broken { contents.storage = .shared }
        if database == .hungry { contents.database = .plain }
        return contents
    }

    var hasDomains: Bool { web != .absent || database != .absent }

    var xenDirectory: String { storage == .local ? "/etc/xen" : "/cluster/xen" }
}

extension Contents {
    var files: [(path: String, text: SourceText)] {
        let policy = "hosts:\n  xen: \(xenDirectory)\n" + (rollback == .auto ? "" : "rollback: \(rollback)\n") + drift
        let all = [("coxswain.yaml", policy), ("crm/cluster.crm", crm)] + drbd + xen + lvm
        return all.map { ($0, SourceText(path: $0, text: $1)) }
    }

    private var crm: String {
        var lines: [String] = []
        if address != .absent {
            let parameter =
                switch address {
                case .other: "10.0.0.2"
                case .broken: "10.0.0.13"
                case .flapping: "10.0.0.14"
                case .ailing: "10.0.0.15"
                case .hanging: "10.0.0.16"
                case .absent, .plain: "10.0.0.1"
                }
            lines.append("primitive ip ocf:heartbeat:IPaddr2 params ip=\(parameter) op monitor interval=10s")
        }
        if storage == .shared || storage == .broken { lines += fileSystem }
        if web != .absent { lines += domain("web", drbd: "web", extra: web == .reparameterized ? " meta priority=5" : "") }
        if database != .absent { lines += domain("db", drbd: database == .renamed ? "store" : "db", extra: "") }
        if stopsAll { lines.append("property cib-bootstrap-options: stop-all-resources=true") }
        if text == .invalid { lines.append("primitive") }
        return lines.joined(separator: "\n") + "\n"
    }

    private var fileSystem: [String] {
        [
            "primitive fs ocf:heartbeat:Filesystem params device=\"/dev/san/\(storage == .broken ? "broken" : "cluster")\" directory=\"/cluster\" fstype=ocfs2 op monitor interval=20s",
            "clone cl-fs fs meta interleave=true",
        ]
    }

    private func domain(_ name: String, drbd: String, extra: String) -> [String] {
        let ties = ["colocation \(name)-on-fs inf: \(name) cl-fs", "order fs-before-\(name) inf: cl-fs \(name)"]
        return [
            "primitive drbd-\(name) ocf:linbit:drbd params drbd_resource=\(drbd)"
                + " op monitor interval=20s role=Master op monitor interval=30s role=Slave",
            "ms ms-\(name) drbd-\(name) meta master-max=1 clone-max=2 notify=true interleave=true",
            "primitive \(name) ocf:heartbeat:Xen params xmfile=\"\(xenDirectory)/\(name).cfg\" op monitor interval=10s\(extra)",
            "colocation \(name)-on-drbd inf: \(name) ms-\(name):Master",
            "order drbd-before-\(name) inf: ms-\(name):promote \(name):start",
        ] + (storage == .shared || storage == .broken ? ties : [])
    }

    private var drbd: [(String, String)] {
        var files: [(String, String)] = []
        if web != .absent {
            files.append(("drbd/web.res", resource("web", minor: 1, disk: web == .moved ? "web-new" : "web", buffers: web == .tuned ? 9000 : 8000)))
        }
        switch database {
        case .absent: break
        case .plain, .larger, .hungry: files.append(("drbd/db.res", resource("db", minor: 2, disk: "db", buffers: 8000)))
        case .renamed: files.append(("drbd/store.res", resource("store", minor: 2, disk: "db", buffers: 8000)))
        case .onWebsMinor: files.append(("drbd/db.res", resource("db", minor: 1, disk: "web", buffers: 8000)))
        }
        return files
    }

    private func resource(_ name: String, minor: Int, disk: String, buffers: Int) -> String {
        """
        resource \(name) {
          net { max-buffers \(buffers); }
          device /dev/drbd\(minor);
          disk /dev/vg0/\(disk);
          meta-disk internal;
          on alpha { address 10.1.0.1:\(7000 + minor); }
          on bravo { address 10.1.0.2:\(7000 + minor); }
        }

        """
    }

    /// The logical volumes that its DRBD resources stand on.
    var disks: [String] {
        let webs: [String] = web == .absent ? [] : [web == .moved ? "web-new" : "web"]
        switch database {
        case .absent: return webs
        case .plain, .larger, .renamed, .hungry: return webs + ["db"]
        case .onWebsMinor: return Array(Set(webs + ["web"])).sorted()
        }
    }

    /// Bytes, of each.
    var diskSize: Int { volumes == .larger ? 8 << 30 : 4 << 30 }

    private var lvm: [(String, String)] {
        guard volumes != .undeclared else { return [] }
        let lines = disks.map { "    \($0): \(diskSize >> 30)GiB\n" }
        return [("lvm/vg0.yaml", "vg0:\n  hosts: [alpha, bravo]\n  volumes:\(lines.isEmpty ? " {}" : "")\n" + lines.joined())]
    }

    private var xen: [(String, String)] {
        var files: [(String, String)] = []
        if web != .absent {
            files.append(("xen/web.cfg", configuration(web == .renamed ? "www" : "web", minor: 1, memory: web == .larger ? 2048 : 1024)))
        }
        if database != .absent {
            let minor = database == .onWebsMinor ? 1 : 2
            files.append(("xen/db.cfg", configuration("db", minor: minor, memory: database == .larger ? 2048 : database == .hungry ? 9000 : 1024)))
        }
        return files
    }

    private func configuration(_ name: String, minor: Int, memory: Int) -> String {
        "name = \"\(name)\"\nmemory = \(memory)\nvcpus = 2\ndisk = [ \"phy:/dev/drbd\(minor),xvda,w\" ]\n"
    }
}

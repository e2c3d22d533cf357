/// The tutorial's cluster on real hosts: what differs from examples-repo, and what an administrator does by hand there.
enum TutorialText {
    /// The peer of a Primary that is lost is kept from being promoted, by a constraint that goes when it is in sync again.
    /// As DRBD 8.4 writes it, the module of Debian's kernel.
    static let drbdDefaults = """
        global {
        	usage-count no;
        }

        common {
        	handlers {
        		fence-peer "/usr/lib/drbd/crm-fence-peer.sh";
        		after-resync-target "/usr/lib/drbd/crm-unfence-peer.sh";
        	}
        	disk {
        		fencing resource-only;
        	}
        }

        """

    /// A guest without firmware that an emulated processor starts in some seconds; type and clock let it migrate live.
    static let guest = """
        name = "xps-101"
        type = "pvh"
        kernel = "/lab/vmlinux"
        ramdisk = "/lab/guest.gz"
        extra = "console=hvc0 quiet rdinit=/init"
        memory = 128
        maxmem = 128
        tsc_mode = "native"
        disk = [ "phy:/dev/drbd/by-res/xps-101,xvda,w" ]
        vif = [ "mac=00:16:3e:01:01:01,bridge=xenbr0" ]

        """

    /// What each host follows. Its services wait for this file.
    static let following = """
        repo: git://198.51.100.1/cluster.git
        cluster: lab
        interval: 8

        """
}

extension Repository {
    /// The tutorial's cluster without a guest: options, DRBD, the file system on it.
    func writeCluster() throws {
        try write("cluster: lab\nhosts:\n  drbd: /etc/drbd.d\n  xen: /cluster/xen\nhealth:\n  limit: 900\n  stable: 5\n", to: "coxswain.yaml")
        try takeOver("crm/cluster.crm")
    }

    func writeFileSystem() throws {
        try takeOver("crm/storage.crm", "drbd/cluster-ocfs.res")
        try write(TutorialText.drbdDefaults, to: "drbd/global_common.conf")
        try allowTime(in: "crm/storage.crm")
    }

    func writeGuest() throws {
        try takeOver("crm/xps-101.crm", "drbd/xps-101.res")
        try write(TutorialText.guest, to: "xen/xps-101.cfg")
        try edit("crm/xps-101.crm", " shutdown_acpi=true", "")
        try allowTime(in: "crm/xps-101.crm")
    }

    /// An emulated processor is slower than the hosts that the timeouts of the tutorial were made for, and the monitors alone would keep it busy:
    /// it starts some five processes a second.
    private func allowTime(in name: String) throws {
        for (seconds, more) in [("10s", "61s"), ("20s", "121s"), ("29s", "179s"), ("31s", "187s")] {
            let text = try text(of: name)
            if text.contains("interval=\(seconds)") { try edit(name, "interval=\(seconds)", "interval=\(more)") }
        }
        for seconds in ["20s", "30s", "40s", "60s", "90s", "100s", "120s"] {
            let text = try text(of: name)
            if text.contains("timeout=\(seconds)") { try edit(name, "timeout=\(seconds)", "timeout=400s") }
        }
    }
}

extension Hosts {
    /// A logical volume on both hosts with DRBD's metadata, its two sides equal: what an administrator does where something has to be on the
    /// device before the cluster mounts it.
    ///
    /// - Parameter afterwards: what is done with the new device on the first host while it is Primary there.
    func makeVolume(_ name: String, _ size: String, configuration: String, afterwards: String = "true") async throws {
        let file = "/root/\(name).conf"
        let drbdadm = "drbdadm --config-file=\(file)"
        for node in Self.nodes {
            try await sh(
                node,
                """
                set -e
                lvcreate --quiet --yes --wipesignatures n --size \(size) --name \(name) vg0
                cat > \(file) << 'CONFIGURATION'
                global { usage-count no; }
                \(configuration)
                CONFIGURATION
                \(drbdadm) create-md --force \(name)
                \(drbdadm) up \(name)
                """)
        }
        try await sh(Self.nodes[0], "\(drbdadm) wait-connect \(name) && \(drbdadm) -- --clear-bitmap new-current-uuid \(name)")
        // A file system that was unmounted lets go of its device a moment later: OCFS2 ends its heartbeat on it from a process of its own.
        let demote = "for i in $(seq 60); do \(drbdadm) secondary \(name) && exit 0; sleep 1; done; exit 1"
        try await sh(Self.nodes[0], "set -e; \(drbdadm) primary \(name); \(afterwards); \(demote)")
        for node in Self.nodes { try await sh(node, "\(drbdadm) down \(name) && rm \(file)") }
    }
}

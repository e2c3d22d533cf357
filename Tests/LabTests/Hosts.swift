import Glibc
import Host

/// Two real hosts as `deploy/lab hosts` makes them: Xen, DRBD's own module, LVM, OCFS2 and Pacemaker, each host a virtual machine.
struct Hosts: Sendable {
    let name: String
    static let nodes = ["alpha", "bravo"]
    private static let program = Lab.package + "/deploy/lab"

    static var areDemanded: Bool { getenv("COXSWAIN_HOSTS") != nil }

    /// Why no hosts can run on this machine; nil where they can.
    static func reasonAgainst() async throws -> String? {
        let check = try await Command(program, ["hosts", "check"], limit: .seconds(60)).run()
        return check.succeeded ? nil : (check.error + check.text).trimmed
    }

    /// Two hosts for the time of the closure: booted, and one cluster. They end with this process too, however that ends.
    static func with(_ body: (Hosts) async throws -> Void) async throws {
        let hosts = Hosts(name: "test-\(getpid())")
        try await hosts.control(["up", "\(nodes.count)"] + nodes, limit: .seconds(1800))
        do {
            try await body(hosts)
        } catch {
            try await hosts.control(["down"])
            throw error
        }
        try await hosts.control(["down"])
    }

    // MARK: Power

    func kill(_ node: String) async throws { try await control(["kill", node]) }

    /// Switches a host on. It boots by itself, and starts its services in the order of their units.
    func start(_ node: String) async throws { try await control(["start", node]) }

    private func control(_ words: [String], limit: Duration = .seconds(300)) async throws {
        _ = try await command(words, limit: limit).run().orThrow()
    }

    // MARK: On a host

    /// What a shell line prints on a host; it must succeed.
    @discardableResult
    func sh(_ node: String, _ line: String, limit: Duration = .seconds(300)) async throws -> String {
        try await run(node, line, limit).orThrow().text.trimmed
    }

    /// Whether a shell line succeeds on a host. One that is off, or still boots, makes nothing hold.
    func holds(_ node: String, _ line: String) async throws -> Bool {
        try await run(node, line, .seconds(300)).succeeded
    }

    private func run(_ node: String, _ line: String, _ limit: Duration) async throws -> Output {
        try await command(["exec", node, "sh", "-c", line], limit: limit).run()
    }

    /// Where this machine sees the directory of the git server that the hosts reach.
    func gitDirectory() async throws -> String {
        try await command(["path"], limit: .seconds(60)).run().orThrow().text.trimmed + "/git"
    }

    private func command(_ words: [String], limit: Duration) -> Command {
        let program = getenv("COXSWAIN").map { String(cString: $0) } ?? Coxswain.program
        return Command(
            Self.program, ["hosts", "--name", name] + words,
            environment: ["LAB_OWNER": "\(getpid())", "LAB_CLUSTER": "lab", "COXSWAIN": program], limit: limit)
    }
}

extension Hosts {
    /// Looks again and again until the world is so, with pauses: each look takes a host a good part of a second.
    func eventually(_ what: String, within limit: Duration, _ holds: () async throws -> Bool) async throws {
        let deadline = ContinuousClock.now + limit
        while try await !holds() {
            guard ContinuousClock.now < deadline else { throw NeverSo(what: what, limit: limit) }
            try await Task.sleep(for: .seconds(4))
        }
    }

    // MARK: What the hosts themselves say

    /// The roles of a DRBD resource as the module has them, "Primary/Primary"; empty where the module does not know it.
    func roles(_ resource: String, on node: String) async throws -> String {
        try await sh(node, "drbdadm role \(resource) 2> /dev/null || true")
    }

    /// Waits until both disks of a resource are as good as each other.
    func expectInSync(_ resource: String, on node: String) async throws {
        try await eventually("\(resource) is UpToDate on both hosts", within: .seconds(600)) {
            try await sh(node, "drbdadm dstate \(resource) 2> /dev/null || true") == "UpToDate/UpToDate"
        }
    }

    /// The host whose hypervisor runs a guest; nil when neither does. To run on both is an error.
    func place(of guest: String) async throws -> String? {
        var places = try await hypervisors(running: guest)
        if places.count > 1 { places = try await hypervisors(running: guest) }  // it may have moved between two looks
        guard places.count < 2 else { throw RunsTwice(guest: guest) }
        return places.first
    }

    private func hypervisors(running guest: String) async throws -> [String] {
        var found: [String] = []
        for node in Self.nodes where try await holds(node, "xl list \(guest)") { found.append(node) }
        return found
    }

    struct RunsTwice: Error { let guest: String }

    func stickiness(on node: String) async throws -> String {
        try await sh(node, "crm_attribute --type rsc_defaults --name resource-stickiness --query --quiet 2> /dev/null || true")
    }

    /// A checksum of the configuration, and one of every file that a commit may touch.
    func fingerprint(_ node: String) async throws -> String {
        try await sh(node, "cibadmin --query --scope configuration | md5sum; md5sum /etc/drbd.d/* /cluster/xen/*")
    }
}

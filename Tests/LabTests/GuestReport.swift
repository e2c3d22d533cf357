import Testing

/// What a guest of the lab tells from inside: it writes it to its disk, where its host can read it (deploy/lab.d/hosts/inside/guest).
struct GuestReport: Equatable {
    /// How often the guest was started on this disk.
    let starts: Int
    /// The checksum of its data, as that start has read it.
    let sum: String
    let tick: Int

    /// Reads it past the host's own cache.
    init?(from device: String, on node: String, of hosts: Hosts) async throws {
        func read(_ sector: Int) async throws -> [Substring] {
            let line = "dd if=\(device) iflag=direct bs=512 skip=\(sector) count=1 2> /dev/null | tr -d '\\000'"
            return try await hosts.sh(node, line).split(whereSeparator: \.isWhitespace)
        }
        let (boot, tick) = (try await read(16), try await read(8))
        guard boot.count == 4, boot[0] == "boot", boot[2] == "sum", tick.count == 2, let starts = Int(boot[1]),
            let count = Int(tick[1])
        else { return nil }
        self.starts = starts
        sum = String(boot[3])
        self.tick = count
    }

    /// The checksum of the data on a disk that no guest uses.
    static func sum(of device: String, on node: String, of hosts: Hosts) async throws -> String {
        let line = "dd if=\(device) iflag=direct bs=1M skip=1 count=1 2> /dev/null | sha256sum"
        return try await String(hosts.sh(node, line).prefix { $0 != " " })
    }
}

extension Hosts {
    /// Waits until the guest runs and writes, and returns what it says.
    /// - Parameter starts: how often it has to have been started at least.
    func report(of guest: String, starts: Int) async throws -> (place: String, report: GuestReport) {
        var found: (String, GuestReport)?
        try await eventually("\(guest) runs, start \(starts)", within: .seconds(1200)) {
            guard let place = try await place(of: guest),
                let report = try await GuestReport(from: "/dev/drbd/by-res/\(guest)", on: place, of: self), report.starts >= starts
            else { return false }
            found = (place, report)
            return true
        }
        return try #require(found)
    }

    /// Waits until the guest has written once more: it lives, and its disk takes its writes.
    func expectWrites(_ guest: String, after report: GuestReport, on node: String) async throws {
        try await eventually("\(guest) writes on \(node)", within: .seconds(300)) {
            let now = try await GuestReport(from: "/dev/drbd/by-res/\(guest)", on: node, of: self)
            return now.map { $0.starts == report.starts && $0.tick > report.tick } ?? false
        }
    }
}

extension DRBDResource {
    /// The node-id of each host, in the order of `hosts`: what the file says; of two hosts for which it says nothing, what DRBD 9 gives them.
    ///
    /// "This is drbd-8.3 / drbd-8.4 compatibility, auto created node-id" (drbdadm_postparse.c): the host whose address has the greater
    /// checksum is 0. So another address may give both of them other ids.
    public var nodeIDs: [Int?] {
        let hosts = hosts
        let sums = hosts.compactMap { $0.address.map(Self.checksum) }
        guard hosts.count == 2, sums.count == 2, sums[0] != sums[1], hosts.allSatisfy({ $0.nodeID == nil }) else { return hosts.map(\.nodeID) }
        // They are compared as signed numbers there.
        return sums[0] > sums[1] ? [0, 1] : [1, 0]
    }

    /// CRC-32C of the address alone, as `crc32c` (drbdtool_common.c) computes it.
    private static func checksum(of address: String) -> Int32 {
        let host = address.split(separator: " ").last.map { $0.prefix(upTo: $0.lastIndex(of: ":") ?? $0.endIndex) } ?? ""
        let sum: UInt32 = host.utf8.lazy.filter { $0 != UInt8(ascii: "[") && $0 != UInt8(ascii: "]") }.reduce(0x1A65_6F21) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in sum & 1 == 0 ? sum >> 1 : sum >> 1 ^ 0x82F6_3B78 }
        }
        return Int32(bitPattern: sum)
    }
}

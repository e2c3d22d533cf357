extension Parameter {
    static let comparisons = ["eq", "ne", "gt", "ge", "lt", "le"].map {
        Parameter("require-drbd-module-version-\($0)", .text(), in: .v9)
    }

    static let device = [
        Parameter("device", .device), Parameter("disk", .text()), Parameter("meta-disk", .metaDisk),
        Parameter("flexible-meta-disk", .text()),
    ]

    static let shared =
        device + [
            Parameter("protocol", .anyCaseWord(["A", "B", "C"])), Parameter("ignore-on", .text(), in: .before9),
        ]

    static let host = [
        Parameter("address", .address), Parameter("alternate-link-address", .address, in: .v84),
        Parameter("node-id", .number(0...32), in: .v9),
    ]

    static let peers = ["host", "address", "_this_host", "_remote_host"].map { Parameter($0, .anything, in: .v9) }

    static let startup = [
        Parameter("wfc-timeout", .number(0...300_000)), Parameter("degr-wfc-timeout", .number(0...300_000)),
        Parameter("outdated-wfc-timeout", .number(0...300_000)), Parameter("wait-after-sb", .boolean),
        Parameter("become-primary-on", .anything), Parameter("stacked-timeouts", .flag),
    ]

    static let handlers =
        [
            "pri-on-incon-degr", "pri-lost-after-sb", "pri-lost", "initial-split-brain", "split-brain", "outdate-peer", "fence-peer",
            "local-io-error", "before-resync-target", "after-resync-target", "before-resync-source", "out-of-sync",
        ].map { Parameter($0, .text()) } + [
            Parameter("unfence-peer", .text(), in: .since84), Parameter("quorum-lost", .text(), in: .v9),
            Parameter("disconnected", .text(), in: .v9),
        ]

    static let proxy =
        ["memlimit", "read-loops", "compression"].map { Parameter($0, .number(0...UInt64.max)) } + [
            Parameter("bwlimit", .number(0...UInt64.max), in: .since84), Parameter("sndbuf-size", .number(0...10_485_760)),
            Parameter("rcvbuf-size", .number(0...10_485_760)), Parameter("ping-timeout", .number(1...300)),
        ]

    /// 8.3 and 8.4 take them in every section of options, and do nothing.
    static let retired = ["delay-probe-volume", "delay-probe-interval", "throttle-threshold", "hold-off-threshold"].map {
        Parameter($0, .text(), in: .before9)
    }

    /// What 8.4 takes in proxy for no reason but how its scanner counts, and never looks at again.
    static let idleInProxy =
        ["verify-alg", "csums-alg", "al-extents", "after", "cpu-mask", "on-no-data-accessible"].map { Parameter($0, .text(), in: .v84) }
        + syncer.filter { $0.name == "rate" || $0.name.hasPrefix("c-") }.map { $0.known(to: .v84).only(in: .v84) }

    /// What 8.3 has there; 9 reads every option of net, disk and options too, but none of the peer's devices.
    static let syncer: [Parameter] =
        [
            Parameter("verify-alg", .text(63)), Parameter("csums-alg", .text(63)), Parameter("use-rle", .boolean),
            Parameter("al-extents", .number(0...UInt64.max)), Parameter("after", .text()), Parameter("cpu-mask", .text(907)),
            Parameter("on-no-data-accessible", .word(["io-error", "suspend-io"])),
            Parameter("rate", .number(1...4_194_304, .kibi), in: .before9),
        ] + retired.map { $0.only(in: .v83) } + peerDevice.filter { $0.name.hasPrefix("c-") }.map { $0.only(in: .before9) }
        + (net + disk + resourceOptions).filter { $0.dialects.contains(.v9) }.map { $0.only(in: .v9) }
}

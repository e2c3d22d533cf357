extension Parameter {
    // Words, ranges, units and defaults are those of `drbdsetup xml-help` of 9, and of 8.4 for what 9 no longer has. 8.3 takes
    // less of some, but no word tells a file of its from one of 8.4, which takes it all.

    static let net: [Parameter] = [
        Parameter("protocol", .anyCaseWord(["A", "B", "C"]), in: .since84, usual: "C"),
        Parameter("timeout", .number(1...600), usual: "60"),
        Parameter("max-epoch-size", .number(1...20_000), usual: "2048"),
        Parameter("max-buffers", .number(32...131_072), usual: "2048"),
        Parameter("unplug-watermark", .number(1...131_072), in: .before9),
        Parameter("connect-int", .number(1...120), usual: "10"),
        Parameter("ping-int", .number(1...120), usual: "10"),
        Parameter("ping-timeout", .number(1...300), usual: "5"),
        Parameter("sndbuf-size", .number(0...10_485_760), usual: "0"),
        Parameter("rcvbuf-size", .number(0...10_485_760), usual: "0"),
        Parameter("ko-count", .number(0...200), usual: "7"),
        Parameter("allow-two-primaries", .boolean, usual: "no"),
        Parameter("allow-remote-read", .boolean, in: .v9, usual: "yes"),
        Parameter("always-asbp", .boolean, usual: "no"),
        Parameter("cram-hmac-alg", .text(63)),
        Parameter("shared-secret", .text(63)),
        Parameter("data-integrity-alg", .text(63)),
        Parameter("csums-alg", .text(63), in: .since84),
        Parameter("csums-after-crash-only", .boolean, in: .since84, usual: "no"),
        Parameter("verify-alg", .text(63), in: .since84),
        Parameter("use-rle", .boolean, in: .since84, usual: "yes"),
        Parameter(
            "after-sb-0pri",
            .word([
                "disconnect", "discard-younger-primary", "discard-older-primary", "discard-zero-changes", "discard-least-changes",
                "discard-local", "discard-remote",
            ]), usual: "disconnect"),
        Parameter(
            "after-sb-1pri", .word(["disconnect", "consensus", "discard-secondary", "call-pri-lost-after-sb", "violently-as0p"]),
            usual: "disconnect"),
        Parameter("after-sb-2pri", .word(["disconnect", "call-pri-lost-after-sb", "violently-as0p"]), usual: "disconnect"),
        Parameter(
            "rr-conflict", .word(["disconnect", "call-pri-lost", "violently", "retry-connect", "auto-discard"]), usual: "disconnect",
            former: .word(["disconnect", "call-pri-lost", "violently"])),
        Parameter("tcp-cork", .boolean, in: .since84, usual: "yes"),
        Parameter("on-congestion", .word(["block", "pull-ahead", "disconnect"]), usual: "block"),
        Parameter("congestion-fill", .number(0...20_971_520, .sectors), usual: "0"),
        Parameter("congestion-extents", .number(67...65_534), usual: "1237"),
        Parameter("socket-check-timeout", .number(0...300), in: .since84, usual: "0"),
        Parameter("fencing", .word(["dont-care", "resource-only", "resource-and-stonith"]), in: .v9, usual: "dont-care"),
        Parameter("transport", .text(), in: .v9),
        Parameter("_name", .text(63), in: .v9),
    ]

    static let disk: [Parameter] = [
        Parameter("size", .number(0...2_199_023_255_552, .sectors), usual: "0"),
        Parameter("on-io-error", .word(["pass_on", "call-local-io-error", "detach"]), usual: "detach"),
        Parameter("fencing", .word(["dont-care", "resource-only", "resource-and-stonith"]), in: .before9),
        Parameter("disk-barrier", .boolean, in: .since84, usual: "no"),
        Parameter("disk-flushes", .boolean, in: .since84, usual: "yes"),
        Parameter("disk-drain", .boolean, in: .since84, usual: "yes"),
        Parameter("md-flushes", .boolean, in: .since84, usual: "yes"),
        Parameter("resync-after", .text(), in: .since84),
        Parameter("after", .text(), in: .v84),
        // What is out of range is clamped (drbd-utils, config_flags.c), and so any number is right.
        Parameter("al-extents", .number(0...UInt64.max), in: .since84, usual: "1237"),
        Parameter("al-updates", .boolean, in: .since84, usual: "yes"),
        Parameter("discard-zeroes-if-aligned", .boolean, in: .since84, usual: "yes"),
        Parameter("disable-write-same", .boolean, in: .since84, usual: "no"),
        Parameter("disk-timeout", .number(0...6_000), usual: "0"),
        Parameter(
            "read-balancing",
            .word([
                "prefer-local", "prefer-remote", "round-robin", "least-pending", "when-congested-remote", "32K-striping", "64K-striping",
                "128K-striping", "256K-striping", "512K-striping", "1M-striping",
            ]), in: .since84, usual: "prefer-local"),
        Parameter("rs-discard-granularity", .number(0...1_048_576), in: .since84, usual: "0"),
        Parameter("max-bio-bvecs", .number(0...128), in: .before9),
        Parameter("use-bmbv", .boolean, in: .before9),
        Parameter("rate", .number(1...4_194_304, .kibi), in: .v84),
    ]

    /// "they can be specified in any disk options section as well" (drbd.conf(5), 9.0)
    static let peerDevice: [Parameter] = [
        Parameter("resync-rate", .number(1...8_388_608, .kibi), in: .since84, usual: "250", former: .number(1...4_194_304, .kibi)),
        Parameter("c-plan-ahead", .number(0...300), in: .since84, usual: "20"),
        Parameter("c-delay-target", .number(1...100), in: .since84, usual: "10"),
        Parameter("c-fill-target", .number(0...1_048_576, .sectors), in: .since84, usual: "100"),
        Parameter("c-max-rate", .number(0...4_194_304, .kibi), in: .since84, usual: "102400", former: .number(250...4_194_304, .kibi)),
        Parameter("c-min-rate", .number(0...4_194_304, .kibi), in: .since84, usual: "250"),
        Parameter("bitmap", .boolean, in: .v9, usual: "yes"),
    ]

    static let resourceOptions: [Parameter] = [
        Parameter("cpu-mask", .text(907), in: .since84),
        Parameter("on-no-data-accessible", .word(["io-error", "suspend-io"]), in: .since84, usual: "io-error"),
        Parameter("auto-promote", .boolean, in: .v9, usual: "yes"),
        Parameter("auto-promote-timeout", .number(0...600), in: .v9, usual: "20"),
        Parameter("peer-ack-window", .number(2_048...204_800, .sectors), in: .v9, usual: "4096"),
        Parameter("peer-ack-delay", .number(1...10_000), in: .v9, usual: "100"),
        Parameter("twopc-timeout", .number(50...600), in: .v9, usual: "300"),
        Parameter("twopc-retry-timeout", .number(1...50), in: .v9, usual: "1"),
        Parameter("max-io-depth", .number(4...4_294_967_295), in: .v9, usual: "8000"),
        Parameter("quorum", .numberOrWord(1...32, ["off", "majority", "all"]), in: .v9, usual: "off"),
        Parameter("quorum-minimum-redundancy", .numberOrWord(1...32, ["off", "majority", "all"]), in: .v9, usual: "off"),
        Parameter("on-no-quorum", .word(["io-error", "suspend-io"]), in: .v9),
        Parameter("on-suspended-primary-outdated", .word(["disconnect", "force-secondary"]), in: .v9),
    ]
}

extension Parameter {
    /// Whether 8.3 and 8.4 look at the value too: `RC(TIMEOUT)` and its like in drbdadm_scanner.fl.
    static func isJudgedByAll(_ name: String) -> Bool { judgedByAll.contains(name) }

    /// Whether 9 reads it without its value, and then does what it would do without it.
    static func mayLackValue(_ name: String) -> Bool { options[name] != nil || others.contains(name) }

    private static let others = Set((handlers + startup + proxy).map(\.name)).subtracting(["become-primary-on"])

    /// Whether it stands in a section of options.
    var isOption: Bool { Self.options[name] != nil && form != .boolean }

    private static let judgedByAll: Set<String> = [
        "size", "timeout", "ko-count", "ping-int", "max-buffers", "sndbuf-size", "rcvbuf-size", "connect-int", "max-epoch-size", "congestion-fill",
        "congestion-extents", "rate", "resync-rate", "c-plan-ahead", "c-delay-target", "c-fill-target", "c-max-rate", "c-min-rate",
        "wfc-timeout", "degr-wfc-timeout", "outdated-wfc-timeout", "minor-count", "dialog-refresh", "cmd-timeout-short", "cmd-timeout-medium",
        "cmd-timeout-long", "usage-count",
    ]
}

/// The keywords that statements begin with, of DRBD 8.3 to 9. A word that is missing here is read all the same;
/// the list only serves to notice a forgotten `;`.
enum Keywords {
    static let all: Set<String> = sections.union(parameters)

    private static let sections: Set<String> = [
        "global", "common", "resource", "skip", "include", "on", "floating", "stacked-on-top-of", "volume",
        "connection",
        "connection-mesh", "path", "net", "disk", "syncer", "startup", "handlers", "options", "proxy", "plugin",
    ]

    private static let parameters: Set<String> = [
        "address", "after-resync-target", "after-sb-0pri", "after-sb-1pri", "after-sb-2pri", "al-extents", "al-updates",
        "allow-remote-read", "allow-two-primaries", "always-asbp", "auto-promote", "become-primary-on",
        "before-resync-source", "before-resync-target", "c-delay-target", "c-fill-target", "c-max-rate", "c-min-rate",
        "c-plan-ahead", "congestion-extents", "congestion-fill", "connect-int", "cpu-mask", "cram-hmac-alg",
        "csums-alg",
        "data-integrity-alg", "degr-wfc-timeout", "device", "dialog-refresh", "disable-ip-verification", "disk-barrier",
        "disk-drain", "disk-flushes", "disk-timeout", "fence-peer", "fencing", "flexible-meta-disk", "host", "hosts",
        "initial-split-brain", "ko-count", "local-io-error", "max-buffers", "max-epoch-size", "md-flushes", "meta-disk",
        "minor-count", "no-disk-barrier", "no-disk-drain", "no-disk-flushes", "no-md-flushes", "no-tcp-cork", "node-id",
        "on-congestion", "on-io-error", "on-no-data-accessible", "on-no-quorum", "out-of-sync", "outdated-wfc-timeout",
        "peer-ack-delay", "peer-ack-window", "ping-int", "ping-timeout", "pri-lost", "pri-lost-after-sb",
        "pri-on-incon-degr", "protocol", "quorum", "quorum-lost", "quorum-minimum-redundancy", "rate", "rcvbuf-size",
        "read-balancing", "resync-after", "resync-rate", "rr-conflict", "rs-discard-granularity", "shared-secret",
        "size",
        "sndbuf-size", "socket-check-timeout", "split-brain", "stacked-timeouts", "tcp-cork", "timeout", "transport",
        "unfence-peer", "usage-count", "use-rle", "verify-alg", "wait-after-sb", "wfc-timeout",
    ]
}

extension CorosyncSection {
    /// The sections and keys of corosync 3.1.7: corosync.conf(5), votequorum(5), corosync-qdevice(8), and what its parser reads
    /// besides.
    static let file = CorosyncSection(
        keys: [:],
        sections: [
            "totem": totem, "logging": logging, "quorum": quorum, "nodelist": CorosyncSection(keys: [:], sections: ["node": node]),
            "system": system, "resources": resources, "nozzle": nozzle,
            "uidgid": CorosyncSection(keys: ["uid": .text, "gid": .text]),
        ],
        former: [
            "service": "remove the section: services of corosync are built in, and Pacemaker is a service of systemd",
            "aisexec": "remove the section; uidgid { } says who may talk to corosync",
            "amf": "remove the section", "compatibility": "remove the key", "logger": "write logger_subsys { } within logging { }",
            "event": "remove the section", "pload": "remove the section",
        ])

    static func isOfInterface(_ key: String) -> Bool { interface.keys[key] != nil }

    // MARK: totem

    /// The least time that totem takes, in milliseconds: "The minimum is 30 milliseconds." (corosync.conf(5))
    private static let timeout = CorosyncValue.atLeast(30)

    private static let totem = CorosyncSection(
        keys: totemNumbers.merging(
            [
                "version": .number(2...2), "config_version": .number(0...Int.max), "cluster_name": .text,
                // Written by pcs.
                "cluster_uuid": .text,
                "transport": .choice(["knet", "udpu", "udp"]), "link_mode": .choice(["passive", "active", "rr"]),
                "ip_version": .choice(["ipv4", "ipv6", "ipv4-6", "ipv6-4"]),
                "crypto_model": .choice(["nss", "openssl"]), "crypto_cipher": .choice(["none", "aes256", "aes192", "aes128"]),
                "crypto_hash": .choice(["none", "md5", "sha1", "sha256", "sha384", "sha512"]),
                "secauth": .silentChoice(["on", "off"]), "keyfile": .text, "key": .text,
                "clear_node_high_bit": .silentChoice(["yes", "no"]), "block_unlisted_ips": .silentChoice(["yes", "no"]),
                "cancel_token_hold_on_retransmit": .silentChoice(["yes", "no"]),
                // "The default is 'none'." (corosync.conf(5)) But to say so is refused.
                "knet_compression_model": .choice(["zlib", "lz4", "lz4hc", "lzo2", "lzma", "bzip2", "zstd"]),
                "knet_compression_level": .number(Int(Int32.min)...Int(Int32.max)),
            ], uniquingKeysWith: { first, _ in first }),
        sections: ["interface": interface],
        former: [
            "nodeid": "write it into the node's section of the nodelist", "threads": "remove the key", "vsftype": "remove the key",
            "rrp_mode": "write \"link_mode: passive\": knet took the place of redundant rings",
            "crypto_type": "write crypto_cipher and crypto_hash", "rrp_token_expired_timeout": "remove the key",
            "rrp_problem_count_timeout": "remove the key", "rrp_problem_count_threshold": "remove the key",
            "rrp_problem_count_mcast_threshold": "remove the key", "rrp_autorecovery_check_timeout": "remove the key",
        ])

    private static let totemNumbers: [String: CorosyncValue] = {
        let timeouts = ["token_retransmit", "join", "consensus", "merge", "downcheck", "max_network_delay"]
        let counts = [
            "token", "token_coefficient", "token_retransmits_before_loss_const", "send_join", "fail_recv_const", "seqno_unchanged_const",
            "heartbeat_failures_allowed", "window_size", "max_messages", "miss_count_const", "knet_pmtud_interval", "knet_mtu",
            "knet_compression_threshold", "netmtu",
            // Those of former times must be numbers still.
            "nodeid", "threads", "rrp_token_expired_timeout", "rrp_problem_count_timeout", "rrp_problem_count_threshold",
            "rrp_problem_count_mcast_threshold", "rrp_autorecovery_check_timeout",
        ]
        var keys: [String: CorosyncValue] = ["token_warning": .number(0...100), "hold": .atLeast(14)]
        for key in timeouts { keys[key] = timeout }
        for key in counts { keys[key] = .count }
        return keys
    }()

    private static let interface = CorosyncSection(
        keys: [
            "linknumber": .number(0...7), "bindnetaddr": .text, "broadcast": .silentChoice(["yes", "no"]), "mcastaddr": .text,
            "mcastport": .number(0...Int(UInt16.max)), "ttl": .number(0...255), "knet_link_priority": .number(0...255),
            "knet_ping_interval": .count, "knet_ping_timeout": .count, "knet_ping_precision": .count, "knet_pong_count": .count,
            "knet_transport": .choice(["udp", "sctp"]),
        ],
        former: [
            "ringnumber": "write linknumber", "member": "list the members in nodelist { }",
        ])

    // MARK: logging

    private static let logging = CorosyncSection(
        keys: destinations.merging(
            ["timestamp": .choice(["off", "on", "hires"]), "fileline": .onOff, "function_name": .onOff, "blackbox": .onOff],
            uniquingKeysWith: { first, _ in first }),
        sections: [
            "logger_subsys": CorosyncSection(
                keys: destinations.merging(["subsys": .text], uniquingKeysWith: { first, _ in first }), former: formerDestinations),
            "logging_daemon": CorosyncSection(
                keys: destinations.merging(["name": .text, "subsys": .text], uniquingKeysWith: { first, _ in first }),
                former: formerDestinations),
        ],
        former: formerDestinations)

    /// "valid both for top level logging directive and they can be overridden in logger_subsys entries" (corosync.conf(5))
    private static let destinations: [String: CorosyncValue] = [
        "to_stderr": switches, "to_logfile": switches, "to_syslog": switches, "logfile": .text, "logfile_priority": priorities,
        "syslog_facility": .choice(facilities), "syslog_priority": priorities, "debug": .choice(["off", "on", "trace"]),
    ]
    private static let formerDestinations = [
        "to_file": "write to_logfile", "syslog_level": "write syslog_priority", "tags": "remove the key", "ident": "write subsys",
    ]
    private static let switches = CorosyncValue.choice(["yes", "no", "on", "off"])
    private static let priorities = CorosyncValue.choice(["alert", "crit", "debug", "emerg", "err", "error", "info", "notice", "warning"])
    private static let facilities =
        ["daemon"] + (0...7).map { "local\($0)" }
        + ["auth", "authpriv", "cron", "ftp", "kern", "lpr", "mail", "news", "syslog", "user", "uucp"]

    // MARK: Quorum and nodes

    private static let quorum = CorosyncSection(
        keys: [
            "provider": .choice(["corosync_votequorum"]), "expected_votes": .count, "votes": .count, "two_node": .flag,
            "wait_for_all": .flag, "last_man_standing": .flag, "last_man_standing_window": .count, "auto_tie_breaker": .flag,
            "auto_tie_breaker_node": .text, "allow_downscale": .flag, "expected_votes_tracking": .flag, "leaving_timeout": .count,
        ],
        sections: ["device": device])

    private static let device = CorosyncSection(
        keys: ["model": .silentChoice(["net"]), "timeout": .count, "sync_timeout": .count, "votes": .count, "master_wins": .flag],
        sections: [
            "net": CorosyncSection(keys: [
                "host": .text, "port": .text, "tls": .silentChoice(["on", "off", "required"]),
                "algorithm": .silentChoice(["ffsplit", "lms", "test", "2nodelms"]), "tie_breaker": .text, "connect_timeout": .text,
                "force_ip_version": .silentChoice(["0", "4", "6"]),
                "keep_active_partition_tie_breaker": .silentChoice(["on", "off"]),
            ]),
            "heuristics": CorosyncSection(
                keys: ["mode": .silentChoice(["on", "sync", "off"]), "timeout": .text, "sync_timeout": .text, "interval": .text],
                prefix: "exec_"),
        ])

    private static let node: CorosyncSection = {
        var keys: [String: CorosyncValue] = ["nodeid": .count, "quorum_votes": .count, "name": .text]
        for link in 0...7 { keys["ring\(link)_addr"] = .text }
        return CorosyncSection(keys: keys)
    }()

    // MARK: The host

    private static let system = CorosyncSection(keys: [
        "qb_ipc_type": .choice(["native", "shm", "socket"]), "sched_rr": .yesNo, "priority": .text,
        "move_to_root_cgroup": .choice(["yes", "no", "auto"]), "allow_knet_handle_fallback": .yesNo, "state_dir": .text,
    ])

    private static let resources: CorosyncSection = {
        let memory = CorosyncSection(keys: watched)
        let kind = CorosyncSection(keys: watched, sections: ["memory_used": memory, "load_15min": memory])
        return CorosyncSection(
            keys: ["watchdog_device": .text, "watchdog_timeout": .count], sections: ["system": kind, "process": kind])
    }()

    /// What the monitoring service looks at, in milliseconds.
    private static let watched: [String: CorosyncValue] = [
        "poll_period": .number(0...Int.max), "recovery": .text, "max": .text, "name": .text,
    ]

    private static let nozzle = CorosyncSection(keys: ["name": .text, "ipaddr": .text, "ipprefix": .text, "macaddr": .text])
}

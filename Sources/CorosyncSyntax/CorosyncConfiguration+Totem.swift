internal import Catalogue
internal import Diagnostics

extension CorosyncConfiguration {
    /// What corosync refuses in the totem section as a whole.
    func totemFindings(in source: SourceText) -> [Finding] {
        let totem = Totem(self)
        let single = [totem.version(in: source), totem.cryptography(in: source)]
        return single.compactMap { $0 } + totem.timing(in: source) + totem.groups(in: source)
    }
}

/// All totem sections as one, which is how corosync takes them.
private struct Totem {
    private let entries: [CorosyncConfiguration.Entry]
    private let origin: Origin
    private let nodeCount: Int

    init(_ configuration: CorosyncConfiguration) {
        let sections = configuration.entries.sections("totem")
        entries = sections.flatMap(\.entries)
        origin = sections.first?.origin ?? Origin()
        nodeCount = configuration.cluster.nodes.count { !$0.links.isEmpty }
    }

    /// "The required directive controls the version of the totem configuration." (corosync.conf(5))
    func version(in source: SourceText) -> Finding? {
        guard entries.value("version") == nil else { return nil }
        return Finding(
            .corosyncSyntax, "totem without a version", at: source.place(of: origin), expected: "version: 2, which corosync insists on")
    }

    /// "Enabling crypto_cipher, requires also enabling of crypto_hash. Encrypted transmission is only supported for the knet
    /// transport." (corosync.conf(5))
    func cryptography(in source: SourceText) -> Finding? {
        let isSecure = entries.value("secauth") == "on"
        let cipher = entries.value("crypto_cipher") ?? (isSecure ? "aes256" : "none")
        let hash = entries.value("crypto_hash") ?? (isSecure ? "sha256" : "none")
        let cause = entries.pair("crypto_cipher") ?? entries.pair("crypto_hash") ?? entries.pair("secauth")
        let place = source.place(of: cause?.origin ?? origin)
        if cipher != "none", hash == "none" {
            return Finding(.corosyncSyntax, "crypto_cipher without crypto_hash", at: place, remedy: "write \"crypto_hash: sha256\" too")
        }
        let transport = entries.value("transport") ?? "knet"
        guard transport == "udp" || transport == "udpu", hash != "none" else { return nil }
        return Finding(
            .corosyncSyntax, "\(transport) can't encrypt", at: place,
            remedy: "write \"transport: knet\", or do without crypto_* and secauth")
    }

    /// "failed to parse mcast address", and of udp, which alone uses it, "mcastaddr is not a correct multicast address for interface" (corosync).
    func groups(in source: SourceText) -> [Finding] {
        entries.sections("interface").flatMap(\.entries).compactMap { entry in
            guard case .pair("mcastaddr", let value, let origin) = entry, let objection = objection(toGroup: value) else { return nil }
            let (severity, message) = objection
            var finding = Finding(.corosyncSyntax, message, at: source.place(of: origin), expected: "an address from 224.0.0.0 to 239.255.255.255")
            finding.severity = severity
            return finding
        }
    }

    private func objection(toGroup value: String) -> (Finding.Severity, String)? {
        let isUDP = entries.value("transport") == "udp"
        let version = entries.value("ip_version") ?? (isUDP ? "ipv4" : "ipv6-4")
        switch MulticastAddress(value) {
        case nil: return (.error, "mcastaddr is no multicast address")
        case .ipv4(let isGroup): return version == "ipv6" || isUDP && !isGroup ? (.error, "mcastaddr is no multicast address") : nil
        case .ipv6: return version == "ipv4" ? (.error, "mcastaddr is of IPv6, and ip_version is ipv4") : nil
        case .name: return (.warning, "mcastaddr is a name: where it stands for no multicast address, corosync does not start")
        }
    }

    /// A token that is lost too soon, or a consensus that can't be reached before it is over.
    func timing(in source: SourceText) -> [Finding] {
        let others = max(0, nodeCount - 2) * (number("token_coefficient") ?? 650)
        let token = (positive("token") ?? 3000) + others
        let losses = positive("token_retransmits_before_loss_const") ?? 4
        let consensus = positive("consensus") ?? token * 6 / 5
        let join = positive("join") ?? 50
        var findings: [Finding] = []
        if token < 30 {
            findings.append(refusal("token", "a token of \(token) ms is too short", in: source, "at least 30 ms"))
        } else if positive("token_retransmit") == nil, token * 5 / (losses * 5 + 1) < 30 {
            findings.append(
                refusal(
                    "token", "a token of \(token) ms is too short to be sent again \(losses) times", in: source,
                    "at least \((losses * 5 + 1) * 6) ms for token"))
        }
        if consensus < join, consensus >= 30 {
            findings.append(
                refusal("consensus", "a consensus of \(consensus) ms is shorter than join, \(join) ms", in: source, "1.2 times token"))
        }
        return findings
    }

    private func refusal(_ key: String, _ message: String, in source: SourceText, _ expected: String) -> Finding {
        Finding(.corosyncSyntax, message, at: source.place(of: entries.pair(key)?.origin ?? origin), expected: expected)
    }

    private func number(_ key: String) -> Int? {
        entries.value(key).flatMap(CorosyncValue.number).flatMap { (0...Int(UInt32.max)).contains($0) ? $0 : nil }
    }

    /// 0 stands for the default.
    private func positive(_ key: String) -> Int? { number(key).flatMap { $0 == 0 ? nil : $0 } }
}

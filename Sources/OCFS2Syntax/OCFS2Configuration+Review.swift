internal import Catalogue
public import Diagnostics

extension OCFS2Configuration {
    /// What o2cb refuses in a file that it can read, and what it passes over without a word.
    public func review(in source: SourceText) -> [Finding] {
        var reviewer = Reviewer(self, source)
        reviewer.review()
        return reviewer.report.findings.coded(.ocfs2Syntax)
    }
}

/// The attributes of ocfs2.cluster.conf(5).
private enum Attributes {
    static let known = [
        "cluster": ["name", "node_count", "heartbeat_mode"], "node": ["name", "number", "ip_address", "ip_port", "cluster"],
        "heartbeat": ["region", "cluster"],
    ]

    /// Without these o2cb reads nothing of the whole file.
    static let required = [
        "cluster": ["name", "node_count"], "node": ["name", "number", "ip_address", "ip_port"], "heartbeat": ["region"],
    ]
}

private struct Reviewer {
    private let configuration: OCFS2Configuration
    private let source: SourceText
    private(set) var report = Report()

    init(_ configuration: OCFS2Configuration, _ source: SourceText) {
        self.configuration = configuration
        self.source = source
    }

    mutating func review() {
        let clusters = Set(configuration.clusters.compactMap { $0["name"] })
        for stanza in configuration.stanzas where !report.isFull(of: .error) && !report.isFull(of: .warning) {
            reviewNames(of: stanza)
            if stanza.name != "cluster" {
                guard let cluster = stanza["cluster"] else {
                    pass("a \(stanza.name) of no cluster", at: stanza.origin, remedy: "write \"cluster = NAME\"")
                    continue
                }
                // o2cb looks only at what is of a cluster. That there is none of such a name has a rule of its own.
                guard clusters.contains(cluster) else { continue }
            }
            reportMissing(in: stanza)
            let mayBeMissing = Attributes.required[stanza.name, default: []]
            for attribute in stanza.attributes where !attribute.value.isEmpty || !mayBeMissing.contains(attribute.name) {
                review(attribute, of: stanza)
            }
        }
        reviewRepeated()
        reviewHeartbeat()
    }

    private mutating func reviewNames(of stanza: OCFS2Configuration.Stanza) {
        guard let known = Attributes.known[stanza.name] else { return }
        var seen: Set<String> = []
        for attribute in stanza.attributes {
            if !known.contains(attribute.name) {
                report.add(
                    Finding(
                        .ignoredOCFS2, "o2cb knows no \(attribute.name) of a \(stanza.name)",
                        at: source.place(of: attribute.name, from: attribute.origin),
                        remedy: didYouMean(attribute.name, among: known) ?? Rule.ignoredOCFS2.remedy))
            } else if !seen.insert(attribute.name).inserted {
                report.add(
                    .warning(
                        "\(attribute.name) is set twice in one \(stanza.name)", at: source.place(of: attribute.origin),
                        remedy: "remove one: the last one counts"))
            }
        }
    }

    private mutating func reportMissing(in stanza: OCFS2Configuration.Stanza) {
        let missing = Attributes.required[stanza.name, default: []].filter { stanza[$0]?.isEmpty ?? true }
        guard !missing.isEmpty else { return }
        refuse(
            "a \(stanza.name) without \(missing.joined(separator: ", "))", at: source.place(of: stanza.origin),
            expected: Attributes.required[stanza.name, default: []].joined(separator: ", "))
    }

    private mutating func review(_ attribute: OCFS2Configuration.Attribute, of stanza: OCFS2Configuration.Stanza) {
        guard let expectation = expectation(attribute, of: stanza) else { return }
        let place =
            attribute.value.isEmpty
            ? source.place(of: attribute.origin) : source.place(of: attribute.value, from: attribute.origin)
        refuse("\(attribute.name) can't be \"\(attribute.value)\"", at: place, expected: expectation)
    }

    /// - Returns: what would have been right; nil where it is.
    private func expectation(_ attribute: OCFS2Configuration.Attribute, of stanza: OCFS2Configuration.Stanza) -> String? {
        let value = attribute.value
        switch (stanza.name, attribute.name) {
        // "up to 16 alphanumeric chars [0-9A-Za-z]" (ocfs2.cluster.conf(5))
        case ("cluster", "name"): return value.isAlphanumeric && value.utf8.count <= 16 ? nil : "1 to 16 letters and digits"
        case ("cluster", "node_count"): return value.isNumber(in: 0...255) ? nil : "a number from 0 to 255"
        case ("cluster", "heartbeat_mode"): return ["local", "global"].contains(value.lowercased()) ? nil : "local or global"
        // The kernel's O2NM_MAX_NAME_LEN.
        case ("node", "name"): return value.utf8.count <= 64 ? nil : "a name of 64 letters at most"
        case ("node", "number"): return value.isNumber(in: 0...254) ? nil : "a number from 0 to 254"
        case ("node", "ip_port"): return value.isNumber(in: 1...65_535) ? nil : "a number from 1 to 65535"
        case ("node", "ip_address"): return value.isIPv4 ? nil : "an IPv4 address, such as 192.0.2.1"
        case ("heartbeat", "region"):
            return value.utf8.count == 32 && value.allSatisfy(\.isHexDigit) ? nil : "the UUID of a region: 32 hexadecimal digits"
        default: return nil
        }
    }

    private mutating func refuse(_ message: String, at place: Place, expected: String? = nil, remedy: String? = nil) {
        report.add(.error(message, at: place, expected: expected, remedy: remedy))
    }

    private mutating func pass(_ message: String, at origin: Origin, remedy: String) {
        report.add(Finding(.ignoredOCFS2, message, at: source.place(of: origin), remedy: remedy))
    }
}

extension Reviewer {
    /// Two clusters of one name, or one region listed twice: nothing is read of the whole file.
    private mutating func reviewRepeated() {
        var seen: Set<[String]> = []
        for stanza in configuration.stanzas {
            let key = stanza.name == "cluster" ? "name" : "region"
            guard stanza.name == "cluster" || stanza.name == "heartbeat", let value = stanza[key], !value.isEmpty else { continue }
            guard !seen.insert([stanza.name, stanza["cluster"] ?? "", value]).inserted else { continue }
            refuse("another \(stanza.name) has the \(key) \(value)", at: source.place(of: key, from: stanza.origin), remedy: "remove one")
        }
    }

    /// "the regions are only used if heartbeat_mode = global is in the cluster stanza. If not, this stanza is ignored."
    /// (ocfs2.cluster.conf(5))
    private mutating func reviewHeartbeat() {
        for cluster in configuration.clusters {
            let regions = configuration.stanzas.filter { $0.name == "heartbeat" && $0["cluster"] == cluster["name"] }
            let isGlobal = cluster["heartbeat_mode"]?.lowercased() == "global"
            if isGlobal, regions.isEmpty {
                pass("a global heartbeat without a region", at: cluster.origin, remedy: "add \"heartbeat:\" with region and cluster")
            } else if isGlobal, regions.count > 32 {
                refuse(
                    "\(regions.count) regions of one cluster", at: source.place(of: regions[32].origin),
                    expected: "32 at most")
            } else if !isGlobal, let first = regions.first {
                pass("a region that a local heartbeat does not use", at: first.origin, remedy: "write \"heartbeat_mode = global\"")
            }
        }
    }
}

extension String {
    fileprivate var isAlphanumeric: Bool { utf8.allSatisfy(\.isAlphanumeric) }

    fileprivate func isNumber(in range: ClosedRange<Int>) -> Bool { Int(self).map(range.contains) ?? false }

    /// As inet_pton(3) reads it: "ddd.ddd.ddd.ddd", each of "up to three digits in the range 0 to 255".
    fileprivate var isIPv4: Bool {
        let parts = split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { part in
                (1...3).contains(part.utf8.count) && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
                    && (part.utf8.count == 1 || part.first != "0") && Int(part).map { $0 <= 255 } ?? false
            }
    }
}

extension UInt8 {
    fileprivate var isAlphanumeric: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: false
        }
    }
}

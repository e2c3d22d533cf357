internal import Catalogue
internal import Diagnostics
internal import Repository
internal import XenSyntax

/// What a domU calls its own must be no other one's: it may run on any host, beside any other.
enum DomainIdentityRules: RuleSet {
    static func findings(in cluster: DeclaredCluster) -> [Finding] {
        var claims = Claims()
        for definition in cluster.domains { claims.add(definition) }
        return claims.findings
    }

    private struct Claims {
        private(set) var findings: [Finding] = []
        /// On one file.
        private var report = Report()
        private var holders: [Rule: Holders] = [:]

        mutating func add(_ definition: DomainDefinition) {
            report = Report()
            claim(.repeatedDomain, definition.domain.name, "name", definition)
            claim(.repeatedUUID, definition.uuid, "uuid", definition)
            for display in definition.displays { claim(.repeatedDisplay, display.number, display.key, definition, display.index) }
            for (index, interface) in definition.domain.interfaces.enumerated() {
                claim(.repeatedMAC, interface["mac"], "vif", definition, index)
                claim(.repeatedInterface, interface["vifname"], "vif", definition, index)
            }
            findings += report.findings
        }

        /// - Parameter part: which one of the file's interfaces asks.
        private mutating func claim(
            _ rule: Rule, _ value: String?, _ key: String, _ definition: DomainDefinition, _ part: Int = 0
        ) {
            guard let value, !report.isFull(of: rule.severity) else { return }
            guard let holder = holders[rule, default: Holders()].take(rule.identity(of: value), for: "\(definition.fileName)#\(part)") else { return }
            let other = holder.prefix { $0 != "#" }
            report.add(
                Finding(
                    rule, "\(rule.what) \(value) is that of \(other) too",
                    at: definition.place(of: value, in: key, at: part), remedy: rule.remedy))
        }
    }
}

extension Rule {
    /// What two spellings have in common: `00-16-3E-0-0-1 ` is `00:16:3e:00:00:01`.
    fileprivate func identity(of value: String) -> String {
        switch self {
        case .repeatedMAC:
            value.lowercased().split { ":- ".contains($0) }.map { $0.count == 1 ? "0" + $0 : String($0) }.joined(separator: ":")
        case .repeatedUUID: value.lowercased().filter { $0 != "-" }
        default: value
        }
    }

    fileprivate var what: String {
        switch self {
        case .repeatedDomain: "the name"
        case .repeatedUUID: "the uuid"
        case .repeatedDisplay: "the VNC display"
        case .repeatedMAC: "the MAC address"
        default: "the vifname"
        }
    }
}

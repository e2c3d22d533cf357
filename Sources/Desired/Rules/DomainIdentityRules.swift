internal import Catalogue
internal import Diagnostics
internal import XenSyntax

/// What a domU calls its own must be no other one's: it may run on any host, beside any other.
enum DomainIdentityRules: RuleSet {
    static func findings(in inventory: Inventory) -> [Finding] {
        var claims = Claims()
        for definition in inventory.domains { claims.add(definition) }
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
            claim(.repeatedUUID, definition.uuid?.lowercased(), "uuid", definition, as: definition.uuid)
            for display in definition.displays { claim(.repeatedDisplay, display.number, display.key, definition, display.index) }
            for (index, interface) in definition.domain.interfaces.enumerated() {
                claim(.repeatedMAC, interface.mac, "vif", definition, index, as: interface["mac"])
                claim(.repeatedInterface, interface["vifname"], "vif", definition, index)
            }
            findings += report.findings
        }

        /// - Parameters:
        ///   - part: which one of the file's interfaces asks.
        ///   - written: the value as the file spells it.
        private mutating func claim(
            _ rule: Rule, _ value: String?, _ key: String, _ definition: DomainDefinition, _ part: Int = 0, as written: String? = nil
        ) {
            guard let value, !report.isFull(of: rule.severity) else { return }
            guard let holder = holders[rule, default: Holders()].take(value, for: "\(definition.fileName)#\(part)") else { return }
            let other = holder.prefix { $0 != "#" }
            report.add(
                Finding(
                    rule, "\(rule.what) \(value) is that of \(other) too",
                    at: definition.place(of: written ?? value, in: key, at: part), remedy: rule.remedy))
        }
    }
}

extension Rule {
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

internal import CIB
internal import Diagnostics
internal import XML

extension StatementParser {
    /// crmsh shows a set of defaults that its syntax can't express as `xml <meta_attributes …>`, without the section that it is
    /// in, and does not read that again itself: "Element meta_attributes not recognized" (crmsh, parse.py). The names in it
    /// tell the section.
    mutating func section(around set: Element, at range: Range<Int>) throws(Abandoned) -> Element {
        guard let section = set.defaultsSection else {
            throw fail(
                "nothing tells whether these are defaults of resources or of operations", at: range,
                expected: "<rsc_defaults> or <op_defaults> around <meta_attributes>, which crmsh leaves out")
        }
        report(
            .warning, "<\(section)> is missing around <meta_attributes>; its names belong there", at: range,
            remedy: "\"coxswain format\" writes it; crmsh leaves it out, and can't read the set without it")
        return Element(section, [], children: [set])
    }
}

extension Element {
    /// Nil where the names belong to both sections or to none.
    fileprivate var defaultsSection: String? {
        let names = all("nvpair").compactMap { $0["name"] }
        let isOfOperations = names.contains(where: isOptionOfOperations) || all("rule").contains { $0.first("op_expression") != nil }
        let isOfResources = names.contains { Schema.isKnownMeta($0) && !isOptionOfOperations($0) }
        guard isOfOperations != isOfResources else { return nil }
        return isOfOperations ? "op_defaults" : "rsc_defaults"
    }
}

/// Pacemaker Explained, "Operation Properties", and the attributes of `<op>` in resources-3.9.rng.
private func isOptionOfOperations(_ name: String) -> Bool {
    ["timeout", "interval", "on-fail", "enabled", "record-pending", "start-delay", "interval-origin", "role"].contains(name)
}

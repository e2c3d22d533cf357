internal import CIB
internal import Catalogue
internal import Diagnostics
internal import Repository
internal import XML

/// `op monitor interval=10s on_fail=restart`: what crmsh does not know as an attribute of an operation it hands on to the agent as a parameter.
enum StrayAttributeRules: RuleSet {
    static func findings(in cluster: DeclaredCluster) -> [Finding] {
        cluster.subjects.flatMap { declaration in
            (declaration.object.element.first("operations")?.children ?? []).flatMap { stray(in: $0, declaration) }
        }
    }

    private static func stray(in operation: Element, _ declaration: Declaration) -> [Finding] {
        operation.all("instance_attributes").flatMap(\.children).compactMap { pair in
            guard let name = pair["name"], let meant = attribute(meantBy: name) else { return nil }
            if meant == name {
                return Finding(
                    .strayAttribute, "\(name) stands among the parameters of the operation, and goes to the agent", at: declaration.place(of: name),
                    remedy: "write it in front of op_params")
            }
            return Finding(
                .strayAttribute, "\(name) is no attribute of an operation, and goes to the agent as a parameter", at: declaration.place(of: name),
                remedy: "did you mean \"\(meant)\"?")
        }
    }

    /// The attributes of `<op>` in Pacemaker's schemas that people write.
    private static let attributes = ["interval", "timeout", "on-fail", "role", "enabled", "start-delay", "record-pending", "interval-origin"]

    private static func attribute(meantBy name: String) -> String? {
        guard name.utf8.count >= 4, !name.hasPrefix("OCF_") else { return nil }
        return nearest(to: name, among: attributes)
    }
}

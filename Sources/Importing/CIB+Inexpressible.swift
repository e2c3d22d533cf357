internal import CIB
internal import Diagnostics
internal import XML

extension CIB {
    /// What crmsh has no statement for: elements that only another schema than Pacemaker's knows. They stay in the cluster,
    /// since no plan touches what is no object.
    var inexpressible: [Finding] {
        configuration.children.filter { !Tags.isDefaults($0.name) && $0.name != "fencing-topology" }.flatMap { section in
            section.children.filter { ObjectID($0) == nil }.map { element in
                .warning(
                    "<\(element.name)\(element.id.map { " id=\"\($0)\"" } ?? "")> in <\(section.name)> is left out: crmsh has no statement for it",
                    remedy: "it stays in the cluster as it is; change it there")
            }
        }
    }
}

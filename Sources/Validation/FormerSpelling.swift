internal import CIB
internal import CRMSyntax
internal import Catalogue
internal import Diagnostics
internal import Repository
internal import XML

/// Words that Pacemaker still reads, and has newer ones for.
enum FormerSpelling {
    static func findings(_ declarations: [Declaration]) -> [Finding] {
        declarations.lazy.filter { [.resource, .constraint].contains($0.object.id.kind) }.flatMap { kind($0) + roles($0) }
    }

    private static func kind(_ declaration: Declaration) -> [Finding] {
        guard declaration.object.element.name == "master" else { return [] }
        return [
            Finding(
                .formerClone, "ms is the former way to write a promotable clone", at: declaration.place(),
                remedy: "write \"clone \(declaration.object.id.name) … meta promotable=true\"",
                fix: declaration.place.editToPromotableClone)
        ]
    }

    private static let former = ["Master", "Slave"]
    private static let places = ["role", "rsc-role", "with-rsc-role"]

    private static func roles(_ declaration: Declaration) -> [Finding] {
        let element = declaration.object.element
        var roles: Set<String> = []
        element.walk { element in
            guard element.name != "nvpair" else { return }
            for attribute in element.attributes where former.contains(attribute.value) && places.contains(attribute.name) {
                roles.insert(attribute.value)
            }
        }
        guard !roles.isEmpty else { return [] }
        var isParameter = false
        element.walk { isParameter = isParameter || $0.name == "nvpair" && $0["name"] == "role" }
        let isConstraint = declaration.object.id.kind == .constraint
        return former.filter(roles.contains).map { role in
            let modern = Scalar.role.canonical(role)
            return Finding(
                .formerRole, "the role \(role) is called \(modern) since Pacemaker 2.1", at: declaration.place(of: role),
                remedy: "write \(modern)",
                fix: (isParameter ? nil : declaration.place.edit(replacing: "role=\(role)", with: "role=\(modern)"))
                    ?? (isConstraint ? declaration.place.edit(replacingEnd: ":\(role)", with: ":\(modern)") : nil))
        }
    }
}

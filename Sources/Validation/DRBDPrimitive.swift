internal import CIB
internal import Repository

/// A primitive of `ocf:linbit:drbd`.
struct DRBDPrimitive {
    let declaration: Declaration
    /// What `drbd_resource` says.
    let resource: String
    /// What is outermost around it: its clone, or itself without one.
    let clone: Declaration
    let isPromotable: Bool
    /// How many nodes may be Primary.
    let promotedMax: Int

    init?(_ declaration: Declaration, outermost clone: Declaration, _ options: ResourceTree) {
        guard let resource = options.parameter("drbd_resource", of: declaration.object) else { return nil }
        self.declaration = declaration
        self.resource = resource
        self.clone = clone
        isPromotable = options.isPromotable(clone.object)
        promotedMax = options.meta("promoted-max", of: clone.object).flatMap { Int($0) } ?? 1
    }

    /// How a constraint calls it.
    var name: String { clone.object.id.name }
    var isDualPrimary: Bool { promotedMax > 1 }
}

/// What is done to a domU while it runs, so that it is as its file says.
public struct DomainChange: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        case vcpus(Int)
        /// MiB.
        case memory(Int)
        /// - specification: as xl-disk-configuration(5) has it.
        case attachDisk(device: String, specification: String)
        /// - specification: as xl-network-configuration(5) has it.
        case attachInterface(mac: String, specification: String)
        /// - target: nil takes the medium out.
        case changeMedium(device: String, target: String?)
    }

    /// As Xen calls it.
    public let domain: String
    public let kind: Kind
    /// As it is before: `1`, `128 MiB`, nothing.
    public let former: String?

    public init(_ kind: Kind, of domain: String, from former: String? = nil) {
        self.domain = domain
        self.kind = kind
        self.former = former
    }

    public var title: String {
        switch kind {
        case .vcpus(let number): "vcpu-set \(domain) \(number)"
        case .memory(let size): "mem-set \(domain) \(size)"
        case .attachDisk(let device, _): "block-attach \(domain) \(device)"
        case .attachInterface(let mac, _): "network-attach \(domain) \(mac)"
        case .changeMedium(let device, let target): target.map { "cd-insert \(domain) \(device) \($0)" } ?? "cd-eject \(domain) \(device)"
        }
    }

    public var undo: Undo {
        switch kind {
        case .vcpus, .memory, .changeMedium: .by("the former value" + (former.map { ", \($0)" } ?? ""))
        case .attachDisk, .attachInterface: .kept("it stays until the domU is started anew")
        }
    }
}

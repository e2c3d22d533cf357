internal import Repository
internal import XenSyntax

/// What changes in the file of a domU, and Xen can't change while it runs: it counts from the next start on.
struct ColdChanges {
    private let former: DomainDefinition
    private let wanted: DomainDefinition

    init(from former: DomainDefinition, to wanted: DomainDefinition) { (self.former, self.wanted) = (former, wanted) }

    var isEmpty: Bool { wanted.configuration.settings(differingFrom: former.configuration).allSatisfy(isWarm) }

    private func isWarm(_ key: String) -> Bool {
        let (old, new) = (former.domain, wanted.domain)
        return switch key {
        case "vcpus", "maxvcpus": old.mostVCPUs == new.mostVCPUs
        case "memory", "maxmem": old.mostMemory == new.mostMemory
        case "disk": old.disks.allSatisfy(new.disks.contains) && new.disks.allSatisfy { old.disks.contains($0) || $0.isAttachable }
        case "vif": old.interfaces.allSatisfy(new.interfaces.contains) && new.interfaces.allSatisfy { old.interfaces.contains($0) || $0.mac != nil }
        default: false
        }
    }
}

extension XenDomain {
    /// "maxvcpus: Allow the guest to bring up a maximum of M vcpus" (xl.cfg(5)): as many as vcpus, where it is not said.
    var mostVCPUs: Int { maxVCPUs ?? vcpus ?? 1 }

    /// "maxmem: Specifies the maximum amount of memory a guest can ever see" (xl.cfg(5)): as much as memory, where it is not said.
    var mostMemory: Int? { maxMemory ?? memory }
}

extension XenDisk {
    /// Whether the guest's own drivers find it while it runs.
    var isAttachable: Bool { device?.hasPrefix("xvd") == true && !isCDROM }
}

internal import ClusterModel
internal import Diagnostics
internal import LiveState
internal import Repository
internal import Steps
internal import XenSyntax

/// Compares the domUs that run on this host with their files.
///
/// What the commit changes in a file is changed in the running domU too, where Xen can do that. What differs otherwise - a person has given it
/// memory in need, or the file was never what it was started from - is told, and left alone until it is started anew.
struct DomainPlanner {
    private(set) var changes: [DomainChange] = []
    private(set) var outdated: [OutdatedDomain] = []
    /// Why something can't be given to a domU that runs: with any of it, nothing may be done.
    private(set) var faults: [Finding] = []

    /// - Parameters:
    ///   - base: the state of the commit in force.
    ///   - live: nil where nobody has looked.
    ///   - isBringingDRBD: whether DRBD resources come with the commit: nobody can open their devices before Pacemaker has promoted them.
    init(base: DesiredState?, desired: DesiredState, live: Known<[String: LiveDomain]>?, isBringingDRBD: Bool) {
        guard let running = live?.value, !running.isEmpty else { return }
        let former = base?.domains ?? [:]
        var holdings = DomainHoldings(running, devices: HostDevices(desired))
        for (path, definition) in desired.domains.sorted(by: { $0.key < $1.key }) {
            guard let name = definition.domain.name, let domain = running[name] else { continue }
            var comparison = DomainComparison(name, of: domain, with: definition, after: former[path], holdings, isBringingDRBD: isBringingDRBD)
            comparison.compare()
            changes += comparison.changes
            faults += comparison.faults
            holdings = comparison.holdings
            if !comparison.settings.isEmpty { outdated.append(OutdatedDomain(path: HostPath(path), settings: comparison.settings)) }
        }
    }
}

/// One domU that runs, and its file.
private struct DomainComparison {
    private let name: String
    private let live: LiveDomain
    private let wanted: XenDomain
    private let former: XenDomain?
    private let isBringingDRBD: Bool
    private(set) var changes: [DomainChange] = []
    private(set) var settings: [String] = []
    private(set) var faults: [Finding] = []
    private(set) var holdings: DomainHoldings
    private let words: DomainSettings
    /// What the commit changes, and a running domU does not show.
    private let unseen: [String]

    init(
        _ name: String, of live: LiveDomain, with definition: DomainDefinition, after former: DomainDefinition?, _ holdings: DomainHoldings,
        isBringingDRBD: Bool
    ) {
        self.name = name
        self.live = live
        self.holdings = holdings
        self.isBringingDRBD = isBringingDRBD
        wanted = definition.domain
        self.former = former?.domain
        let words = DomainSettings(definition.configuration, definition.domain)
        self.words = words
        let changed = former.map { definition.configuration.settings(differingFrom: $0.configuration) } ?? []
        unseen = changed.filter { !Self.seen.contains($0) && !words.isComparable($0, with: live) }
    }

    /// What is compared by itself.
    private static let seen: Set = ["name", "vcpus", "maxvcpus", "memory", "maxmem", "disk", "vif"]

    mutating func compare() {
        compareProcessors()
        compareMemory()
        settings += words.differences(from: live)
        for disk in wanted.disks { compare(disk) }
        compareInterfaces()
        settings += unseen
    }

    // MARK: Processors and memory

    private mutating func compareProcessors() {
        let number = wanted.vcpus ?? 1
        if live.vcpus != number {
            if former.map({ $0.vcpus ?? 1 != number }) == true, number > 0, number <= live.maxVCPUs {
                changes.append(DomainChange(.vcpus(number), of: name, from: "\(live.vcpus)"))
            } else {
                settings.append("vcpus \(live.vcpus), not \(number)")
            }
        }
        if live.maxVCPUs != wanted.mostVCPUs { settings.append("maxvcpus \(live.maxVCPUs), not \(wanted.mostVCPUs)") }
    }

    private mutating func compareMemory() {
        guard let size = wanted.memory, let most = wanted.mostMemory else { return }
        if !LiveDomain.isSame(live.memory, as: size) {
            if former.map({ $0.memory != size }) == true, size > 0, size << 10 <= live.maxMemory {
                changes.append(DomainChange(.memory(size), of: name, from: "\(live.memory >> 10)"))
            } else {
                settings.append("memory \(live.memory >> 10) MiB, not \(size)")
            }
        }
        if !LiveDomain.isSame(live.maxMemory, as: most) { settings.append("maxmem \(live.maxMemory >> 10) MiB, not \(most)") }
    }

    // MARK: Devices

    private mutating func compare(_ disk: XenDisk) {
        guard let device = disk.device, disk.objection == nil else { return }
        guard let present = live.disks.first(where: { $0.device == device }) else { return attach(disk, device) }
        settings += present.differences(from: disk)
        // What a script is told is its own matter, unless it is known that it is the same one.
        guard present.target != disk.target, disk.script == nil || present.options?["script"] != nil else { return }
        guard disk.isCDROM, wanted.kind == .hvm, former.map({ $0.disks.contains(disk) }) == false else {
            return settings.append("disk \(device) \(present.target ?? "empty"), not \(disk.target ?? "empty")")
        }
        changes.append(DomainChange(.changeMedium(device: device, target: disk.target), of: name, from: present.target))
    }

    /// One that the guest's own drivers find while it runs.
    private mutating func attach(_ disk: XenDisk, _ device: String) {
        let isNew = former.map { !$0.disks.contains { $0.device == device } } == true
        let isOpenable = !isBringingDRBD || !disk.specification.contains("drbd")
        guard isNew, isOpenable, disk.isAttachable else { return settings.append("no disk \(device)") }
        switch holdings.holder(of: disk, for: name) {
        case .itself(let other)?: return settings.append("no disk \(device): it has \(disk.target ?? "") as \(other)")
        case .another(let other)?: return refuse("\(disk.target ?? "") as \(device)", heldBy: other)
        case nil: holdings.take(disk, as: device, for: name)
        }
        changes.append(DomainChange(.attachDisk(device: device, specification: disk.specification), of: name))
    }

    private mutating func refuse(_ what: String, heldBy other: String) {
        faults.append(
            .error(
                "\(name) runs, and would be given \(what), which domU \(other) has on this host",
                remedy: "take it from \(other) first: it is free when that was started anew, or was stopped"))
    }

    /// An interface without an address has another one after each start: it stands for one that no other of the file is.
    private mutating func compareInterfaces() {
        let addresses = Set(wanted.interfaces.compactMap(\.mac))
        var strangers = live.interfaces.filter { !addresses.contains($0.mac) }[...]
        for (place, interface) in wanted.interfaces.enumerated() {
            let present = interface.mac.map { mac in live.interfaces.first { $0.mac == mac } } ?? strangers.popFirst()
            if let present {
                compare(present, with: interface, at: place)
            } else if let mac = interface.mac {
                attach(interface, mac)
            } else {
                settings.append("no network interface for number \(place + 1) of vif")
            }
        }
        for disk in live.disks where !wanted.disks.contains(where: { $0.device == disk.device || $0.objection != nil }) {
            settings.append("disk \(disk.device), which is not in the file")
        }
        for interface in strangers { settings.append("network interface \(interface.mac), which is not in the file") }
    }

    private mutating func compare(_ present: LiveDomain.Interface, with interface: XenInterface, at place: Int) {
        settings += present.differences(from: interface)
        guard let former, former.interfaces.count > place else { return }
        let before = former.interfaces.first { $0.mac == present.mac } ?? former.interfaces[place]
        settings += interface.words(missingFrom: before).map { "\(present.mac) with the former \($0)" }
    }

    private mutating func attach(_ interface: XenInterface, _ mac: String) {
        guard former.map({ !$0.interfaces.contains { $0.mac == mac } }) == true else { return settings.append("no network interface \(mac)") }
        if let other = holdings.holder(ofMAC: mac, besides: name) { return refuse("a network interface \(mac)", heldBy: other) }
        holdings.take(mac: mac, for: name)
        changes.append(DomainChange(.attachInterface(mac: mac, specification: interface.specification), of: name))
    }
}

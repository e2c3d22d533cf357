internal import Catalogue
internal import DRBDSyntax
internal import Diagnostics
internal import Repository

/// What a host can give to one volume, or to one resource, only: a minor, a disk, an address with its port. The same on another host is
/// another one.
enum ResourceNumberRules: RuleSet {
    static func findings(in cluster: DeclaredCluster) -> [Finding] {
        var claims = Claims(cluster)
        for definition in cluster.resources { claims.add(definition) }
        return claims.findings
    }

    private struct Claims {
        private let cluster: DeclaredCluster
        private(set) var findings: [Finding] = []
        private var minors = Holders()
        private var addresses = Holders()
        private var disks = Holders()
        private var lowers = Holders()
        /// Who has data, and who metadata, on a device of a host; whether these have an index there.
        private var data: [String: String] = [:]
        private var metadata: [String: (owner: String, isIndexed: Bool)] = [:]
        /// What was said of the present resource: who shares something shares it on every host.
        private var told: Set<String> = []
        /// Disks that drbdadm itself compares.
        private var compared: Set<String> = []

        init(_ cluster: DeclaredCluster) { self.cluster = cluster }

        mutating func add(_ definition: ResourceDefinition) {
            told = []
            for host in definition.hosts {
                let names = cluster.hosts(of: host)
                for volume in host.volumes {
                    let owner = "\(definition.name)/\(volume.number)"
                    for name in names {
                        claim(minorOf: volume, owner, on: name, definition)
                        claim(disksOf: volume, owner, on: name, definition)
                    }
                }
                if case .stackedOnTopOf(let lower) = host.kind { claim(lower: lower, definition) }
            }
            claimAddresses(of: definition)
        }

        private mutating func claim(minorOf volume: DRBDVolume, _ owner: String, on host: String, _ definition: ResourceDefinition) {
            guard let minor = volume.device?.minor, let holder = minors.take("\(host) \(minor)", for: owner) else { return }
            guard told.insert("minor \(minor) \(holder)").inserted else { return }
            findings.append(
                Finding(
                    .repeatedMinor, "\(named(owner, beside: holder)) both use the minor number \(minor)", at: definition.place(of: "device"),
                    remedy: Rule.repeatedMinor.remedy))
        }

        /// drbdadm compares no more than disks that hosts inherit, by the letter, and the others' metadata. The kernel would attach none twice.
        private mutating func claim(disksOf volume: DRBDVolume, _ owner: String, on host: String, _ definition: ResourceDefinition) {
            if let disk = volume.disk {
                let key = "\(host) \(disk)"
                let isCompared = volume.inheritsDisk && !compared.insert(key).inserted
                // A host without a disk has none to share; drbdadm takes the word for a disk like any other where it is inherited.
                guard disk != "none" || isCompared else { return }
                claim(disk, disk == "none" ? disk : BackingDisk.canonical(disk), owner, on: host, definition, isRefused: isCompared)
            }
            if let meta = volume.metaDisk, meta != "internal" {
                claim(meta, "meta " + meta, owner, on: host, definition, isRefused: true)
            }
            claim(metadataOf: volume, owner, on: host, definition)
        }

        /// What drbdadm compares with nothing: data and metadata on one device, and metadata on all of a device beside those with an index.
        private mutating func claim(metadataOf volume: DRBDVolume, _ owner: String, on host: String, _ definition: ResourceDefinition) {
            let disk = volume.disk.flatMap { $0 == "none" ? nil : "\(host) \(BackingDisk.canonical($0))" }
            let meta = volume.metadataDevice.map { "\(host) \(BackingDisk.canonical($0))" }
            let isIndexed = volume.metaDisk?.hasSuffix("]") == true
            if let disk {
                if let holder = metadata[disk]?.owner {
                    tell(volume.disk ?? "", "keeps data on the device of the metadata", owner, holder, definition)
                }
                data[disk] = data[disk] ?? owner
            }
            guard let meta, let device = volume.metadataDevice else { return }
            if let holder = data[meta] { tell(device, "keeps metadata on the disk", owner, holder, definition) }
            if let other = metadata[meta], other.isIndexed != isIndexed {
                tell(device, "shares all of a device with the metadata", owner, other.owner, definition)
            }
            metadata[meta] = metadata[meta] ?? (owner, isIndexed)
        }

        private mutating func tell(_ device: String, _ what: String, _ owner: String, _ holder: String, _ definition: ResourceDefinition) {
            guard told.insert("\(what) \(device) \(holder)").inserted else { return }
            let (name, other) = (title(of: owner), title(of: holder))
            var finding = Finding(
                .repeatedDisk, "\(name) \(what) of \(name == other ? "its own" : other): \(device)", at: definition.place(of: device),
                remedy: "write \"meta-disk internal\", or name a device that nothing else uses")
            finding.severity = .warning
            findings.append(finding)
        }

        private func title(of owner: String) -> String { owner.hasSuffix("/0") ? String(owner.dropLast(2)) : owner }

        private mutating func claim(
            _ disk: String, _ key: String, _ owner: String, on host: String, _ definition: ResourceDefinition, isRefused: Bool
        ) {
            guard let holder = disks.take("\(host) \(key)", for: owner), told.insert("disk \(key) \(holder)").inserted else { return }
            var finding = Finding(
                .repeatedDisk, "\(named(owner, beside: holder)) both use \(disk)", at: definition.place(of: disk.prefix { $0 != " " }.description),
                remedy: Rule.repeatedDisk.remedy)
            if !isRefused { finding.severity = .warning }
            findings.append(finding)
        }

        /// Who shares a port shares it on every host: that is told once. A host's own address is another one on each host.
        private mutating func claimAddresses(of definition: ResourceDefinition) {
            for address in definition.addresses.sorted() {
                let isLocal = address.hasPrefix("127.")
                let hosts = isLocal ? definition.hosts.filter { $0.address == address }.flatMap(\.names) : [""]
                for host in hosts {
                    guard let holder = addresses.take("\(host) \(address.withWholeIPv6)", for: definition.name),
                        told.insert("address \(holder)").inserted
                    else { continue }
                    var finding = Finding(
                        .repeatedAddress, "\(definition.name) and \(holder) both use \(address)", at: definition.place(of: address),
                        remedy: Rule.repeatedAddress.remedy)
                    // 8.3 and 8.4 refuse it.
                    if isLocal { finding.severity = .warning }
                    findings.append(finding)
                }
            }
        }

        private mutating func claim(lower: String, _ definition: ResourceDefinition) {
            guard lower != definition.name else {
                return findings.append(
                    Finding(
                        .repeatedMinor, "\(lower) is stacked on top of itself", at: definition.place(of: "stacked-on-top-of"),
                        remedy: "name the resource beneath it"))
            }
            if let holder = lowers.take(lower, for: definition.name) {
                findings.append(
                    Finding(
                        .repeatedMinor, "\(definition.name) and \(holder) are both stacked on top of \(lower)", at: definition.place(of: lower),
                        remedy: "stack one resource on top of another one at most"))
            }
            guard cluster.resourceByName[lower] == nil else { return }
            findings.append(
                Finding(
                    .missingLower, "no file of drbd/ defines the resource \"\(lower)\"", at: definition.place(of: lower),
                    remedy: didYouMean(lower, among: cluster.resources.map(\.name)) ?? Rule.missingLower.remedy))
        }

        private func named(_ owner: String, beside holder: String) -> String {
            let names = [owner, holder].map { $0.prefix { $0 != "/" } }
            return names[0] == names[1]
                ? "volumes \(owner.split(separator: "/").last ?? "") and \(holder.split(separator: "/").last ?? "") of \(names[0])"
                : "\(names[0]) and \(names[1])"
        }
    }
}

extension DeclaredCluster {
    /// `uname -n` of all that a host's section is about: those of the lower resource for a stacked one. None for a host that is known by its
    /// address.
    fileprivate func hosts(of host: DRBDHost) -> [String] {
        switch host.kind {
        case .on(let names): names
        case .floating: []
        case .stackedOnTopOf(let lower): resourceByName[lower]?.hosts.flatMap(\.names) ?? []
        }
    }
}

/// A disk of a host under any of its names.
enum BackingDisk {
    static func canonical(_ path: String) -> String { DevicePath.canonical(path) }
}

/// Who took a name or a number first.
struct Holders {
    private var holders: [String: String] = [:]

    /// - Returns: who has it already, unless it is the one that asks.
    mutating func take(_ key: String, for owner: String) -> String? {
        guard let holder = holders[key] else {
            holders[key] = owner
            return nil
        }
        return holder == owner ? nil : holder
    }
}

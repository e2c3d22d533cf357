internal import Catalogue
internal import Diagnostics

/// A resource as a whole: what drbdadm asks for beyond the single statement (drbdadm_postparse.c).
extension Reviewer {
    mutating func reviewResource(_ resource: Statement, _ body: [Statement]) {
        let inherited = DRBDVolume.all(in: body)
        let hosts = body.compactMap { HostSection($0, inheriting: inherited) }
        reviewNames(resource, body)
        reviewInheritance(body, firstHost: hosts.first)
        reviewRepetitions(body, hosts)
        reviewVolumes(resource, body, hosts)
        reviewAddresses(resource, body, hosts)
        reviewConnections(body, hosts)
        reviewPrimaries(body, hosts)
        reviewLayers(body)
    }

    /// "become-primary-on contains '…', which is not named with the 'on' sections" (drbdadm)
    private mutating func reviewPrimaries(_ body: [Statement], _ hosts: [HostSection]) {
        let promotions = body.sections("startup").flatMap { $0.body ?? [] }.filter { $0.keyword.text == "become-primary-on" }
        guard !promotions.isEmpty else { return }
        let names = Set(hosts.flatMap(\.names))
        for statement in promotions {
            if statement.arguments.isEmpty { reportValue(statement, nil, "both, or the names of hosts", by: .before9) }
            for (index, word) in statement.arguments.enumerated() where word.text != "both" && !names.contains(word.text) {
                report(
                    .incompleteResource, "the resource has no host \(word.text)", statement.place(ofArgument: index, in: source),
                    didYouMean(word.text, among: names), by: .before9)
            }
        }
    }

    private mutating func reviewLayers(_ body: [Statement]) {
        let bound = body.bound
        guard !bound.isEmpty else { return }
        let inherited = Dictionary(
            (common + body).flatMap { [$0].options(in: "disk") + [$0].options(in: "net") }.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
        for option in bound {
            guard let other = inherited[option.name], other != option.value else { continue }
            report(
                .contradictoryResource, "DRBD 9 refuses another value here than what is inherited: \(other)", source.place(of: option.origin),
                "say it in one place", by: .v9)
        }
    }

    // MARK: Names

    /// "'TK_STRING' expected, but got 'net'" (drbdadm): keywords and numbers are names only in quotes.
    private mutating func reviewNames(_ resource: Statement, _ body: [Statement]) {
        reviewWords(of: resource)
        for statement in body where !statement.isSkipped {
            switch statement.keyword.text {
            case "on", "stacked-on-top-of":
                reviewWords(of: statement)
                reviewDisks(in: statement.body ?? [])
            case "floating", "volume": reviewDisks(in: statement.body ?? [])
            default: break
            }
        }
        reviewDisks(in: body)
    }

    private mutating func reviewDisks(in body: [Statement]) {
        for statement in body {
            if statement.body != nil, statement.keyword.text == "volume" { reviewDisks(in: statement.body ?? []) }
            guard statement.body == nil, ["disk", "meta-disk", "flexible-meta-disk"].contains(statement.keyword.text) else { continue }
            reviewWords(of: statement, upTo: 1)
        }
    }

    mutating func reviewWords(of statement: Statement, from start: Int = 0, upTo count: Int = .max) {
        for (index, word) in statement.arguments.prefix(count).enumerated().dropFirst(start) {
            let refusers = ReservedWord.refusers(of: word)
            guard refusers.contains(.v9) || !dialects.contains(.v9) && !refusers.isEmpty else { continue }
            report(
                .refusedValue, "drbdadm takes \(word) for a keyword or a number, not for a name", statement.place(ofArgument: index, in: source),
                "write \"\(word.text)\" in quotes", by: refusers)
        }
    }

    // MARK: What hosts inherit

    /// 8.3 and 8.4 hand down to a host what stands before it; 9 all there is.
    private mutating func reviewInheritance(_ body: [Statement], firstHost: HostSection?) {
        guard let firstHost, !dialects.isDisjoint(with: .before9) else { return }
        let parts = body.drop { $0.origin.range.lowerBound <= firstHost.statement.origin.range.lowerBound }
        guard let late = parts.first(where: { $0.isInherited && !$0.isSkipped }) else { return }
        let isAllLate =
            !body.contains { $0.isInherited && $0.origin.range.lowerBound < firstHost.statement.origin.range.lowerBound }
            && !body.contains { HostSection.keywords.contains($0.keyword.text) && ($0.body ?? []).contains(where: \.isInherited) }
            && !parts.drop { !$0.isInherited }.contains { HostSection.keywords.contains($0.keyword.text) }
        report(
            .lateDevice, "DRBD 8.4 gives \(firstHost.title) nothing of this: it stands before it", late.keywordPlace(in: source),
            by: isAllLate ? .v83 : .before9)
    }

    // MARK: What stands twice

    private mutating func reviewRepetitions(_ body: [Statement], _ hosts: [HostSection]) {
        reviewRepeated(Self.singleInResource, in: body)
        var names: Set<String> = []
        for host in hosts where !host.isFloating && !host.isStacked {
            for (index, name) in host.names.enumerated() where !names.insert(name).inserted {
                report(
                    .contradictoryResource, "another section is that of \(name) already", host.statement.place(ofArgument: index, in: source),
                    "remove or rename one", by: .all)
            }
            reviewRepeated(Self.singleInHost, in: host.body)
        }
        var ids: Set<String> = []
        for id in hosts.flatMap(\.nodeIDs) where !ids.insert(id.arguments.first?.text ?? "").inserted {
            report(.contradictoryResource, "another host has this node-id", id.place(ofArgument: 0, in: source), by: .v9)
        }
        // "peer node id out of range" (drbd_nl.c): DRBD_NODE_ID_MAX is 32, which drbdadm takes.
        for id in hosts.flatMap(\.nodeIDs) where id.arguments.first.flatMap({ Int($0.text) }) == 32 {
            report(
                .kernelRefusal, "drbdadm takes the node-id 32, and the kernel of no peer does", id.place(ofArgument: 0, in: source),
                "take one from 0 to 31")
        }
    }

    private static let singleInResource: Set<String> = ["device", "protocol"]
    private static let singleInHost: Set<String> = ["address", "device", "disk", "meta-disk", "node-id"]

    /// "conflicting use of address statement" (drbdadm); a disk section counts as a disk there.
    private mutating func reviewRepeated(_ keywords: Set<String>, in body: [Statement]) {
        var seen: Set<String> = []
        for statement in body {
            let keyword = statement.keyword.text == "flexible-meta-disk" ? "meta-disk" : statement.keyword.text
            guard keywords.contains(keyword), !seen.insert(keyword).inserted else { continue }
            report(
                .contradictoryResource, "drbdadm refuses a second \(keyword) here", statement.keywordPlace(in: source), "keep one of the two",
                by: .all)
        }
    }
}

// MARK: Volumes

extension Reviewer {
    private mutating func reviewVolumes(_ resource: Statement, _ body: [Statement], _ hosts: [HostSection]) {
        reviewMixing(body)
        let resourceIsImplicit = body.contains(where: \.isOfImplicitVolume)
        for host in hosts {
            reviewMixing(host.body)
            reviewVolumeZero(host.body)
            if !host.isStacked { reviewCompleteness(of: host) }
        }
        let all = hosts.reduce(into: Set<Int>()) { $0.formUnion($1.volumes.keys) }
        for host in hosts where host.volumes.count < all.count {
            guard let missing = all.subtracting(host.volumes.keys).min() else { continue }
            report(
                .incompleteResource, "\(host.title) has no volume \(missing), which another host has", host.statement.keywordPlace(in: source),
                "define the volume for all hosts, with \"disk none\" on one without a disk (DRBD 9)", by: .all)
        }
        let isImplicit = hosts.map { $0.saysImplicitly || !$0.numbersVolumeZero && resourceIsImplicit }
        let isMixed = Set(zip(hosts, isImplicit).filter { $0.0.volumes[0] != nil }.map(\.1)).count > 1
        let mixes = isImplicit.contains(true) && all.contains { $0 != 0 }
        guard isMixed || mixes else { return }
        report(
            .contradictoryResource, "volumes with a number and one without", resource.place(ofArgument: 0, in: source),
            "write a volume section for each", by: .all)
    }

    /// "mixing explicit and implicit volumes is not allowed" (drbdadm)
    private mutating func reviewMixing(_ body: [Statement]) {
        guard let first = body.firstIndex(where: { $0.keyword.text == "volume" && $0.body != nil }) else { return }
        guard let implicit = body[first...].first(where: \.isOfImplicitVolume) else { return }
        report(
            .contradictoryResource, "\(implicit.keyword) of no volume, where there are volumes", implicit.keywordPlace(in: source),
            "move it into a volume section", by: .all)
    }

    /// Of one host drbdadm takes both for volumes, and then says "unsorted volumes list"; of the resource it takes the second for more about
    /// the first.
    private mutating func reviewVolumeZero(_ body: [Statement]) {
        guard let implicit = body.firstIndex(where: \.isOfImplicitVolume) else { return }
        let isZero = { (statement: Statement) in
            statement.keyword.text == "volume" && statement.body != nil && statement.arguments.first.flatMap { Int($0.text) } == 0
        }
        guard let explicit = body[implicit...].first(where: isZero) else { return }
        report(
            .contradictoryResource, "volume 0, which the host has without a number already", explicit.keywordPlace(in: source),
            "write all of it into the volume section", by: .all)
    }

    private mutating func reviewCompleteness(of host: HostSection) {
        for (number, volume) in host.volumes.sorted(by: { $0.key < $1.key }) {
            let isDiskless = volume.disk == nil && volume.metaDisk == nil
            let lacks: [(String, Dialects)] = [
                volume.device == nil ? ("device", .all) : nil,
                volume.disk == nil ? ("disk", isDiskless && volume.device != nil ? .before9 : .all) : nil,
                volume.metaDisk == nil ? ("meta-disk", .before9) : nil,
            ].compactMap(\.self)
            for (keyword, refusers) in lacks where refusers.contains(.v9) || volume.disk != "none" && !refusers.isDisjoint(with: dialects) {
                reportLack(of: keyword, volume: number, on: host, by: refusers)
            }
        }
    }

    /// A notice where only an older DRBD asks for it: hosts with 9 read the file, and what the hosts have nobody knows here.
    private mutating func reportLack(of keyword: String, volume number: Int, on host: HostSection, by refusers: Dialects) {
        let isFor9 = !refusers.contains(.v9) && dialects.contains(.v9)
        let asking = isFor9 ? ", which DRBD 8.4 asks for" : ""
        report(
            .incompleteResource, "volume \(number) has no \(keyword) on \(host.title)\(asking)", host.statement.keywordPlace(in: source),
            keyword == "meta-disk"
                ? "write \"meta-disk internal;\" (9 takes it for granted)" : "write \(keyword) … for the resource or the host",
            by: refusers, severity: isFor9 ? .notice : nil)
    }
}

// MARK: Addresses and node-ids

extension Reviewer {
    private mutating func reviewAddresses(_ resource: Statement, _ body: [Statement], _ hosts: [HostSection]) {
        let connects = body.contains { $0.body != nil && $0.keyword.text == "connection" }
        let meshes = body.contains { $0.body != nil && $0.keyword.text == "connection-mesh" }
        // "This is drbd-8.3 / drbd-8.4 compatibility, auto created node-id" (drbdadm_postparse.c): for two hosts, by their addresses.
        let isNumbered = hosts.contains { $0.nodeID != nil }
        let numbersItself = hosts.count == 2 && !connects && !isNumbered
        if hosts.isEmpty, !body.contains(where: { ["_this_host", "_remote_host", "template-file"].contains($0.keyword.text) }) {
            report(.incompleteResource, "the resource names no host", resource.keywordPlace(in: source), by: [.v83, .v9])
        }
        for host in hosts where host.address == nil {
            report(
                .incompleteResource, "\(host.title) has no address", host.statement.keywordPlace(in: source), "write address IP:PORT;",
                by: numbersItself ? .all : .before9)
        }
        if !numbersItself {
            let missing = hosts.filter { $0.nodeID == nil }
            if hosts.count > 2, !isNumbered, !connects, !meshes, let third = hosts.dropFirst(2).first {
                report(
                    .incompleteResource, "DRBD 9 does not know who is connected with whom, nor the hosts' node-ids",
                    third.statement.keywordPlace(in: source), "give each host a node-id, and add connection-mesh { hosts …; }", by: .v9)
            } else {
                for host in missing {
                    report(
                        .incompleteResource, "\(host.title) has no node-id", host.statement.keywordPlace(in: source), "give each host one", by: .v9)
                }
            }
        }
        reviewEquality(of: hosts, numbersItself: numbersItself, connects: connects)
    }

    private mutating func reviewEquality(of hosts: [HostSection], numbersItself: Bool, connects: Bool) {
        var taken: Set<[String]> = []
        for host in hosts {
            guard let address = host.address?.withoutIPv4 else { continue }
            let isLocal = address.last?.hasPrefix("127.") ?? false
            guard !taken.insert(address).inserted, !isLocal || numbersItself && !host.hasProxy else { continue }
            report(
                .contradictoryResource, "another host has this address and port", place(ofAddressOf: host), Rule.repeatedAddress.remedy,
                by: isLocal ? .v9 : connects ? .before9 : .all)
            return
        }
        guard numbersItself, let first = hosts[0].address?.addressWithoutPort, first == hosts[1].address?.addressWithoutPort, !hosts[0].hasProxy
        else { return }
        report(
            .contradictoryResource, "both hosts have one address: DRBD 9 can't make node-ids of it", place(ofAddressOf: hosts[1]),
            "give each host its own address, or a node-id", by: .v9)
    }

    private func place(ofAddressOf host: HostSection) -> Place {
        host.isFloating
            ? host.statement.place(ofArgument: host.statement.arguments.count - 1, in: source)
            : host.body.parameter("address").map { $0.place(ofArgument: $0.arguments.count - 1, in: source) }
                ?? host.statement.keywordPlace(in: source)
    }
}

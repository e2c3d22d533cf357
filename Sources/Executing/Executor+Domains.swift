internal import Host
internal import LiveState
internal import Observing
internal import Steps

// DomUs that run. What xl makes of a value that is there already is nothing.
extension Executor {
    func change(_ change: DomainChange, limit: Duration) async throws -> StepOutcome {
        guard actsOnHost else { return .nothingToDo }
        switch await DomainObserver().domains() {
        case .unknown(let reason): return .failed("xl can't be asked: \(reason)")
        case .known(let domains):
            guard let domain = domains[change.domain] else { return .moved("\(change.domain) does not run here any more") }
            guard !domain.has(change.kind) else { return .nothingToDo }
        }
        _ = try await Command("xl", change.arguments, limit: limit).run().orThrow()
        return .done
    }
}

extension LiveDomain {
    fileprivate func has(_ kind: DomainChange.Kind) -> Bool {
        switch kind {
        case .vcpus(let number): vcpus == number
        case .memory(let size): Self.isSame(memory, as: size)
        case .attachDisk(let device, _): disks.contains { $0.device == device }
        case .attachInterface(let mac, _): interfaces.contains { $0.mac == mac }
        case .changeMedium(let device, let target): disks.contains { $0.device == device && $0.target == target }
        }
    }
}

extension DomainChange {
    /// As xl(1) has them, 4.17: "Default unit is kB" for mem-set, and network-attach takes each part of an interface for itself.
    fileprivate var arguments: [String] {
        switch kind {
        case .vcpus(let number): ["vcpu-set", domain, "\(number)"]
        case .memory(let size): ["mem-set", domain, "\(size)m"]
        case .attachDisk(_, let specification): ["block-attach", domain, specification]
        case .attachInterface(_, let specification):
            ["network-attach", domain] + specification.split(separator: ",").map { String($0.drop { $0 == " " }) }
        case .changeMedium(let device, let target): target.map { ["cd-insert", domain, device, $0] } ?? ["cd-eject", domain, device]
        }
    }
}

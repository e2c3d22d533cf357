internal import Diagnostics
internal import Host
internal import LiveState
internal import Observing
internal import Repository
internal import Steps

// DRBD resources that a commit brings. What the disks hold, and how the sides are, is looked at again just before.
extension Executor {
    /// "create-md: Initializes the meta data storage. This needs to be done before a DRBD resource can be taken online for the first time" (drbdadm(8)). Without
    /// `--force`, and with nothing to read: whatever drbdmeta would ask about it leaves alone.
    func createMetadata(_ resource: String, _ devices: [BackingDevice], limit: Duration) async throws -> StepOutcome {
        guard actsOnHost else { return .nothingToDo }
        var outcome = StepOutcome.nothingToDo
        for device in devices {
            switch await disks.content(of: device, in: resource) {
            case .known(.justCreated), .known(.data): continue
            case .known(.foreign(let what)): return .failed("\(device.disk) holds \(what): nothing is overwritten")
            case .unknown(let reason): return .failed("what \(device.disk) holds can't be told: \(reason)")
            case .known(.nothing): break
            }
            outcome = try await drbdadm(["create-md", "\(resource)/\(device.number)"], limit)
            guard outcome == .done else { return outcome }
        }
        return outcome
    }

    /// What comes up halfway is taken down again: the next time begins from nothing.
    func bringUp(_ resource: String, limit: Duration) async throws -> StepOutcome {
        guard actsOnHost, try await !DRBDKernel().isUp(resource) else { return .nothingToDo }
        let outcome = try await drbdadm(["up", resource], limit)
        if outcome != .done { _ = try? await drbdadm(["down", resource], limit) }
        return outcome
    }

    /// "--clear-bitmap … can be used to skip the initial sync, if you want to start from scratch. This use-case does only work on "Just Created" meta data. …
    /// They are now Connected Secondary/Secondary Inconsistent/Inconsistent. Generate a new current-uuid and clear the dirty bitmap. … They are now Connected
    /// Secondary/Secondary UpToDate/UpToDate" (drbdsetup(8), 8.4; 9.0 says the same).
    ///
    /// Not a block of data is written by it, on no side. That is for disks that were made with the resource. What others hold where nobody has looked may
    /// differ from side to side: there it is copied, "primary --force" on one side and back (DRBD user's guide, "The initial device synchronization").
    ///
    /// - Parameters:
    ///   - begins: otherwise another host does, and it is only waited for.
    ///   - copies: whether this host's disks are copied to all others.
    func firstSync(_ resource: String, begins: Bool, copies: Bool, limit: Duration) async throws -> StepOutcome {
        guard actsOnHost else { return .nothingToDo }
        let deadline = ContinuousClock.now + min(limit, Self.handshake)
        var hasBegun = false
        while true {
            let infancy = try await DRBDKernel().infancy(of: resource)
            switch infancy {
            case .down: return .moved("\(resource) is not up")
            case .over: return hasBegun ? .done : .nothingToDo
            case .ready(let volumes) where begins && !hasBegun:
                let outcome = copies ? try await copyFromHere(resource, limit) : try await skipCopying(resource, volumes, limit)
                guard outcome == .done else { return outcome }
                hasBegun = true
            case .ready, .notYet:
                guard ContinuousClock.now < deadline else { return .waiting(infancy.reason) }
                try await Task.sleep(for: .milliseconds(500))
            }
        }
    }

    private func skipCopying(_ resource: String, _ volumes: [Int], _ limit: Duration) async throws -> StepOutcome {
        for volume in volumes {
            let outcome = try await drbdadm(["new-current-uuid", "--clear-bitmap", "\(resource)/\(volume)"], limit)
            guard outcome == .done else { return outcome }
        }
        return .done
    }

    /// It is Pacemaker's to say who is Primary. udev may have the device open for a moment.
    private func copyFromHere(_ resource: String, _ limit: Duration) async throws -> StepOutcome {
        let deadline = ContinuousClock.now + limit / 4
        let outcome = try await drbdadm(["primary", "--force", resource], limit)
        guard outcome == .done else { return outcome }
        while true {
            let outcome = try await drbdadm(["secondary", resource], limit)
            guard outcome != .done, ContinuousClock.now < deadline else { return outcome }
            try await Task.sleep(for: .milliseconds(500))
        }
    }

    /// The other side comes up at its own time, and the two have to find each other. Most do so at once; others are waited for where it is told.
    private static let handshake = Duration.seconds(10)
}

extension DRBDInfancy {
    fileprivate var reason: String { if case .notYet(let reason) = self { reason } else { "no side of it has become UpToDate yet" } }
}

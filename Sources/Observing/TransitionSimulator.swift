public import CIB
internal import ClusterModel
internal import Diagnostics
internal import FoundationEssentials
internal import Host
public import LiveState
public import Planning
internal import Steps

/// Asks crm_simulate(8) what Pacemaker would do. It needs no cluster, and changes none.
public struct TransitionSimulator: Sendable {
    private let scratch: FileTree
    private let program: String
    /// The scheduler takes seconds for 1,000 domUs, and four times as long for twice as many.
    private static let limit = Duration.seconds(120)

    /// - Parameter scratchDirectory: for the files that crm_simulate reads and makes. They hold the secrets of the CIB, are readable by
    ///   their owner only, and gone afterwards.
    public init(scratchDirectory: String) { self.init(scratchDirectory: scratchDirectory, program: "crm_simulate") }

    init(scratchDirectory: String, program: String) {
        scratch = FileTree(root: scratchDirectory)
        self.program = program
    }

    /// What a plan makes Pacemaker do. It depends on the live CIB, status included, and on the plan's changes: while these are the
    /// same, so is the answer.
    public func forecast(of plan: Plan) async -> Known<Forecast> {
        guard !plan.changes.isEmpty || !plan.restarted.isEmpty else { return .known(Forecast()) }
        let now = Self.now  // one for all: what is due between two of them would look like the commit's doing
        async let live = transition(of: plan.live, at: now)
        async let retirement = plan.retired.asyncMap { await transition(of: $0, at: now) }
        let wanted = await transition(of: plan.wanted, at: now)
        return await wanted.forecast(without: live, after: retirement)
    }

    /// What Pacemaker would do with the configuration and the status of a CIB.
    public func transition(of cib: CIB) async -> Known<Transition> { await transition(of: cib, at: Self.now) }

    private static var now: Int64 { Int64(Date().timeIntervalSince1970) }

    func transition(of cib: CIB, at now: Int64) async -> Known<Transition> {
        guard let status = cib.status else { return .unknown("the CIB has no status section") }
        guard status.hasNodes else { return .unknown("the CIB's status section knows no node") }
        let directory = "/simulation-\(String(UInt64.random(in: 0 ... .max), radix: 36))"
        do {
            defer { try? scratch.removeAll(directory) }
            try scratch.makeDirectory(directory, mode: 0o700)
            try scratch.write(cib.document(at: now), to: directory + "/cib.xml", mode: 0o600)
            let output = try await simulation(in: scratch.location(of: directory)).run().orThrow()
            return .known(try Transition(simulation: SourceText(path: "the output of crm_simulate", bytes: output.bytes)))
        } catch {
            return .unknown(Self.reason(error))
        }
    }

    /// `--xml-file` would have crm_simulate take the CIB for one whose passwords are masked (`pcmk_sim_sanitized`), and pass over a change
    /// of a password, which restarts the resource; what it reads with `--live-check` it takes as it is. `CIB_file` is what it reads.
    /// `CIB_shadow_dir` is where it puts its copy of the CIB, instead of Pacemaker's own directory.
    private func simulation(in directory: String) -> Command {
        Command(
            program, ["--live-check", "--run", "--output-as=xml"],
            environment: ["CIB_file": directory + "/cib.xml", "CIB_shadow_dir": directory], limit: Self.limit)
    }

    private static func reason(_ error: any Error) -> String {
        switch error {
        // With `CIB_file`, crm_simulate has no other word for a CIB that its schema refuses.
        case CommandError.failed(let output) where output.status == .exited(66): "Pacemaker does not accept the CIB; crm_verify says why"
        case CommandError.failed(let output): "crm_simulate: \(output.status): \(output.lastLines(1))"
        case let error as CommandError: error.finding.message
        case let error as FileError: error.finding.message
        case let error as Finding: error.message
        default: "\(error)"
        }
    }
}

extension Plan {
    /// The live CIB while what is deleted, or started anew, is being stopped; nil where nothing is.
    fileprivate var retired: CIB? {
        let stopped = deletedResources + restarted.map(\.text)
        return stopped.isEmpty ? nil : Retirement(of: stopped, in: self).transaction(on: live).to
    }
}

extension Optional {
    fileprivate func asyncMap<Other>(_ transform: (Wrapped) async -> Other) async -> Other? {
        guard let self else { return nil }
        return await transform(self)
    }
}

extension Known<Transition> {
    fileprivate func forecast(without live: Self, after retirement: Self?) -> Known<Forecast> {
        if let reason = reason ?? live.reason ?? retirement?.reason { return .unknown(reason) }
        return map { Forecast(of: $0, without: live.value ?? Transition(), after: retirement?.value) }
    }
}

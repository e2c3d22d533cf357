import CIB
import ClusterModel
import Diagnostics
import LiveState
import Observing
import Planning
import Records
import Repository
import Safety
import TestKit
import XML

/// Two CIBs as the history of one cluster: the first one is imported and applied; what is imported from the second is the next commit.
///
/// All that a commit meets is in its way: the findings of its files, the references, the live schema, the gate, crm_verify. Let in, it has
/// to make the first CIB the second one, but for what nobody deletes; and then there must be nothing left to do.
struct Succession {
    let first: Subject
    let second: Subject

    init(_ first: Subject, then second: Subject) {
        self.first = Subject(first.name, first.live.readyForNodes(of: second.live))
        self.second = second
    }

    /// The second CIB's file declares a password as a reference, or a mask, and the first one's cluster has no such value.
    private static let noPassword = "a password that this cluster doesn't have"

    func shortfall(verifier: CIBVerifier) async throws -> Shortfall? {
        if let error = first.errors.first { return Shortfall("the first: \(error)") }
        if let error = second.errors.first { return Shortfall(error, excuse: Self.excuse(for: error)) }
        let applied = try first.plan(first.state, base: nil, live: first.live, as: .base)
        guard applied.isEmpty else { return Shortfall("the first is not what was imported from it") }
        let plan: Plan
        do {
            plan = try second.plan(second.state, base: first.state, live: applied.wanted, as: .desired)
        } catch let refusal as Findings {
            let reason = refusal.all.first?.description.firstLine ?? ""
            let isPassword = refusal.all.allSatisfy { $0.message.contains("the cluster has no such value") }
            return Shortfall(reason, excuse: isPassword ? Self.noPassword : nil)
        }
        if let refusal = await refusal(of: plan, verifier) { return refusal }
        let differences = Meaning(plan.wanted, without: ClusterRecord.set).difference(from: Meaning(second.live))
        let again = try second.plan(second.state, base: second.state, live: plan.wanted, as: .desired)
        if !again.isEmpty { return Shortfall("the next plan: " + again.changes.map { "\($0.action) \($0.id.name)" }.joined(separator: " ")) }
        let real = differences.filter { !$0.isUnmanaged(by: plan) }
        return real.isEmpty ? nil : Shortfall(real.joined(separator: "; "))
    }

    private func refusal(of plan: Plan, _ verifier: CIBVerifier) async -> Shortfall? {
        let lost = plan.lostSecrets.map(\.asset).joined(separator: ", ")
        let word = "the next one\n\nAllow-Mass-Delete: yes\n" + (lost.isEmpty ? "" : "Allow-Destroy: \(lost)\n")
        var evidence = Evidence(of: plan, commit: Commit(id: .desired, tree: "", author: "", time: 0, message: word))
        if plan.needsTransaction, plan.misfits.isEmpty {
            switch await verifier.remarks(on: plan.wanted, insteadOf: plan.live, deleting: Set(plan.deletedResources)) {
            case .unknown(let reason): evidence.verification = .unknown(reason)
            case .known(let remarks) where remarks.errors.isEmpty: evidence.verification = .content
            case .known(let remarks) where await isSecondsOwn(remarks.errors, verifier):
                return Shortfall(remarks.errors.joined(separator: " | "), excuse: "crm_verify finds the same errors in the second CIB itself")
            case .known(let remarks): evidence.verification = .complaints(remarks.errors)
            }
        }
        switch evidence.judge() {
        case .approved: return nil
        case .refused(let objections), .waiting(let objections), .undecided(let objections):
            let reason = objections.map { $0.description.split(separator: "\n").prefix(4).joined(separator: " | ") }.joined(separator: "; ")
            return Shortfall(reason, excuse: Self.excuse(for: reason))
        }
    }

    /// Whether the second CIB is refused for the same, whoever writes it: fencing that is on, and no device, say.
    private func isSecondsOwn(_ errors: [String], _ verifier: CIBVerifier) async -> Bool {
        guard case .known(let own) = await verifier.remarks(on: second.live, insteadOf: nil) else { return false }
        return Set(errors).isSubset(of: own.errors)
    }

    /// What no commit can help: a construct that is newer than the cluster's schema, and has no older spelling; a value that no Pacemaker takes.
    private static func excuse(for reason: String) -> String? {
        if reason.contains("came with schema") || reason.contains("went with schema") { return "the cluster's schema doesn't have it" }
        return reason.contains("kind=\"foo\"") || reason.contains("kind can't be \"foo\"") ? "foo is no kind of order" : nil
    }
}

extension CIB {
    /// As a running cluster has it, with ids of nodes that are not those of other nodes in another CIB.
    fileprivate func readyForNodes(of other: CIB) -> CIB {
        let names = Dictionary(other.nodes.map { ($0.id ?? "", $0["uname"]) }, uniquingKeysWith: { first, _ in first })
        var root = self.root
        root["crm_feature_set"] = featureSet ?? "3.16.1"
        for section in root.children.indices where root.children[section].name == "configuration" {
            for part in root.children[section].children.indices where root.children[section].children[part].name == "nodes" {
                root.children[section].children[part].children = nodes.map { node in
                    guard let id = node.id, let name = names[id], name != node["uname"] else { return node }
                    var node = node
                    node.id = "\(id)0000"
                    return node
                }
            }
        }
        return CIB(root)
    }

    private var nodes: [Element] { configuration.first("nodes")?.children ?? [] }
}

extension String {
    /// Whether the line is of an object, or a part of one, that the second commit never had: it stays.
    fileprivate func isUnmanaged(by plan: Plan) -> Bool {
        let names = plan.unmanaged.map(\.object) + plan.held.map(\.object)
        return names.contains { hasPrefix("\($0.kind.rawValue) \($0.name): ") || hasPrefix("\($0.kind.rawValue) : ") }
    }
}

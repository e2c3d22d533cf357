internal import ClusterModel
internal import Diagnostics
internal import Records

/// The status of a node and its cluster on one screen.
public struct StatusText {
    private let status: NodeStatus
    private let style: Style

    public init(_ status: NodeStatus, style: Style) {
        self.status = status
        self.style = style
    }

    public var lines: [String] {
        let parts = [summary, nodes, resources, pairs, failures, steps, restarts, holds].filter { !$0.isEmpty }
        return Array(parts.joined(separator: [""]))
    }

    // MARK: The commits

    private var summary: [String] {
        var table = Table()
        table.add([("cluster", .faint), (cluster, clusterTone)])
        table.add([
            ("repository", .faint), (status.repository + (status.isRepositoryHeard || status.commits.newest == nil ? "" : " (does not answer)"), nil),
        ])
        table.add([("newest", .faint), (commit(status.commits.newest) + (status.commits.subject.map { " \"\($0.singleLine)\"" } ?? ""), nil)])
        table.add([("in force", .faint), (inForce, status.commits.held == nil ? .good : .bad)])
        if let held = status.commits.held { table.add([("held", .faint), ("\(commit(held)): it was not good; a newer commit ends this", .bad)]) }
        if let suspension = status.suspension {
            table.add([("suspended", .faint), ("\(suspension.description); nothing is changed until then, or \"coxswain resume\"", .changed)])
        }
        table.add([("\(status.node) is", .faint), (doing, nil)])
        if let last = status.last { table.add([("last", .faint), (ending(last), tone(of: last))]) }
        return table.lines(style)
    }

    private var cluster: String {
        guard let cluster = status.cluster else { return "no running cluster answers" }
        let words = [
            cluster.hasQuorum ? "quorum" : "NO QUORUM", cluster.dc.map { "DC \($0)" } ?? "no DC",
            cluster.inMaintenance ? "in maintenance" : nil, cluster.isIdle ? "idle" : "a transition is under way",
        ]
        return words.compactMap(\.self).joined(separator: ", ")
    }

    private var clusterTone: Style.Tone? { status.cluster.map { $0.hasQuorum && $0.dc != nil } == true ? nil : .bad }

    private var inForce: String {
        guard let applied = status.commits.applied else { return "-" }
        return commit(applied) + (status.commits.good == applied ? ", found healthy" : ", not found healthy (yet)")
    }

    private var doing: String {
        guard let wait = status.work.wait else {
            return status.work.activity + (status.work.steps.first.map { ": \($0)" } ?? "")
        }
        let limit = wait.limit.map { " of \(Self.span($0))" } ?? ""
        return "waiting for \(Self.span(wait.seconds))\(limit): \(wait.reason.firstLine)"
    }

    private func ending(_ last: NodeStatus.Ending) -> String {
        let reason = last.text.isEmpty ? "" : ": " + last.text.firstLine
        return "\(commit(last.commit)) \(last.result)\(reason)"
    }

    private func tone(of last: NodeStatus.Ending) -> Style.Tone { ["converged", "superseded"].contains(last.result) ? .good : .bad }

    // MARK: The cluster

    private var nodes: [String] {
        guard let cluster = status.cluster, !cluster.nodes.isEmpty else { return [] }
        var table = Table()
        table.add(["NODE", "STATE", "COXSWAIN"].map { ($0, .strong) })
        for node in cluster.nodes {
            table.add([(node.name, nil), (node.state, node.state == "online" ? .good : .bad), (node.announcement?.firstLine ?? "-", .faint)])
        }
        return table.lines(style)
    }

    private var resources: [String] {
        guard let cluster = status.cluster, !cluster.resources.isEmpty else { return [] }
        var table = Table()
        table.add(["RESOURCE", "ROLE", "NODES", ""].map { ($0, .strong) })
        for resource in cluster.resources {
            let remark = [resource.isWell ? nil : "FAILED", resource.isManaged ? nil : "unmanaged"].compactMap(\.self).joined(separator: ", ")
            table.add([
                (resource.name, nil), (resource.role, resource.isWell ? nil : .bad), (resource.nodes.joined(separator: " "), nil), (remark, .bad),
            ])
        }
        return table.lines(style).map(\.withoutBlanksAtEnd)
    }

    private var pairs: [String] {
        guard let pairs = status.drbd, !pairs.isEmpty else { return [] }
        var table = Table()
        table.add(["DRBD", "HERE", "PEER", "CONNECTION", "THERE"].map { ($0, .strong) })
        for pair in pairs {
            let here = "\(pair.role) \(pair.disks.joined(separator: " "))"
            for peer in pair.peers.isEmpty ? [NodeStatus.Peer(name: "-", connection: "-", role: "-", disks: [])] : pair.peers {
                let there = ([peer.role] + peer.disks + (peer.done.map { ["\(Int($0)) %"] } ?? [])).joined(separator: " ")
                let tone: Style.Tone? = pair.isWell ? nil : .bad
                table.add([(pair.name, nil), (here, tone), (peer.name, nil), (peer.connection, tone), (there, tone)])
            }
        }
        return table.lines(style).map(\.withoutBlanksAtEnd)
    }

    private var failures: [String] {
        guard let failures = status.cluster?.failures, !failures.isEmpty else { return [] }
        return [style("failed actions", .strong)] + failures.map { "  " + style($0.singleLine, .bad) }
    }

    // MARK: What is to be done, and what is left alone

    private var restarts: [String] {
        guard let restarts = status.pendingRestarts, !restarts.isEmpty else { return [] }
        let title = "runs on with what it has until it is started anew (crm resource restart)"
        return [style(title, .strong)]
            + restarts.map {
                "  " + style("\($0.resource): \(($0.settings.isEmpty ? [$0.path] : $0.settings).joined(separator: "; "))".singleLine, .changed)
            }
    }

    private var steps: [String] {
        guard !status.work.steps.isEmpty else { return [] }
        return [style("steps of \(commit(status.work.commit)) that are left", .strong)] + status.work.steps.map { "  \($0.terminalSafe)" }
    }

    private var holds: [String] {
        guard !status.holds.isEmpty else { return [] }
        var table = Table()
        table.add(["HELD", "CLASS", "BY", "FOR", "LIVE", "IN GIT"].map { ($0, .strong) })
        for hold in status.holds {
            let name = [hold.object, hold.path].compactMap(\.self).joined(separator: " ")
            let age = (hold.seconds.map(Self.span) ?? "-") + (hold.limit.map { " of \(Self.span($0))" } ?? "")
            table.add([
                (name.terminalSafe, nil), (hold.class, .changed), (hold.holder, .changed), (age, nil), (shown(hold.live), nil),
                (shown(hold.wanted), nil),
            ])
        }
        return table.lines(style)
    }

    private func shown(_ value: String?) -> String { value.map(\.singleLine) ?? "-" }

    private func commit(_ hex: String?) -> String { hex.map { CommitID($0)?.short ?? $0 } ?? "-" }

    /// `40 s`, `12 min`, `3 h`.
    static func span(_ seconds: Int) -> String { seconds < 120 ? "\(seconds) s" : seconds < 7200 ? "\(seconds / 60) min" : "\(seconds / 3600) h" }
}

extension String {
    fileprivate var withoutBlanksAtEnd: String {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}

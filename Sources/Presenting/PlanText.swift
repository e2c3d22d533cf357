internal import CIB
internal import CRMSyntax
internal import ClusterModel
internal import Diagnostics
internal import LiveState
public import Planning
internal import Repository
public import Safety
internal import Steps
internal import XML

/// A plan as people read it: what is created, changed and deleted, what is held, what is left alone, and a summary.
public struct PlanText {
    private let evidence: Evidence
    private let plan: Plan
    private let commit: Commit?
    private let style: Style
    private let previews: [String: [String]]
    private let ages: HoldTimes

    /// - Parameters:
    ///   - previews: what `drbdadm --dry-run adjust` would run, by DRBD resource.
    ///   - ages: since when something is held.
    public init(_ evidence: Evidence, previews: [String: [String]] = [:], holding ages: HoldTimes = HoldTimes(), style: Style) {
        self.ages = ages
        self.evidence = evidence
        plan = evidence.plan
        commit = evidence.plan.commit == nil ? nil : evidence.commit
        self.previews = previews
        self.style = style
    }

    public var lines: [String] {
        heading + plan.notices.map { style($0.description, .faint) } + remarks + changes + files + pendingRestarts + volumes + unreachable
            + StepsText(plan, style: style).lines
            + forecast
            + held + unmanaged + ["", summary]
    }

    private var forecast: [String] {
        guard !plan.changes.isEmpty, let forecast = evidence.forecast else { return [] }
        return [""] + ForecastText(forecast, touched: plan.touched, style: style).lines
    }

    private var heading: [String] {
        let subject = commit.map { "commit \($0.id.short) \"\($0.title.singleLine)\"" } ?? "the uncommitted working tree"
        let isInForce = plan.base != nil && plan.base == plan.commit
        let base = isInForce ? "in force already: what differs is drift" : plan.base.map { "last applied \($0.short)" } ?? "nothing applied yet"
        return [style("\(subject), against CIB \(plan.live.version), \(base)", .strong)]
    }

    private var remarks: [String] {
        guard !evidence.remarks.isEmpty else { return [] }
        return ["", style("Pacemaker takes the result, and says", .strong)] + evidence.remarks.map { "  \($0.singleLine)" }
    }

    // MARK: Objects

    private var changes: [String] { plan.changes.isEmpty ? [] : [""] + plan.changes.flatMap(block) }

    private func block(_ change: Change) -> [String] {
        let driftClass = plan.driftClass(of: change.id).map { "\($0.rawValue): " } ?? ""
        let reason = change.reason.map { "  (\(driftClass)\($0))" } ?? ""
        let agent = change.createdAgent.map { " \($0)" } ?? ""
        let title = "  \(change.action.sign) \(change.keyword) \(change.id.name)\(agent)".singleLine
        var table = Table()
        for field in change.fields where agent.isEmpty || !field.isPartOfAgent { table.add(row(field) + takenBack(change, field)) }
        return [style(title, change.action.tone) + style(reason.singleLine, .faint)] + table.lines(style, indent: 6)
    }

    /// The class of drift that git has its way with.
    private func takenBack(_ change: Change, _ field: FieldChange) -> [Table.Cell] {
        guard let driftClass = plan.driftClass(of: change.id, field.path) else { return [] }
        return [("(\(driftClass.rawValue))", .faint)]
    }

    private func row(_ field: FieldChange) -> [Table.Cell] {
        let path = (field.path.description.singleLine, Style.Tone?.none)
        switch (field.old, field.new) {
        case (let old?, let new?):
            let (before, after) = Excerpt.pair(text(old), text(new))
            return [path, (before, .deleted), ("->", .faint), (after, .created)]
        case (nil, let new?): return text(new).isEmpty ? [path] : [path, (text(new), .created)]
        case (let old?, nil): return [path, (text(old), .deleted), ("->", .faint), ("(removed)", .deleted)]
        case (nil, nil): return [path]
        }
    }

    private func text(_ value: FieldChange.Value) -> String {
        switch value {
        case .text(let text): text.singleLine
        case .members(let names): names.joined(separator: " ").singleLine
        case .element(let element): CRMPrinter().summary(of: element).singleLine
        }
    }

    // MARK: Files

    private var files: [String] {
        guard !plan.files.isEmpty else { return [] }
        return ["", style("Files of this host", .strong)] + plan.files.flatMap(block)
    }

    private var pendingRestarts: [String] {
        let restarts = evidence.pendingRestarts
        guard !restarts.isEmpty else { return [] }
        let title = "Runs on with what it has until it is started anew (crm resource restart; don't migrate it before)"
        return ["", style(title, .strong)]
            + restarts.map { restart in
                style(
                    "  \(restart.domain): \(restart.settings.isEmpty ? restart.path.text : restart.settings.joined(separator: "; "))".singleLine,
                    .changed)
            }
    }

    private var volumes: [String] {
        guard !plan.volumes.isEmpty else { return [] }
        return ["", style("Logical volumes of this host", .strong)]
            + plan.volumes.map { style("  \($0.action.sign) \($0.path)  \($0.sizes)".singleLine, $0.action.tone) }
    }

    private func block(_ change: FileChange) -> [String] {
        let title = style("  \(change.action.sign) \(change.path)".singleLine, change.action.tone)
        let difference = change.difference.map { line in
            style("      \(line.terminalSafe)", line.hasPrefix("+") ? .created : line.hasPrefix("-") ? .deleted : .faint)
        }
        let commands = change.resources.flatMap { previews[$0] ?? [] }.map { "      drbdadm adjust: \($0)".singleLine }
        return [title] + difference + commands
    }

    // MARK: What stays

    private var held: [String] {
        guard !plan.held.isEmpty else { return [] }
        var table = Table()
        for item in plan.held {
            let limit = evidence.policy.drift.limit(of: item.driftClass).map { " of \(StatusText.span(Int($0.components.seconds)))" } ?? ""
            let age = ages.age(of: item, at: evidence.live.time).map { ", for \(StatusText.span($0))\(limit)" } ?? ""
            table.add(item.object.name.singleLine, item.description.singleLine, "\(item.driftClass.rawValue): \(item.driftClass.explanation)\(age)")
        }
        return ["", style("Held: live state that stays as it is", .strong)] + table.lines(style, indent: 2)
    }

    private var unreachable: [String] {
        guard !plan.unreachableFiles.isEmpty else { return [] }
        let title = style("Not here: the file system is not mounted on this host", .strong)
        return ["", title] + plan.unreachableFiles.map { style("  \($0)".singleLine, .faint) }
    }

    private var unmanaged: [String] {
        guard !plan.unmanaged.isEmpty || !plan.unmanagedFiles.isEmpty else { return [] }
        let objects = plan.unmanaged.map { item in
            "  \(item.keyword) \(item.object.name)\(item.path.map { ": \($0)" } ?? "")".singleLine
        }
        let title = style("Unmanaged: never in the repository, left alone", .strong)
        return ["", title] + (objects + plan.unmanagedFiles.map { "  file \($0)".singleLine }).map { style($0, .faint) }
    }

    private var summary: String {
        let counts = [(Change.Action.create, "to create"), (.change, "to change"), (.delete, "to delete")]
        let parts = counts.map { action, words in
            let count = plan.count(action)
            return count > 0 ? style("\(count) \(words)", action.tone) : "0 \(words)"
        }
        let rest = "\(plan.held.count) held, \(plan.unmanaged.count + plan.unmanagedFiles.count) unmanaged"
        guard !plan.isEmpty else {
            let record = plan.needsTransaction ? ", but for the record of the commit" : ""
            let remains = plan.notices.contains { $0.severity == .warning }
            return style(remains ? "Nothing that a commit can do" : "Nothing to do", remains ? .changed : .good) + record + "; \(rest)."
        }
        return "\(style("Plan:", .strong)) \(parts.joined(separator: ", ")); \(rest)."
    }
}

extension Held {
    /// `meta target-role is Stopped, git says Started`.
    var description: String {
        guard let path else { return object.kind == .constraint ? "the whole constraint" : "all of it" }
        switch (live, desired) {
        case (let live?, let desired?): return "\(path) is \(live), git says \(desired)"
        case (let live?, nil): return "\(path) is \(live)"
        case (nil, let desired?): return "\(path) was removed, git says \(desired)"
        case (nil, nil): return "\(path)"
        }
    }
}

extension Change.Action {
    var sign: String {
        switch self {
        case .create: "+"
        case .change: "~"
        case .delete: "-"
        }
    }

    var tone: Style.Tone {
        switch self {
        case .create: .created
        case .change: .changed
        case .delete: .deleted
        }
    }
}

extension DriftClass {
    var explanation: String {
        switch self {
        case .drbdFence: "DRBD's fence-peer handler keeps outdated data from being promoted"
        case .move, .nodeState, .resourceState, .maintenanceMode: "set by a person on the live cluster"
        case .cluster: "written by the cluster itself"
        case .agent, .utilization, .memory: "written by a resource agent"
        case .scores: "written by an agent, or for it"
        case .declared, .host: "nobody's"
        }
    }
}

extension Change {
    /// `ocf:heartbeat:Xen` of a primitive that is created.
    fileprivate var createdAgent: String? {
        guard action == .create, tag == "primitive" else { return nil }
        let parts = fields.filter(\.isPartOfAgent).compactMap { field -> String? in
            guard case .text(let text)? = field.new else { return nil }
            return text
        }
        return parts.isEmpty ? nil : parts.joined(separator: ":")
    }
}

extension FieldChange {
    fileprivate var isPartOfAgent: Bool { ["class", "provider", "type"].contains(path.description) }
}

extension Change {
    var keyword: String { crmKeyword(tag, id.kind) }
}

extension Unmanaged {
    var keyword: String { crmKeyword(tag, object.kind) }
}

/// The word that crmsh has for an object.
private func crmKeyword(_ tag: String, _ kind: ObjectID.Kind) -> String {
    switch kind {
    case .resourceDefaults, .operationDefaults: kind.rawValue
    default: CRMKeyword.word(forTag: tag)
    }
}

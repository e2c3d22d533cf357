public import ClusterModel
internal import Diagnostics
public import LiveState

/// What Pacemaker would do, as people read it: a line for each instance of a resource.
public struct ForecastText {
    private let forecast: Known<Forecast>
    private let touched: Set<ResourceID>
    private let style: Style

    /// - Parameter touched: what the commit is about; the rest are bystanders, and marked.
    public init(_ forecast: Known<Forecast>, touched: Set<ResourceID>, style: Style) {
        self.forecast = forecast
        self.touched = touched
        self.style = style
    }

    public var lines: [String] {
        switch forecast {
        case .unknown(let reason): heading + [style("  not known: \(reason.singleLine)", .changed)]
        case .known(let forecast): caused(forecast) + ongoing(forecast) + averted(forecast)
        }
    }

    private var heading: [String] { [style("What Pacemaker would do", .strong)] }

    private func caused(_ forecast: Forecast) -> [String] {
        guard !forecast.caused.isEmpty else { return heading + ["  nothing"] }
        let disturbed = Set(forecast.interruptions)
        var table = Table()
        for fencing in forecast.caused.fencing { table.add(row(fencing, fencing.isUnfencing ? .changed : .bad)) }
        for action in forecast.caused.actions { table.add(row(action, action.tone, mark(action, disturbed))) }
        return heading + table.lines(style, indent: 2)
    }

    private func ongoing(_ forecast: Forecast) -> [String] { aside("What is under way without the commit", forecast.ongoing) }

    /// What takes another course is listed with what is caused.
    private func averted(_ forecast: Forecast) -> [String] {
        var averted = forecast.averted
        let changed = Set(forecast.caused.actions.map(\.resource))
        averted.actions.removeAll { changed.contains($0.resource) }
        return aside("What would happen without the commit, and does not with it", averted)
    }

    private func aside(_ title: String, _ transition: Transition) -> [String] {
        guard !transition.isEmpty else { return [] }
        var table = Table()
        for fencing in transition.fencing { table.add(row(fencing, nil)) }
        for action in transition.actions { table.add(row(action, nil, ("", nil))) }
        return [title + ":"].map { style($0, .faint) } + table.lines(.plain, indent: 2).map { style($0, .faint) }
    }

    private func mark(_ action: Transition.ResourceAction, _ disturbed: Set<Transition.ResourceAction>) -> Table.Cell {
        guard !touched.contains(action.resource) else { return ("", nil) }
        return ("bystander", disturbed.contains(action) ? .bad : .faint)
    }

    private func row(_ action: Transition.ResourceAction, _ tone: Style.Tone?, _ mark: Table.Cell) -> [Table.Cell] {
        let notes = [action.cause, action.isBlocked ? "blocked" : nil].compactMap(\.self).joined(separator: ", ")
        return trimmed([
            (action.kind.rawValue, tone), (action.name.singleLine, nil), (action.way.singleLine, nil), mark, (notes.singleLine, .faint),
        ])
    }

    private func row(_ fencing: Transition.Fencing, _ tone: Style.Tone?) -> [Table.Cell] {
        let verb = fencing.isUnfencing ? "unfence" : "fence"
        return trimmed([
            (verb, tone), (fencing.node.text.singleLine, nil), (fencing.operation.singleLine, nil), ("", nil),
            ((fencing.cause ?? "").singleLine, .faint),
        ])
    }

    private func trimmed(_ cells: [Table.Cell]) -> [Table.Cell] {
        Array(cells[...(cells.lastIndex { !$0.text.isEmpty } ?? 0)])
    }
}

extension Transition.ResourceAction {
    fileprivate var tone: Style.Tone {
        switch kind {
        case .start, .promote: .created
        case .stop, .demote: .deleted
        case .move, .migrate, .restart, .recover, .reload, .repromote: .changed
        }
    }

    /// The parts of a bundle have names of their own; the numbers of a clone's instances say nothing.
    fileprivate var name: String { instance.hasPrefix("\(resource):") ? resource.text : instance }

    /// `on alpha`, `alpha -> bravo`; with the roles where these change too.
    fileprivate var way: String {
        let place =
            switch (source, destination) {
            case (let source?, let destination?) where source != destination: "\(source) -> \(destination)"
            case (let node?, _), (nil, let node?): "on \(node)"
            case (nil, nil): ""
            }
        guard let role, let nextRole, role != nextRole else { return place }
        return "\(place), \(role.rawValue) -> \(nextRole.rawValue)"
    }
}

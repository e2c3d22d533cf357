public import Diagnostics
internal import LiveState
internal import Observing
public import Presenting

/// The logs of all nodes of the cluster, in the order of time.
public struct ClusterLog: Sendable {
    private let stateDirectory: String
    private let filter: LogFilter
    private let lines: Int?
    private let node: String
    private let others: [RemoteLog]

    /// - Parameters:
    ///   - stateDirectory: of this node's daemon.
    ///   - lines: at most how many from before; nil: the last 50, or all that the filter wants.
    /// - Throws: where the cluster does not say who belongs to it.
    public init(stateDirectory: String, _ filter: LogFilter, _ lines: Int?) async throws {
        self.stateDirectory = stateDirectory
        self.filter = filter
        self.lines = lines ?? (filter.first.isEmpty && filter.commit == nil ? 50 : nil)
        let node = try await ClusterObserver().nodeName()
        let nodes = try await ClusterObserver().status().nodes.filter(\.isOnline).map(\.name)
        self.node = node
        let limit = self.lines
        others = nodes.filter { $0 != node }.map {
            RemoteLog(of: $0, since: filter.first.isEmpty ? nil : filter.first, commit: filter.commit, lines: limit)
        }
    }

    /// What is known.
    public func entries(complain: @Sendable (Finding) -> Void) async throws -> [LogEntry] {
        var reader = Diary.Reader(stateDirectory: stateDirectory)
        var all = try own(&reader)
        await withTaskGroup(of: Result<[LogEntry], Finding>.self) { group in
            for log in others {
                group.addTask { do throws(Finding) { return .success(try await log.entries()) } catch { return .failure(error) } }
            }
            for await result in group {
                switch result {
                case .success(let entries): all += entries
                case .failure(let finding): complain(finding)
                }
            }
        }
        all = all.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element)
        return lines.map { all.suffix($0) } ?? all
    }

    /// What is known, node by node, and what happens from now on, until the task is cancelled.
    public func follow(_ take: @escaping @Sendable ([LogEntry]) -> Void, complain: @escaping @Sendable (Finding) -> Void) async throws {
        var reader = Diary.Reader(stateDirectory: stateDirectory)
        let known = try own(&reader)
        take(lines.map { known.suffix($0) } ?? known)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for log in others { group.addTask { await log.follow(take, complain: complain) } }
            while true {
                try await Task.sleep(for: .milliseconds(300))
                take(try own(&reader))
            }
        }
    }

    private func own(_ reader: inout Diary.Reader) throws -> [LogEntry] {
        try reader.next().filter { filter.wants($0) && $0.isOf(node) }.map { $0.happening(on: node) }
    }
}

internal import Diagnostics
internal import GitStore
internal import NodeAgent

extension Mirror {
    /// Fetches what the settings name; what is odd about it is told, and keeps nobody from going on.
    func fetch(_ settings: Settings) async throws {
        for finding in try await fetch(.revision(settings.revision), limit: settings.patience).findings {
            Terminal.complain(finding.description)
        }
    }
}

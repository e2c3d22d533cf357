internal import Diagnostics
internal import Host
internal import Presenting
internal import Serving

/// An event on its way to one of those who are to be told.
struct Delivery: Sendable {
    let rule: NotificationRule
    let node: String
    let secrets: @Sendable (String) throws -> String

    func make(_ entry: LogEntry) async throws(DeliveryFailure) {
        let notice = Notice(entry, node: node).json
        switch rule.target {
        case .command(let words): try await run(words, notice)
        case .webhook(let url, let name):
            // As GitHub signs: who takes its webhooks takes these.
            let signature = try name.map { name throws(DeliveryFailure) in
                "X-Hub-Signature-256: sha256=\(HookSignature(secret: Array(try secret(name).utf8)).digest(of: Array(notice.utf8)))"
            }
            try await CurlRequest(url: url, headers: [signature].compactMap(\.self), body: notice).send()
        case .status(let host, let url, let token):
            guard let status = CommitStatus(entry, node: node) else { return }
            let header = CommitStatus.header(host, token: try secret(token))
            try await CurlRequest(url: url + status.path, headers: [header], body: status.body(for: host)).send()
        }
    }

    /// Read each time: one that is changed on the host counts at once.
    private func secret(_ name: String) throws(DeliveryFailure) -> String {
        do { return try secrets(name) } catch { throw DeliveryFailure("\(error)", isLasting: false) }
    }

    private func run(_ words: [String], _ notice: String) async throws(DeliveryFailure) {
        var command = Command(words[0], Array(words.dropFirst()), input: Array((notice + "\n").utf8), limit: .seconds(30), outputLimit: 1 << 20)
        command.endsWithUs = true
        let output: Output
        do {
            output = try await command.run()
        } catch {
            throw DeliveryFailure("\(error)", isLasting: false)
        }
        guard !output.succeeded else { return }
        let said = output.lastLines(1)
        throw DeliveryFailure("\(output.status)" + (said.isEmpty ? "" : ": \(said)"), isLasting: false)
    }
}

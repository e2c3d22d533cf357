internal import Diagnostics
internal import FoundationEssentials

// A note is for people above and for programs below, and at most 16 KiB: 10 for people, 6 for programs.

extension NoteRecord {
    private static let fence = "--- coxswain note"

    /// The whole note. The script appears once, in the part for people.
    public var text: String {
        (people.map(Self.disarmed) + [block]).joined(separator: "\n\n") + "\n"
    }

    /// The records of a note, oldest first: a note grows when a commit is worked on again.
    public static func records(in note: String) -> [NoteRecord] {
        let lines = note.split(separator: "\n")
        return zip(lines, lines.dropFirst()).compactMap { fence, json in
            guard fence.hasPrefix(Self.fence) else { return nil }
            return try? JSONDecoder().decode(NoteRecord.self, from: Data(json.utf8))
        }
    }

    // MARK: For people

    private var people: [String] {
        let sections = [
            Self.bounded(summary, 512), span, error.map { Self.bounded($0, 2 << 10) } ?? "",
            Self.listed(changes), Self.listed(files), Self.bounded((steps ?? []).map { "did: \($0)" }.joined(separator: "\n"), 1 << 10),
            Self.bounded(held.map { "held: \($0)" }.joined(separator: "\n"), 1 << 10),
            Self.bounded((lost ?? []).map { "an edit on this host is put right: \($0)" }.joined(separator: "\n"), 1 << 10),
            Self.bounded((pendingRestarts ?? []).joined(separator: "\n"), 256),
            Self.bounded((remarks ?? []).map { "Pacemaker says: \($0)" }.joined(separator: "\n"), 512),
            script.map { Self.bounded($0, 3 << 9) } ?? "",
        ]
        return sections.filter { !$0.isEmpty }
    }

    private var summary: String {
        let title = "coxswain: \(result) on \(node.singleLine), cluster \(cluster.singleLine), \(finished)"
        guard let cibBefore else { return title }
        return "\(title)\nCIB \(cibBefore)" + (cibAfter.map { " -> \($0)" } ?? "")
    }

    private var span: String {
        waiting.map { "since \($0.since), " + ($0.until.map { "told as failed at \($0)" } ?? "without a limit") } ?? ""
    }

    private static func listed(_ changes: [ObjectChange]) -> String {
        bounded(changes.map { "\($0.action) \($0.kind) \($0.name)" }.joined(separator: "\n"), 1 << 10)
    }

    /// The first lines, or what fits of the first one; then how many are left out.
    private static func bounded(_ text: String, _ limit: Int) -> String {
        let safe = (text.last == "\n" ? String(text.dropLast()) : text).terminalSafe
        guard safe.utf8.count > limit else { return safe }
        let room = limit - 40
        var size = 0
        let lines = safe.split(separator: "\n", omittingEmptySubsequences: false)
        let whole = lines.prefix {
            size += $0.utf8.count + 1
            return size <= room
        }
        guard whole.isEmpty else { return whole.joined(separator: "\n") + "\n# … and \(lines.count - whole.count) more lines" }
        return safe.beginning(ofBytes: room) + " …"
    }

    /// What a tool says may look like the line before a record, and is none.
    private static func disarmed(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.hasPrefix(fence) ? " \($0)" : String($0) }
            .joined(separator: "\n")
    }

    // MARK: For programs

    /// One line of JSON behind a line that names it; the lists and the error are cut until it is short enough.
    private var block: String {
        let limits = [40, 20, 10, 5, 2, 1]
        let fitting = limits.lazy.map(shortened).map(JSON.line).first { $0.utf8.count <= 6 << 10 }
        return "\(Self.fence) \(version)\n\(fitting ?? JSON.line(shortened(to: 0)))"
    }

    private func shortened(to count: Int) -> NoteRecord {
        var record = self
        record.script = nil
        record.changes = Array(changes.prefix(count))
        record.files = Array(files.prefix(count))
        record.held = Array(held.prefix(count))
        record.steps = steps.map { Array($0.prefix(count)) }
        record.lost = nil
        record.pendingRestarts = pendingRestarts.map { Array($0.prefix(count)) }
        record.remarks = remarks.map { Array($0.prefix(count)) }
        record.error = error.map { String($0.unicodeScalars.prefix(50 * count)) }
        record.node = String(node.unicodeScalars.prefix(256))
        return record
    }
}

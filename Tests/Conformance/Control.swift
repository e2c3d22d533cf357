import CIB
import Diagnostics
import Repository
import TestKit

/// Why a subject falls short; and the proof that it is crmsh that does, where there is one.
struct Shortfall {
    let reason: String
    let excuse: String?

    init(_ reason: String, excuse: String? = nil) {
        self.reason = reason
        self.excuse = excuse
    }
}

/// What crmsh makes of its own text of a CIB, loaded into an empty one: what it loses there nobody can carry through it.
struct Control {
    /// What it shows, and what it says when that is loaded.
    private let shown: String
    private let output: String

    static func all(of subjects: [Subject], _ crmsh: Crmsh) async throws -> [Control] {
        let shown = try await crmsh.show(subjects.map { ("show-" + $0.name, $0.live) })
        let texts = zip(subjects, shown).map { subject, text in ("control-" + subject.name, text.withoutMessages, subject.live) }
        return zip(shown, try await crmsh.load(texts)).map(Control.init)
    }

    /// Nil where crmsh can do better.
    func excuse(for reason: String, _ check: Check, _ output: String, _ subject: Subject) throws -> String? {
        if shown.contains("crmsh fails") || shown.contains("Init failed") { return "it can't show this CIB: \(shown.complaint)" }
        guard !self.output.contains("syntax in"), let xml = self.output.document else {
            return "it can't load what it shows: \(self.output.complaint)"
        }
        let loaded = Meaning(try CIB(parsing: SourceText(path: "control", text: xml)))
        let lost = loaded.difference(from: Meaning(subject.live))
        switch check {
        case .printThenLoad:
            let objects = Set(lost.map(\.object))
            let ours = reason.split(separator: "; ").map { String($0).object }
            return ours.allSatisfy(objects.contains) ? "its own text loses the same" : nil
        default:
            let state = DesiredState([("crm/shown.crm", SourceText(path: "shown.crm", text: shown.withoutMessages))])
            guard state.errors.isEmpty else { return nil }
            let differences = Meaning(state, nodes: subject.nodes).difference(from: loaded)
            return differences.isEmpty ? "it reads its own text as that, too" : nil
        }
    }
}

extension String {
    /// Of "resource a: …" the object.
    fileprivate var object: String { split(separator: ":").first.map(String.init) ?? self }
}

import CIB
import ClusterModel
import Diagnostics
import Glibc
import Host
import LiveState
import TestKit
import Testing
import XML

@testable import Observing

/// `COXSWAIN_CORPUS` names a directory of CIBs with a status, such as those that Pacemaker tests its scheduler with.
@Suite("Of many CIBs, crm_simulate's words for people say the same as our values", .enabled(if: getenv("COXSWAIN_CORPUS") != nil))
struct SimulationCorpusTests {
    @Test("no line of a summary is lost, and none is made up")
    func summaries() async throws {
        let directory = try #require(getenv("COXSWAIN_CORPUS").map { String(cString: $0) })
        var counts: [String: Int] = [:]
        for name in try FileTree(root: directory).regularFiles(in: "/") where name.hasSuffix(".xml") {
            let source = SourceText(path: name, bytes: try FileTree(root: directory).read("/" + name, limit: 64 << 20))
            let status = try #require(source.text(ofChild: "status"), "\(name)")
            #expect(try Element(parsing: SourceText(path: name, bytes: status)) == Element(parsing: source).first("status"), "\(name)")
            guard let cib = try? CIB(parsing: source, keepingStatus: true), cib.status?.hasNodes == true else {
                counts["without a status", default: 0] += 1
                continue
            }
            let (transition, summary) = try await both(cib)
            #expect(transition.reason == nil, "\(name)")
            let value = transition.value ?? Transition()
            #expect(value.summary == summary, "\(name)")
            #expect(Forecast(of: value, without: value) == Forecast(ongoing: value), "\(name)")
            counts["CIBs", default: 0] += 1
            for action in value.actions { counts[action.kind.rawValue, default: 0] += 1 }
            counts["fencing", default: 0] += value.fencing.count
        }
        print(counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", "))
        #expect(counts["CIBs", default: 0] > 0)
    }

    /// What is understood of the XML, and the lines of the text.
    private func both(_ cib: CIB) async throws -> (Known<Transition>, [String]) {
        let scratch = try Scratch()
        let now: Int64 = 1_767_225_600
        let transition = await TransitionSimulator(scratchDirectory: scratch.path).transition(of: cib, at: now)
        let path = try scratch.write(String(decoding: cib.document(at: now), as: UTF8.self), to: "cib.xml")
        let command = Command(
            "crm_simulate", ["--live-check", "--run"], environment: ["CIB_file": path, "CIB_shadow_dir": scratch.path])
        let lines = try await command.run().orThrow().text.split(separator: "\n", omittingEmptySubsequences: false)
        let summary = lines.drop { $0 != "Transition Summary:" }.dropFirst().prefix { $0.hasPrefix("  * ") }
        return (transition, summary.map { String($0.dropFirst(4)).withoutContainer.singleSpaced })
    }
}

extension String {
    fileprivate var singleSpaced: String { split(separator: " ").joined(separator: " ") }

    /// `guest (resource: vm)` as `guest`.
    fileprivate var withoutContainer: String { replacing(/\ \(resource: [^)]*\)/, with: "") }
}

extension Transition {
    /// As crm_simulate words it, blanks apart (`rsc_action_item` and `node_action` in Pacemaker's pcmk_output.c).
    fileprivate var summary: [String] {
        fencing.map { "Fence (\($0.operation)) \($0.node) '\($0.cause ?? "")'".singleSpaced } + actions.map(\.line.singleSpaced)
    }
}

extension Transition.ResourceAction {
    fileprivate var line: String {
        let reason = [cause.map { "due to \($0)" }, isBlocked ? (cause == nil ? "blocked" : "(blocked)") : nil].compactMap(\.self)
        let word = kind.rawValue.prefix(1).uppercased() + kind.rawValue.dropFirst()
        return "\(word) \(instance) ( \(details) ) \(reason.joined(separator: " "))"
    }

    private var details: String {
        let (role, next) = (self.role?.rawValue, self.nextRole?.rawValue)
        switch (source, destination) {
        case (nil, let to?): return [role.map { "\($0) -> \(next ?? "")" }, to.text].compactMap(\.self).joined(separator: " ")
        case (let from?, nil): return [role, from.text].compactMap(\.self).joined(separator: " ")
        case (let from?, let to?) where from == to:
            return [role, next.map { "-> \($0)" }, from.text].compactMap(\.self).joined(separator: " ")
        case (let from?, let to?):
            guard let next else { return ["\(from) -> \(to)", role].compactMap(\.self).joined(separator: " ") }
            return "\(role ?? "") \(from) -> \(next) \(to)"
        case (nil, nil): return ""
        }
    }
}

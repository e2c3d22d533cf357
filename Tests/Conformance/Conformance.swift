import CIB
import Diagnostics
import Glibc
import Host
import Observing
import Repository
import TestKit
import XML

/// Runs the checks over a directory of CIBs: `conformance CRM-ALL DIR [a] [b] [c] [d] [e]`; over so many made at random, beginning
/// with a seed, where DIR is `--made=COUNT[,SEED][,plain|,object]`.
@main
struct Conformance {
    let crmAll: String
    let scratch: String
    let checks: [Check]
    let subjects: [Subject]
    private var report = Report()

    static func main() async {
        do {
            try await measure()
        } catch {
            print("conformance: \(error)")
            exit(2)
        }
    }

    private static func measure() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard arguments.count > 1, let crmAll = arguments.first, let corpus = arguments.dropFirst().first else {
            print("usage: deploy/conformance DIR|--made=COUNT[,SEED][,plain|,object] [a] [b] [c] [d]")
            print("       deploy/conformance drbd|xen DIR [MUTATIONS[,SEED]]")
            exit(64)
        }
        if let format = FileFormat(rawValue: corpus) { exit(try await judge(format, Array(arguments.dropFirst(2))) ? 0 : 1) }
        let checks = arguments.dropFirst(2).compactMap(Check.init)
        var conformance = try Conformance(crmAll, corpus: corpus, checks: checks.isEmpty ? Check.allCases : checks)
        try await conformance.run()
        if getenv("KEEP") == nil { try FileTree().removeAll(conformance.scratch) } else { print(conformance.scratch) }
        exit(conformance.report.isClean ? 0 : 1)
    }

    private static func judge(_ format: FileFormat, _ arguments: [String]) async throws -> Bool {
        guard let directory = arguments.first else { throw Finding.error("which directory?") }
        let numbers = arguments.dropFirst().first?.split(separator: ",").compactMap { UInt64($0) } ?? []
        let files = try FileConformance(
            format, directory: directory, mutations: Int(numbers.first ?? 50), seed: numbers.dropFirst().first ?? 0)
        return try await files.run(keepingIn: getenv("KEEP").map { String(cString: $0) })
    }

    private init(_ crmAll: String, corpus: String, checks: [Check]) throws {
        self.crmAll = crmAll
        self.checks = checks
        var template = Array("/tmp/conformance-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Finding.error("no directory can be made in /tmp") }
        scratch = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        var report = Report()
        let all = try Self.made(corpus) ?? Self.read(corpus, &report)
        // Nothing changes the schema of a CIB: each is followed by one that has the same.
        subjects = all.sorted { ($0.live.schema, $0.name) < ($1.live.schema, $1.name) }
        self.report = report
    }

    private static func read(_ directory: String, _ report: inout Report) throws -> [Subject] {
        try FileTree().regularFiles(in: directory).filter { $0.hasSuffix(".xml") }.compactMap { name in
            do {
                return try Subject("\(directory)/\(name)")
            } catch {
                report.unreadable("\(name): \("\(error)".firstLine)")
                return nil
            }
        }
    }

    /// As many of each schema; nil for the name of a directory.
    private static func made(_ words: String) throws -> [Subject]? {
        guard words.hasPrefix("--made="), let numbers = words.split(separator: "=").last?.split(separator: ",") else { return nil }
        let (count, seed) = (numbers.first.flatMap { Int($0) } ?? 100, numbers.dropFirst().first.flatMap { Int($0) } ?? 0)
        let (grammar, schemas) = (try SchemaGrammar(), try SchemaGrammar.versions())
        return try (0..<count).map { number in
            var random = RandomCIB(
                grammar, schema: schemas[(seed + number) % schemas.count], seed: UInt64(seed + number),
                isPlain: numbers.count > 2)
            return Subject("made-\(seed + number)", numbers.last == "object" ? try random.makeObject() : try random.make())
        }
    }

    private mutating func run() async throws {
        for check in checks {
            let clock = ContinuousClock()
            let start = clock.now
            let shortfalls =
                switch check {
                case .importThenPlan:
                    subjects.map { subject in Self.attempt { try Check.importThenPlan(subject) }.map { Shortfall($0) } }
                case .patch: try await patches().map { $0.map { Shortfall($0) } }
                case .succession: try await successions()
                case .printThenLoad, .showThenParse: try await throughCrmsh(check)
                }
            report.add(check, names: subjects.map(\.name), shortfalls, took: clock.now - start)
        }
    }

    static func attempt(_ body: () throws -> String?) -> String? {
        do {
            return try body()
        } catch {
            return "\(error)".firstLine
        }
    }
}

extension Conformance {
    /// The next CIB, or the first of the same schema behind the last one.
    private static func successor(of index: Int, among subjects: [Subject]) -> Subject {
        let schema = subjects[index].live.schema
        if index + 1 < subjects.count, subjects[index + 1].live.schema == schema { return subjects[index + 1] }
        return subjects.first { $0.live.schema == schema } ?? subjects[index]
    }

    /// A few at a time: cibadmin is mostly starting and ending.
    private func patches() async throws -> [String?] {
        var shortfalls = [String?](repeating: nil, count: subjects.count)
        await withTaskGroup(of: (Int, String?).self) { group in
            let next = { @Sendable [subjects, scratch] (index: Int) async -> (Int, String?) in
                do {
                    let wanted = Self.successor(of: index, among: subjects)
                    return (index, try await Check.patch(subjects[index], to: wanted, in: "\(scratch)/d-\(subjects[index].name)"))
                } catch {
                    return (index, "\(error)".firstLine)
                }
            }
            for index in subjects.indices {
                if index >= 4, let (done, shortfall) = await group.next() { shortfalls[done] = shortfall }
                group.addTask { await next(index) }
            }
            for await (done, shortfall) in group { shortfalls[done] = shortfall }
        }
        return shortfalls
    }

    /// Each with the next one by name, whatever its schema: what is newer than the live schema is refused, and so it should be.
    private func successions() async throws -> [Shortfall?] {
        let order = subjects.indices.sorted { subjects[$0].name < subjects[$1].name }
        var shortfalls = [Shortfall?](repeating: nil, count: subjects.count)
        let files = FileTree(root: scratch)
        try files.makeDirectory("/e")
        let verifier = CIBVerifier(scratchDirectory: "\(scratch)/e")
        for (one, other) in zip(order, order.dropFirst()) {
            do {
                let shortfall = try await Succession(subjects[one], then: subjects[other]).shortfall(verifier: verifier)
                shortfalls[one] = shortfall.map { Shortfall("then \(subjects[other].name): \($0.reason)", excuse: $0.excuse) }
            } catch {
                shortfalls[one] = Shortfall("\(error)".firstLine)
            }
        }
        return shortfalls
    }

    private func throughCrmsh(_ check: Check) async throws -> [Shortfall?] {
        let crmsh = Crmsh(program: crmAll, scratch: scratch)
        let outputs =
            check == .printThenLoad
            ? try await crmsh.load(subjects.map { ("b-" + $0.name, $0.text, $0.live) })
            : try await crmsh.show(subjects.map { ("c-" + $0.name, $0.live) })
        let reasons = zip(subjects, outputs).map { subject, output in
            Self.attempt { try check == .printThenLoad ? Check.compareLoaded(output, subject) : Check.compareShown(output, subject) }
        }
        let short = subjects.indices.filter { reasons[$0] != nil }
        let controls = try await Control.all(of: short.map { subjects[$0] }, crmsh)
        var shortfalls = [Shortfall?](repeating: nil, count: subjects.count)
        for (index, control) in zip(short, controls) {
            guard let reason = reasons[index] else { continue }
            let excuse = Self.attempt { try control.excuse(for: reason, check, outputs[index], subjects[index]) }
            shortfalls[index] = Shortfall(reason, excuse: excuse)
        }
        return shortfalls
    }
}

import CIB
import ClusterModel
import Diagnostics
import Glibc
import Host
import Importing
import LiveState
import Planning
import Repository
import TestKit
import Testing
import XML

/// Whatever became of a cluster: once it is adopted, a plan has nothing to do about it, and all else says what it said.
@Suite("What was adopted is no drift any more")
struct AdoptionLawTests {
    /// What drifted, adopted as a whole; nil where nothing did, or where it is no state that a plan can be made for.
    private struct Outcome {
        let adopted: Set<ObjectID>
        let before: DesiredState
        let after: DesiredState
        let plan: Plan
        let files: [String: String]

        init?(base: [String: String], live: CIB, seed: UInt64) throws {
            before = DesiredState(base.map { ($0, SourceText(path: $0, text: $1)) })
            guard before.errors.isEmpty, let drift = try? Scene(base: before, desired: before, live: live).plan() else { return nil }
            let wishes = Outcome.adoptable(DriftList(drift).wishes, live, before)
            guard !wishes.isEmpty else { return nil }
            let sources = base.map { DesiredFile(path: $0, text: SourceText(path: $0, text: $1)) }
            let adoption = try Adoption(wishes, of: live, host: LiveFiles(), into: sources, inForce: (.base, before))
            var files = base
            for change in adoption.changes { files[change.path] = change.new?.text }
            (self.files, adopted) = (files, Set(wishes.compactMap(\.id)))
            after = DesiredState(files.map { ($0, SourceText(path: $0, text: $1)) })
            plan = try Scene(base: before, desired: after, live: live).plan()
        }

        /// Without what others than people put there.
        private static func adoptable(_ wishes: [AdoptionWish], _ live: CIB, _ state: DesiredState) -> [AdoptionWish] {
            wishes.filter { wish in
                guard let id = wish.id else { return false }
                let object = live[id] ?? state[id]?.object
                return id.kind == .node || object.flatMap { DriftClass.of($0, in: live.resourceTree) } == nil
            }
        }

        func check() {
            #expect(after.errors == [])
            #expect(plan.changes.filter { adopted.contains($0.id) } == [])
            #expect(plan.held.filter { adopted.contains($0.object) && $0.holder == .operatorOverride } == [])
            for declaration in before.declarations where !adopted.contains(declaration.object.id) {
                #expect(after[declaration.object.id]?.object == declaration.object)
            }
        }
    }

    @Test("of random clusters that went two ways", arguments: 0..<150)
    func random(_ seed: UInt64) throws {
        let origin = RandomCluster(seed: seed, size: 12)
        var random = Seeded(seed)
        var live = origin.diverging(seed: seed &+ 2_000_000, prefix: "l")
        live.edit(random.number(0...6))
        var disturbance = Disturbance(of: CIB(crm: try live.crm, applied: .base), seed: seed)
        let cib = disturbance.result(random.number(0...6))
        guard let outcome = try Outcome(base: ["crm/cluster.crm": try origin.crm], live: cib, seed: seed) else { return }
        outcome.check()
        #expect(outcome.plan.changes == [], "nothing else had drifted")
    }

    @Test("of whatever a schema allows, in files as import writes them", arguments: 0..<48)
    func made(_ number: UInt64) throws {
        let (grammar, schemas) = (try SchemaGrammar(), try SchemaGrammar.versions())
        var random = RandomCIB(grammar, schema: schemas[Int(number) % schemas.count], seed: number)
        try drift(of: try random.make(), number)
    }

    @Test("of the CIBs of a corpus", .enabled(if: getenv("COXSWAIN_CORPUS") != nil))
    func corpus() throws {
        let directory = try #require(getenv("COXSWAIN_CORPUS").map { String(cString: $0) })
        var count = 0
        for name in try FileTree(root: directory).regularFiles(in: "/").sorted() where name.hasSuffix(".xml") {
            let source = SourceText(path: name, bytes: try FileTree(root: directory).read("/" + name, limit: 64 << 20))
            guard let cib = try? CIB(parsing: source) else { continue }
            count += 1
            for seed in 0..<4 { try drift(of: cib, UInt64(seed)) }
        }
        #expect(count > 0)
    }

    private func drift(of cib: CIB, _ seed: UInt64) throws {
        let files = ImportedRepository(cib, layout: seed.isMultiple(of: 2) ? .split : .single).files
        let texts = Dictionary(uniqueKeysWithValues: files.map { ($0.path, String(decoding: $0.bytes, as: UTF8.self)) })
        var disturbance = Disturbance(of: cib, seed: seed)
        guard let outcome = try Outcome(base: texts, live: disturbance.result(5), seed: seed) else { return }
        outcome.check()
        let literals = Set(outcome.after.declarations.flatMap(\.object.element.secretNames))
        #expect(literals.subtracting(outcome.before.declarations.flatMap(\.object.element.secretNames)) == [])
    }
}

extension AdoptionWish {
    fileprivate var id: ObjectID? {
        switch self {
        case .object(let id), .option(_, let id): id
        case .file: nil
        }
    }
}

import Diagnostics
import Host
import Observing
import Repository
import TestKit
import Validation

/// Our verdict on files of a directory, and on mutations of them, beside that of the programs that read them. What all of them refuse has to
/// be an error here, and what one of them takes none.
struct FileConformance {
    let format: FileFormat
    /// What is judged: a name, and the text.
    private let texts: [(name: String, text: String)]
    /// Mutations that are no text any more.
    private let binary: Int

    /// - Parameter mutations: of each file, beginning with a seed.
    init(_ format: FileFormat, directory: String, mutations: Int, seed: UInt64) throws {
        self.format = format
        let names = try FileTree().regularFiles(in: directory).filter(format.holds).sorted()
        var texts: [(String, String)] = []
        for (index, name) in names.enumerated() {
            let original = String(decoding: try FileTree().read("\(directory)/\(name)", limit: 8 << 20), as: UTF8.self)
            texts.append((name, original))
            for number in 0..<mutations {
                var random = Seeded(seed &+ UInt64(index * mutations + number))
                let text =
                    random.chance(5)
                    ? String(decoding: mutated(Array(original.utf8), &random), as: UTF8.self) : mutatedWords(original, with: format.spice, &random)
                texts.append(("\(name) \(seed &+ UInt64(index * mutations + number))", text))
            }
        }
        // Git takes a file with a NUL byte for no text, and here it is refused before anybody asks what it is for.
        self.texts = texts.filter { !$0.1.utf8.contains(0) }
        binary = texts.count - self.texts.count
    }

    /// - Returns: whether none falls short.
    func run(keepingIn directory: String?) async throws -> Bool {
        if let directory { try FileTree().makeDirectory(directory) }
        var counts = (taken: 0, refused: 0, missed: 0, wrong: 0)
        for start in stride(from: 0, to: texts.count, by: 8) {
            for (name, text, verdict) in try await verdicts(Array(texts[start..<min(start + 8, texts.count)])) {
                if verdict.isRefused { counts.refused += 1 } else { counts.taken += 1 }
                guard let shortfall = verdict.shortfall else { continue }
                if verdict.isRefused { counts.missed += 1 } else { counts.wrong += 1 }
                print("    \(name)  \(shortfall)")
                if let directory {
                    try FileTree(root: directory).write(Array(text.utf8), to: "/" + name.map { $0 == " " ? "-" : String($0) }.joined())
                }
            }
        }
        print("\(texts.count) files of \(format.rawValue): \(counts.taken) taken by one at least, \(counts.wrong) of them an error here;")
        print("\(counts.refused) refused by all, \(counts.missed) of them none here; \(binary) with a NUL byte left out")
        return counts.missed + counts.wrong == 0
    }

    private func verdicts(_ texts: [(name: String, text: String)]) async throws -> [(String, String, Verdict)] {
        try await withThrowingTaskGroup(of: (Int, Verdict).self) { group in
            for (index, (name, text)) in texts.enumerated() {
                group.addTask { [format] in (index, Verdict(try await format.verdicts(on: text), findings: findings(in: text, name))) }
            }
            return try await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map { (texts[$0].name, texts[$0].text, $1) }
        }
    }

    private func findings(in text: String, _ name: String) -> [Finding] {
        let path = format.path(of: String(name.prefix { $0 != " " }))
        return Validation.findings(in: DesiredState([(path, SourceText(path: path, text: text))]))
    }

    private struct Verdict {
        let isRefused: Bool
        let shortfall: String?

        init(_ verdicts: [(program: String, refusal: String?)], findings: [Finding]) {
            let takers = verdicts.filter { $0.refusal == nil }.map(\.program)
            isRefused = takers.isEmpty
            let error = findings.first { $0.severity == .error }
            shortfall =
                switch (takers.isEmpty, error) {
                case (true, nil): "missed: \(verdicts.map { "\($0.program): \(Self.words($0.refusal))" }.joined(separator: "; "))"
                case (false, let error?): "\(takers.joined(separator: ", ")) takes it: \(error.code ?? "") \(error.message)"
                default: nil
                }
        }

        private static func words(_ refusal: String?) -> String {
            DRBDRemarks(refusal ?? "").text.split(whereSeparator: \.isNewline).prefix(2).joined(separator: " ").replacing(
                #/[^ ]*/drbd\.conf/#, with: ""
            )
            .prefix(150).description
        }
    }
}

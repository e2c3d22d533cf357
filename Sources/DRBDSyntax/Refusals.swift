internal import Diagnostics

/// What there is to say about a file, each with the generations whose drbdadm refuses the file for it.
struct Refusals {
    private var all: [(finding: Finding, refusers: Dialects)] = []

    var isFull: Bool { all.count >= Report.bound }

    mutating func add(_ finding: Finding, by refusers: Dialects) { all.append((finding, refusers)) }

    /// A file is taken to be for the generation that has least against it, the newest of several: what that one refuses, all refuse.
    ///
    /// - Parameter words: the generations that know every word of the file. Where none does, it is to become one for 9.
    func findings(knowing words: Dialects) -> [Finding] {
        let candidates = [Dialects.v9, .v84, .v83].filter { words.isEmpty ? $0 == .v9 : words.contains($0) }
        let counts = candidates.map { dialect in (dialect, all.count { $0.refusers.contains(dialect) }) }
        guard let (home, count) = counts.min(by: { $0.1 < $1.1 }), count > 0 else { return all.map(\.finding) }
        return all.map { finding, refusers in
            guard refusers.contains(home) else { return finding }
            var finding = finding
            finding.severity = .error
            return finding
        }
    }
}

internal import Host

/// What drbdadm of any generation says about files, without what it says of itself and of the machine.
///
/// A remark names its file, and goes on for as long as the lines belong to it:
///
///     r0.res:3: Parse error: 'an option keyword' expected,
///         but got 'timeot'
///
/// "found __DRBD_NODE__ in environment", modinfo's word that there is no module, or "WARN: …" are about no file: nobody who reads a refusal can do
/// anything about them.
package struct DRBDRemarks: Hashable, Sendable {
    /// Those about a file; where there are none, what is left, a line each; and where nothing is, everything.
    package let all: [String]
    /// Whether one of them says which line of a file is wrong: only that is a verdict on the files.
    package let namesLine: Bool

    /// - Parameters:
    ///   - words: what stood on drbdadm's standard error.
    ///   - directory: where the files lie that it was asked about.
    ///   - names: what people call them, by their names there.
    package init(_ words: String, in directory: String? = nil, calling names: [String: String] = [:]) {
        let lines = words.split(whereSeparator: \.isNewline).map(String.init).filter { !Self.isNoise($0) }
        let known = lines.map { ($0, Head($0, in: directory)) }
        var remarks: [String] = []
        for (line, head) in known {
            if let head {
                remarks.append((names[head.file] ?? head.file) + head.rest)
            } else if !remarks.isEmpty {
                remarks[remarks.count - 1] += "\n" + line
            }
        }
        let others = lines.isEmpty ? words.split(whereSeparator: \.isNewline).map(String.init) : lines
        all = remarks.isEmpty ? others.map { line in directory.map { line.replacing($0 + "/", with: "") } ?? line } : remarks
        namesLine = known.contains { $0.1?.namesLine ?? false }
    }

    /// The first ones: what follows is often their consequence.
    package var text: String { all.prefix(Self.most).joined(separator: "\n").lastLines(3 * Self.most) }

    private static let most = 5

    private static func isNoise(_ line: String) -> Bool {
        let words = line.drop(while: \.isWhitespace)
        return words.isEmpty || ofItself.contains { words.hasPrefix($0) }
    }

    /// drbdadm's own words, and those of the programs that it asks for the module.
    private static let ofItself = [
        "found __DRBD_NODE__", "PRETENDING that", "modinfo:", "modprobe:", "libkmod:", "insmod:", "WARN:", "Warning:",
        "Could not stat(\"/proc/drbd",
        "Could not connect to 'drbd'", "DRBD module version:", "userland version", "preferably kernel and userland",
        "you should upgrade", "Misspelled name of the local machine",
        "The highest minor you have in your config",
    ]
}

/// The beginning of a remark: `r0.res:3:`, or `/run/x/r0.res:` of a whole file.
private struct Head {
    let file: String
    /// From the colon on.
    let rest: String
    let namesLine: Bool

    init?(_ line: String, in directory: String?) {
        guard let colon = line.firstIndex(of: ":"), line.first?.isWhitespace == false else { return nil }
        let path = line[..<colon]
        guard path.hasSuffix(".res") || path.hasSuffix(".conf") else { return nil }
        let prefix = directory.map { $0 + "/" } ?? ""
        file = String(path.hasPrefix(prefix) ? path.dropFirst(prefix.count) : path)
        rest = String(line[colon...])
        namesLine = Int(rest.dropFirst().prefix { $0 != ":" }) != nil && rest.dropFirst().contains(":")
    }
}

public import Catalogue
public import Diagnostics
internal import Records

/// What `validate --output sarif` prints, for code hosts: the Static Analysis Results Interchange Format 2.1.0.
public struct SARIFLog: Encodable, Sendable {
    var schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
    var version = "2.1.0"
    var runs: [Run]

    /// - Parameter version: this program's.
    public init(_ findings: [Finding], rules: [Rule] = Rule.all, version: String) {
        let indices = Dictionary(zip(rules.map(\.code), rules.indices), uniquingKeysWith: { first, _ in first })
        let driver = Driver(name: "coxswain", semanticVersion: version, rules: rules.map(ReportingDescriptor.init))
        var fingerprints = Fingerprints()
        let results = findings.map { Result($0, ruleIndex: $0.code.flatMap { indices[$0] }, fingerprint: fingerprints.next(of: $0)) }
        runs = [Run(tool: Tool(driver: driver), columnKind: "unicodeCodePoints", results: results)]
    }

    public var json: String { JSON.text(self) }

    private enum CodingKeys: String, CodingKey {
        case schema = "$schema"
        case version, runs
    }
}

extension SARIFLog {
    struct Run: Encodable, Sendable {
        let tool: Tool
        let columnKind: String
        let results: [Result]
    }

    struct Tool: Encodable, Sendable { let driver: Driver }

    struct Driver: Encodable, Sendable {
        let name, semanticVersion: String
        let rules: [ReportingDescriptor]
    }

    struct Message: Encodable, Sendable { let text: String }

    struct Configuration: Encodable, Sendable { let level: String }

    struct ReportingDescriptor: Encodable, Sendable {
        let id: String
        let shortDescription, fullDescription, help: Message
        let defaultConfiguration: Configuration

        init(_ rule: Rule) {
            id = rule.code
            shortDescription = Message(text: rule.title)
            fullDescription = Message(text: rule.explanation)
            help = Message(text: "Look at: \(rule.look). Remedy: \(rule.remedy).")
            defaultConfiguration = Configuration(level: rule.severity.level)
        }
    }

    struct Result: Encodable, Sendable {
        let ruleId: String?
        let ruleIndex: Int?
        let level: String
        let message: Message
        let locations: [Location]
        let partialFingerprints: [String: String]
        let fixes: [Fix]?

        /// - Parameter fingerprint: by this key code hosts know a finding again in another commit.
        init(_ finding: Finding, ruleIndex: Int?, fingerprint: String) {
            ruleId = finding.code
            self.ruleIndex = ruleIndex
            level = finding.severity.level
            let advice = [finding.expected.map { "expected: \($0)" }, finding.remedy].compactMap { $0 }
            message = Message(text: ([finding.message] + advice).joined(separator: "; "))
            locations = [finding.place.map(Location.init) ?? .repository]
            partialFingerprints = ["primaryLocationLineHash": fingerprint]
            fixes = Fix(finding).map { [$0] }
        }
    }

    struct Location: Encodable, Sendable {
        let physicalLocation: PhysicalLocation

        init(_ place: Place) {
            physicalLocation = PhysicalLocation(artifactLocation: ArtifactLocation(place.file), region: Region(place))
        }

        private init(file: String) {
            physicalLocation = PhysicalLocation(artifactLocation: ArtifactLocation(file), region: nil)
        }

        /// Code hosts refuse a result without a location: what is about no file is shown at the one that stands for all.
        static let repository = Location(file: "coxswain.yaml")
    }

    struct PhysicalLocation: Encodable, Sendable {
        let artifactLocation: ArtifactLocation
        let region: Region?
    }

    struct ArtifactLocation: Encodable, Sendable {
        let uri: String
        let uriBaseId = "%SRCROOT%"

        init(_ file: String) { uri = file.asURI }

        private enum CodingKeys: String, CodingKey { case uri, uriBaseId }
    }

    /// Counted from 1, columns in code points; the end column is the first one behind.
    struct Region: Encodable, Sendable {
        let startLine, startColumn: Int
        var endLine: Int?
        let endColumn: Int

        init(_ place: Place) {
            startLine = place.line
            startColumn = place.codePoint
            let marked = place.text.dropFirst(place.column - 1).prefix(place.length)
            endColumn = startColumn + max(1, marked.unicodeScalars.count)
        }

        init(from first: Place, to last: Place) {
            (startLine, startColumn) = (first.line, first.codePoint)
            (endLine, endColumn) = (last.line, last.codePoint)
        }
    }

    /// What `validate --fix` would do about it.
    struct Fix: Encodable, Sendable {
        struct Change: Encodable, Sendable {
            let artifactLocation: ArtifactLocation
            let replacements: [Replacement]
        }

        struct Replacement: Encodable, Sendable {
            let deletedRegion: Region
            let insertedContent: Message
        }

        let description: Message
        let artifactChanges: [Change]

        init?(_ finding: Finding) {
            guard let edit = finding.fix, let place = finding.place, let (first, last) = place.ends(of: edit),
                place.concealing(edit.replacement) == edit.replacement
            else { return nil }
            let replacement = Replacement(deletedRegion: Region(from: first, to: last), insertedContent: Message(text: edit.replacement))
            description = Message(text: finding.remedy ?? finding.message)
            artifactChanges = [Change(artifactLocation: ArtifactLocation(edit.file), replacements: [replacement])]
        }
    }

    /// A finding's rule, file and line, not its number: lines that are added above make no new finding of it.
    private struct Fingerprints {
        private var counts: [UInt64: Int] = [:]

        mutating func next(of finding: Finding) -> String {
            let line = finding.place?.shownText.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            let hash = Self.hash([finding.code ?? "", finding.place?.file ?? "", line ?? finding.message])
            counts[hash, default: 0] += 1
            return "\(String(hash, radix: 16)):\(counts[hash, default: 1])"
        }

        /// FNV-1a: the same on every machine, as Swift's own is not.
        private static func hash(_ parts: [String]) -> UInt64 {
            parts.joined(separator: "\u{0}").utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        }
    }
}

extension Place {
    fileprivate var codePoint: Int { text.prefix(column - 1).unicodeScalars.count + 1 }
}

extension Finding.Severity {
    fileprivate var level: String {
        switch self {
        case .error: "error"
        case .warning: "warning"
        case .notice: "note"
        }
    }
}

extension String {
    /// A relative reference of RFC 3986: all but unreserved characters and slashes as percent escapes.
    fileprivate var asURI: String {
        utf8.reduce(into: "") { uri, byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"), UInt8(ascii: "/"):
                uri.unicodeScalars.append(Unicode.Scalar(byte))
            default: uri += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
    }
}

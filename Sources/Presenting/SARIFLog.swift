public import Catalogue
public import Diagnostics

/// What `validate --output sarif` prints, for code hosts: the Static Analysis Results Interchange Format 2.1.0.
public struct SARIFLog: Encodable, Sendable {
    var schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
    var version = "2.1.0"
    var runs: [Run]

    /// - Parameter version: this program's.
    public init(_ findings: [Finding], rules: [Rule] = Rule.all, version: String) {
        let indices = Dictionary(zip(rules.map(\.code), rules.indices), uniquingKeysWith: { first, _ in first })
        let driver = Driver(name: "coxswain", semanticVersion: version, rules: rules.map(ReportingDescriptor.init))
        let results = findings.map { Result($0, ruleIndex: $0.code.flatMap { indices[$0] }) }
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

        init(_ finding: Finding, ruleIndex: Int?) {
            ruleId = finding.code
            self.ruleIndex = ruleIndex
            level = finding.severity.level
            let advice = [finding.expected.map { "expected: \($0)" }, finding.remedy].compactMap { $0 }
            message = Message(text: ([finding.message] + advice).joined(separator: "; "))
            locations = finding.place.map { [Location($0)] } ?? []
        }
    }

    struct Location: Encodable, Sendable {
        let physicalLocation: PhysicalLocation

        init(_ place: Place) {
            physicalLocation = PhysicalLocation(artifactLocation: ArtifactLocation(uri: place.file.asURI), region: Region(place))
        }
    }

    struct PhysicalLocation: Encodable, Sendable {
        let artifactLocation: ArtifactLocation
        let region: Region
    }

    struct ArtifactLocation: Encodable, Sendable { let uri: String }

    /// Counted from 1, columns in code points; the end column is the first one behind.
    struct Region: Encodable, Sendable {
        let startLine, startColumn, endColumn: Int

        init(_ place: Place) {
            let before = place.text.prefix(place.column - 1)
            startLine = place.line
            startColumn = before.unicodeScalars.count + 1
            endColumn = startColumn + max(1, place.text.dropFirst(before.count).prefix(place.length).unicodeScalars.count)
        }
    }
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

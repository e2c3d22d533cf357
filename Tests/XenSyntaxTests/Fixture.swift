import Diagnostics
import Foundation
import Testing
import XenSyntax

/// A configuration in the directory Fixtures.
struct Fixture: CustomTestStringConvertible, Sendable {
    let url: URL

    static let directory = URL(filePath: #filePath).deletingLastPathComponent()

    static let all: [Fixture] = {
        let files = try? FileManager.default.contentsOfDirectory(
            at: directory.appending(path: "Fixtures"), includingPropertiesForKeys: nil)
        return (files ?? []).filter { $0.pathExtension == "cfg" }.map(Fixture.init).sorted { $0.name < $1.name }
    }()

    var name: String { url.lastPathComponent }
    var testDescription: String { name }

    func source() throws -> SourceText { SourceText(path: name, bytes: Array(try Data(contentsOf: url))) }
}

extension XenConfiguration {
    /// The configuration, of text that has no findings.
    static func good(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) -> XenConfiguration {
        let (configuration, findings) = parse(SourceText(path: "a.cfg", text: text))
        #expect(findings.isEmpty, "\(Findings(findings))", sourceLocation: sourceLocation)
        return configuration
    }
}

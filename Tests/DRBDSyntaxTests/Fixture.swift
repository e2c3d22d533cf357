import DRBDSyntax
import Diagnostics
import Foundation
import TestKit
import Testing

/// A configuration in the directory Fixtures; its name begins with the DRBD that it is written for: 83, 84 or 9.
struct Fixture: CustomTestStringConvertible, Sendable {
    let url: URL

    static let all: [Fixture] = {
        let directory = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
        let files = (try? FileManager.default.contentsOfDirectory(at: directory, includingPropertiesForKeys: nil)) ?? []
        return files.filter { $0.pathExtension == "res" }.map(Fixture.init).sorted { $0.name < $1.name }
    }()

    var name: String { url.lastPathComponent }
    var testDescription: String { name }

    var dialect: DRBDAdm.Dialect {
        if name.hasPrefix("83") { .v83 } else if name.hasPrefix("84") { .v84 } else { .v9 }
    }

    func source() throws -> SourceText { SourceText(path: name, bytes: Array(try Data(contentsOf: url))) }
}

extension DRBDConfiguration {
    /// The configuration, of text that has no findings.
    static func good(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) -> DRBDConfiguration {
        let (configuration, findings) = parse(SourceText(path: "a.res", text: text))
        #expect(findings.isEmpty, "\(Findings(findings))", sourceLocation: sourceLocation)
        return configuration
    }
}

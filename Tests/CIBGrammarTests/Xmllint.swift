import Foundation
import Host
import TestKit
import XML

@testable import CIBGrammar

/// `xmllint --relaxng` with the schemas that Pacemaker has installed.
enum Xmllint {
    private static let schemas = "/usr/share/pacemaker"

    /// All files of all schemas, `pacemaker-next` left out, which nobody installs a CIB with.
    static var schemaText: String {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: schemas)) ?? []
        return files.filter { $0.hasSuffix(".rng") && !$0.contains("next") }.sorted()
            .compactMap { try? String(contentsOfFile: "\(schemas)/\($0)", encoding: .utf8) }.joined()
    }

    /// What each schema has against each of the configurations; nil where it accepts it.
    ///
    /// Ids that occur twice, or nowhere, are not the grammar's concern: libxml2 calls them validity errors without Relax-NG.
    static func complaints(about configurations: [Element], by version: SchemaVersion) async throws -> [String?] {
        let scratch = try Scratch()
        let files = try configurations.enumerated().map { index, configuration in
            try scratch.write(document(configuration, version).xml, to: "\(index).xml")
        }
        let arguments = ["--noout", "--relaxng", "\(schemas)/\(version).rng"] + files
        // Of a long standard error only the end is kept.
        let output = try await Command("sh", ["-c", "exec xmllint \"$@\" 2>&1", "sh"] + arguments).run().text
        guard output.contains("validate") else { throw Missing(output: output) }
        let lines = output.split(separator: "\n").filter { $0.contains("Relax-NG validity error") }
        let complaints = Dictionary(grouping: lines) { String($0.prefix { $0 != ":" }) }
        return files.map { complaints[$0]?.joined(separator: "\n") }
    }

    /// apt-get install libxml2-utils pacemaker-common
    private struct Missing: Error { let output: String }

    private static func document(_ configuration: Element, _ version: SchemaVersion) -> Element {
        Element(
            "cib", ["validate-with": "\(version)", "epoch": "1", "num_updates": "0", "admin_epoch": "0"],
            children: [configuration, Element("status")])
    }
}

import DRBDSyntax
import Diagnostics
import Host
import Repository
import TestKit
import XenSyntax

/// A format of the hosts, and the real programs that read it.
enum FileFormat: String {
    case drbd, xen

    /// Where such a file lies in a repository.
    func path(of name: String) -> String {
        switch self {
        case .drbd: "drbd/" + (name.hasSuffix(".res") ? name : "\(name).res")
        case .xen: "xen/" + name
        }
    }

    func holds(_ name: String) -> Bool {
        switch self {
        case .drbd: name.hasSuffix(".res") || name.hasSuffix(".conf")
        case .xen: name.hasSuffix(".cfg")
        }
    }

    /// Words to put in the place of others.
    var spice: [String] {
        switch self {
        case .drbd:
            [
                "0", "1", "60", "99999999", "4M", "yes", "no", "net", "disk", "on", "alpha", "resource", "volume 1", "volume", "device", "minor 1",
                "internal",
                "none", "\"\"", "\"a b\"", "/dev/vg/x", "192.0.2.1:7788", "192.0.2.9:0", "ipv6", "[::1]:7", "address", "meta-disk", "{", "}", ";",
                "timeout 50;",
                "protocol A;", "host", "skip", "floating", "node-id 0;", "node-id 3;", "connection", "# note\n", "size",
            ]
        case .xen:
            [
                "0", "1", "-1", "1.5", "'x'", "\"\"", "[", "]", ",", "+=", "=", "true", "none", "raw", "xvda", "disk", "'phy:/dev/x,xvda,w'",
                "[ 'a' ]", ";", "#", "\n", "99999999999",
            ]
        }
    }

    /// What the programs say of a text, each by its name: nil for one that takes it.
    func verdicts(on text: String) async throws -> [(program: String, refusal: String?)] {
        switch self {
        case .drbd:
            let host = DRBDConfiguration.parse(SourceText(path: "a.res", text: text)).configuration.firstHost ?? "alpha"
            let checked = text.contains("global") ? text : "global { disable-ip-verification; } " + text
            var verdicts: [(String, String?)] = []
            for dialect in DRBDAdm.Dialect.allCases {
                verdicts.append(("drbdadm \(dialect.rawValue)", try await DRBDAdm.refusal(of: checked, dialect, on: host)))
            }
            return verdicts
        case .xen: return [try await xl(text)]
        }
    }

    /// xl itself, where there is one; else its parser.
    private func xl(_ text: String) async throws -> (String, String?) {
        let scratch = try Scratch()
        let path = try scratch.write(text, to: "a.cfg")
        do {
            let output = try await Command("xl", ["-N", "create", path], limit: .seconds(20)).run()
            return ("xl", output.succeeded ? nil : output.error)
        } catch {
            let configuration = XenConfiguration.parse(SourceText(path: "a.cfg", text: text)).configuration
            let settings = try await Libxlutil.read([(Array(text.utf8), [])])
            guard settings.allSatisfy({ $0 != nil }) else { return ("libxlutil", "it can't read the file") }
            let disks = configuration["disk"]?.texts ?? []
            let read = disks.contains { $0.contains("\n") } ? [] : try await Libxlutil.read(disks, as: .disk)
            return ("libxlutil", read.firstIndex { $0 == nil }.map { "it can't read the disk \(disks[$0])" })
        }
    }
}

extension DRBDConfiguration {
    fileprivate var firstHost: String? {
        resources.lazy.flatMap(\.hosts).compactMap { if case .on(let names) = $0.kind { names.first } else { nil } }.first
    }
}

internal import Diagnostics
internal import Host
internal import Presenting

/// The programs of others that a node needs.
enum Toolbox {
    private struct Tool {
        let name: String
        let version: [String]
        let package: String
        /// What is not to be had without it; nil where nothing is.
        let without: String?
    }

    private static let tools = [
        Tool(name: "git", version: ["--version"], package: "git", without: nil),
        Tool(name: "cibadmin", version: ["--version"], package: "pacemaker-cli-utils", without: nil),
        Tool(name: "crm_mon", version: ["--version"], package: "pacemaker-cli-utils", without: nil),
        Tool(name: "crm_verify", version: ["--version"], package: "pacemaker-cli-utils", without: nil),
        Tool(name: "crm_simulate", version: ["--version"], package: "pacemaker-cli-utils", without: nil),
        Tool(name: "attrd_updater", version: ["--version"], package: "pacemaker-cli-utils", without: nil),
        Tool(name: "drbdadm", version: ["--version"], package: "drbd-utils", without: "no file of drbd/ is judged or adjusted"),
        Tool(name: "lvs", version: ["--version"], package: "lvm2", without: "no volume of lvm/ is looked after"),
        Tool(name: "xl", version: ["info"], package: "xen-utils-common", without: "no domU runs here"),
    ]

    static func diagnoses() async -> [Diagnosis] {
        var found: [Diagnosis] = []
        for tool in tools { found.append(await diagnosis(of: tool)) }
        return found
    }

    private static func diagnosis(of tool: Tool) async -> Diagnosis {
        do {
            let output = try await Command(tool.name, tool.version, limit: .seconds(10)).run()
            guard output.succeeded else {
                return Diagnosis(tool.name, tool.without == nil ? .bad : .remark, "it fails: \(output.lastLines(1))")
            }
            return Diagnosis(tool.name, .good, version(in: output.text) ?? "there")
        } catch {
            return Diagnosis(
                tool.name, tool.without == nil ? .bad : .remark, tool.without.map { "missing: \($0)" } ?? "\(error)",
                remedy: "apt-get install \(tool.package)")
        }
    }

    /// `git version 2.39.5`, `Pacemaker 2.1.5-…`, `DRBDADM_VERSION=9.22.0`: the first word that looks like one.
    static func version(in text: String) -> String? {
        let words = text.split { $0.isWhitespace || $0 == "=" }
        let isVersion = { (word: Substring) in word.first?.isNumber == true && word.contains(".") }
        for sign in ["DRBDADM_VERSION=", "xen_version "] {
            guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix(sign) }) else { continue }
            return String(line.dropFirst(sign.count).drop { !$0.isNumber })
        }
        return words.first(where: isVersion).map { String($0.prefix(40)) }
    }
}

import CIB
import ClusterModel
import Diagnostics
import Host
import LiveState
import Observing
import Planning
import Presenting
import Repository
import Safety
import TestKit

/// A directory with a base, a desired and a live state, and beside them what the plan is expected to be.
struct GoldenCase: CustomStringConvertible {
    private static let here = "/" + #filePath.split(separator: "/").dropLast().joined(separator: "/")
    private static let package = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")

    static var names: [String] {
        let entries = try? FileTree().entries(of: here + "/Golden")
        return entries?.filter { $0.kind == .directory }.map(\.name) ?? []
    }

    let description: String
    private(set) var scene: Scene
    /// What the commit says, where that matters.
    private let message: String
    private var directory: String { "\(Self.here)/Golden/\(description)" }

    init(_ name: String) throws {
        description = name
        let directory = "\(Self.here)/Golden/\(name)"
        let elsewhere = try FileTree().readIfPresent("\(directory)/desired.path")
        let desired = elsewhere.map { String(decoding: $0, as: UTF8.self).split(separator: "\n").joined() }
        message = try FileTree().readIfPresent("\(directory)/message").map { String(decoding: $0, as: UTF8.self) } ?? name
        var scene = Scene(
            base: try Self.state("\(directory)/base"),
            desired: try Self.state(desired.map { "\(Self.package)/\($0)" } ?? "\(directory)/desired") ?? DesiredState([]),
            live: try CIB(parsing: SourceText(path: "live.xml", bytes: FileTree().read("\(directory)/live.xml"))),
            files: try Self.host("\(directory)/host"))
        scene.volumes = try Self.volumes(directory)
        scene.metadata = try Self.metadata(directory)
        if scene.volumes != nil { scene.node = "alpha" }
        self.scene = scene
        self.scene.intent.destroyed = Set(commit.names(inTrailer: Trailer.destroy))
    }

    static let files = ["plan.txt", "plan.json", "plan.crm", "plan.patch.xml"]

    /// What a plan shows, by file; or why there is none, in the first one.
    var outputs: [String: String] {
        get throws {
            do {
                guard scene.desired.errors.isEmpty else { throw Findings(scene.desired.errors) }
                let plan = try scene.plan()
                let evidence = Evidence(of: plan, commit: commit)
                let text = PlanText(evidence, style: .plain).lines.joined(separator: "\n")
                return [
                    "plan.txt": text + "\n" + verdict(evidence.judge()), "plan.json": PlanDocument(evidence, previews: [:]).json + "\n",
                    "plan.crm": try plan.script(), "plan.patch.xml": plan.patch.xml,
                ]
            } catch let findings as Findings {
                return ["plan.txt": "\(findings)\n"]
            }
        }
    }

    private var commit: Commit {
        Commit(id: .desired, tree: "", author: "", time: 0, message: message)
    }

    private func verdict(_ verdict: Verdict) -> String {
        switch verdict {
        case .approved: ""
        case .waiting(let objections): objections.map { "waiting: \($0)\n" }.joined()
        case .undecided(let objections): objections.map { "undecided: \($0)\n" }.joined()
        case .refused(let objections): objections.map { "refused: \($0)\n" }.joined()
        }
    }

    func expected(_ name: String) throws -> String? {
        try FileTree().readIfPresent("\(directory)/\(name)").map { String(decoding: $0, as: UTF8.self) }
    }

    func expect(_ text: String?, in name: String) throws {
        guard let text else { return try FileTree().remove("\(directory)/\(name)") }
        try FileTree().write(Array(text.utf8), to: "\(directory)/\(name)")
    }

    // MARK: Reading

    private static func state(_ directory: String) throws -> DesiredState? {
        let paths = try files(under: directory)
        guard !paths.isEmpty else { return nil }
        return DesiredState(
            try paths.map { ($0, SourceText(path: $0, bytes: try FileTree().read("\(directory)/\($0)"))) })
    }

    private static func host(_ directory: String) throws -> LiveFiles {
        let files = try files(under: directory).map { path in
            ("/" + path, SourceText(path: "/" + path, bytes: try FileTree().read("\(directory)/\(path)")))
        }
        return LiveFiles(contents: Dictionary(files, uniquingKeysWith: { first, _ in first }))
    }

    /// What LVM says on the host, in its own words; nil where nobody asks it.
    private static func volumes(_ directory: String) throws -> Known<LiveVolumes>? {
        guard let groups = try FileTree().readIfPresent("\(directory)/vgs.json") else { return nil }
        return .known(try LVMReport.volumes(groups: groups, volumes: try FileTree().read("\(directory)/lvs.json")))
    }

    /// What the disks of DRBD resources hold on the host, a line each: `web/0 foreign ext4`; nil where nobody has looked.
    private static func metadata(_ directory: String) throws -> [String: Known<DRBDMetadata>]? {
        guard let bytes = try FileTree().readIfPresent("\(directory)/disks") else { return nil }
        var metadata: [String: Known<DRBDMetadata>] = [:]
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
            let words = line.split(separator: " ", maxSplits: 2).map(String.init)
            let volume = words[0].split(separator: "/")
            let content: DRBDMetadata.Content? =
                switch words[1] {
                case "nothing": .nothing
                case "just-created": .justCreated
                case "data": .data
                case "foreign": .foreign(words[2])
                default: nil
                }
            var disks = metadata[String(volume[0])]?.value?.disks ?? [:]
            disks[Int(volume[1]) ?? 0] = content
            metadata[String(volume[0])] = content == nil ? .unknown(words[2]) : .known(DRBDMetadata(disks))
        }
        return metadata
    }

    /// The paths of all files below a directory, relative to it; none where there is no such directory.
    private static func files(under directory: String) throws -> [String] {
        guard try FileTree().kind(of: directory) == .directory else { return [] }
        return try FileTree().entries(of: directory).flatMap { entry -> [String] in
            guard entry.kind == .directory else { return [entry.name] }
            return try files(under: "\(directory)/\(entry.name)").map { "\(entry.name)/\($0)" }
        }
    }
}

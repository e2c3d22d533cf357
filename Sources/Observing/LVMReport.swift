internal import Diagnostics
internal import FoundationEssentials
public import LiveState

/// What vgs(8) and lvs(8) say with `--reportformat json`. Every value is a string (lvmreport(7)).
public struct LVMReport: Sendable {
    static let groupFields = "vg_name,vg_extent_size,vg_free"
    static let volumeFields = "vg_name,lv_name,lv_size,lv_layout,lv_role,lv_tags,lv_active,lv_device_open"

    /// - Throws: `Finding` where the tools say what nobody understands: half of an answer must never pass for a whole one.
    public static func volumes(groups: [UInt8], volumes: [UInt8]) throws -> LiveVolumes {
        var live = LiveVolumes()
        for row in try read(groups, by: "vgs").flatMap(\.vg.unwrapped) {
            let name = try row.text("vg_name")
            guard live.groups[name] == nil else { throw Finding.error("two volume groups are called \(name.terminalSafe)") }
            live.groups[name] = LiveVolumes.Group(extentSize: try row.size("vg_extent_size"), free: try row.size("vg_free", least: 0))
        }
        for row in try read(volumes, by: "lvs").flatMap(\.lv.unwrapped) {
            live.groups[try row.text("vg_name")]?.volumes[try row.text("lv_name")] = try volume(row)
        }
        return live
    }

    private static func volume(_ row: Row) throws -> LiveVolumes.Volume {
        LiveVolumes.Volume(
            size: try row.size("lv_size"), tags: Set(try row.words("lv_tags")), isOpen: try isOpen(row), layout: try layout(row))
    }

    /// Both say "unknown" where the kernel was not asked; what is not active has no device that could be open.
    private static func isOpen(_ row: Row) throws -> Bool? {
        switch (try row.text("lv_active"), try row.text("lv_device_open")) {
        case (_, "open"): true
        case ("", _), ("active", ""): false
        default: nil
        }
    }

    /// `linear`, `thin,sparse`, `thin,pool`, `raid,raid1`; roles are `public` or `private`, and what it is to others besides.
    private static func layout(_ row: Row) throws -> LiveVolumes.Layout {
        let (layout, roles) = (try row.words("lv_layout"), try row.words("lv_role"))
        if layout.contains("pool") { return .none(layout.joined(separator: " ")) }
        if let role = roles.first(where: { $0.contains("snapshot") }) { return .none(role) }
        guard roles.contains("public") else { return .none(roles.joined(separator: " ")) }
        guard layout == ["linear"] else { return .special(layout.joined(separator: " ")) }
        return roles == ["public"] ? .linear : .special(roles.contains("origin") ? "the origin of a snapshot" : roles.joined(separator: " "))
    }

    // MARK: The document

    private struct Document: Decodable { let report: [Part] }

    private struct Part: Decodable { let vg, lv: [[String: String]]? }

    private static func read(_ bytes: [UInt8], by tool: String) throws -> [Part] {
        do {
            return try JSONDecoder().decode(Document.self, from: Data(bytes)).report
        } catch {
            throw Finding.error("the output of \(tool) can't be understood: \(error)")
        }
    }
}

private typealias Row = [String: String]

extension [[String: String]]? {
    fileprivate var unwrapped: [Row] { self ?? [] }
}

extension Row {
    fileprivate func text(_ field: String) throws -> String {
        guard let value = self[field] else { throw Finding.error("LVM's report has no \(field)") }
        return value
    }

    fileprivate func words(_ field: String) throws -> [String] { try text(field).split(separator: ",").map(String.init) }

    /// Bytes.
    fileprivate func size(_ field: String, least: Int = 1) throws -> Int {
        guard let size = Int(try text(field)), size >= least else { throw Finding.error("LVM's report has no number for \(field)") }
        return size
    }
}

import LiveState
import Observing
import Testing

/// Reports as lvm2 2.03 writes them.
struct LVMReportTests {
    private func volumes(_ rows: String, group: String = #"{"vg_name":"vg0", "vg_extent_size":"4194304", "vg_free":"50331648"}"#) throws
        -> LiveVolumes
    {
        try LVMReport.volumes(
            groups: Array(#"{"report": [{"vg": [\#(group)]}]}"#.utf8), volumes: Array(#"{"report": [{"lv": [\#(rows)]}]}"#.utf8))
    }

    private func row(_ layout: String, _ role: String, active: String = "active", open: String = "", tags: String = "") -> String {
        #"{"vg_name":"vg0", "lv_name":"x", "lv_size":"8388608", "lv_layout":"\#(layout)", "lv_role":"\#(role)", "lv_tags":"\#(tags)", "#
            + #""lv_active":"\#(active)", "lv_device_open":"\#(open)"}"#
    }

    private func volume(_ row: String) throws -> LiveVolumes.Volume? { try volumes(row).groups["vg0"]?.volumes["x"] }

    @Test("Groups, sizes and tags")
    func groups() throws {
        let live = try volumes(row("linear", "public", tags: "backup,coxswain"))
        #expect(live.groups["vg0"]?.extentSize == 4 << 20 && live.groups["vg0"]?.free == 48 << 20)
        #expect(live.groups["vg0"]?.volumes["x"] == LiveVolumes.Volume(size: 8 << 20, tags: ["backup", "coxswain"], isOpen: false))
        #expect(try volumes("").groups["vg0"]?.volumes == [:])
    }

    @Test(
        "What is a volume for data, and what is none",
        arguments: [
            ("linear", "public", LiveVolumes.Layout.linear), ("striped", "public", .special("striped")),
            ("raid,raid1", "public", .special("raid raid1")),
            ("thin,sparse", "public", .special("thin sparse")), ("thin,pool", "private", .none("thin pool")),
            ("linear", "public,origin,thickorigin", .special("the origin of a snapshot")),
            ("linear", "public,snapshot,thicksnapshot", .none("snapshot")), ("cache,pool", "private", .none("cache pool")),
        ])
    func layouts(_ layout: String, _ role: String, _ expected: LiveVolumes.Layout) throws {
        #expect(try volume(row(layout, role))?.layout == expected)
    }

    @Test(
        "Whether it is open: only who was told so knows",
        arguments: [("active", "open", true), ("active", "", false), ("", "unknown", false), ("unknown", "unknown", nil)] as [(String, String, Bool?)]
    )
    func open(_ active: String, _ open: String, _ expected: Bool?) throws {
        #expect(try volume(row("linear", "public", active: active, open: open))?.isOpen == expected)
    }

    @Test(
        "What can't be understood is an error, not less",
        arguments: [
            #"{"vg_name":"vg0", "lv_name":"x"}"#, #"{"vg_name":"vg0", "lv_name":"x", "lv_size":"8.00m", "lv_layout":"linear", "lv_role":"public"}"#,
            "[",
        ])
    func nonsense(_ rows: String) { #expect(throws: (any Error).self) { try volumes(rows) } }

    @Test("Two groups of one name are none that anybody can name")
    func ambiguous() {
        let group = #"{"vg_name":"vg0", "vg_extent_size":"4194304", "vg_free":"0"}"#
        #expect(throws: (any Error).self) { try volumes("", group: group + "," + group) }
    }
}

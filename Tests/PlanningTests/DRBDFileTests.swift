import ClusterModel
internal import DRBDSyntax
import Diagnostics
import LiveState
import Planning
import Repository
import Safety
import Steps
import TestKit
import Testing

/// A resource's file on the host is compared below what all resources will have in common.
struct DRBDFileTests {
    private static let common = "common { net { timeout 30; } }\n"

    private func changes(_ live: [String: String], to desired: [String: String]) throws -> [String] {
        let wanted = DesiredState(desired.map { ("drbd/\($0)", SourceText(path: "drbd/\($0)", text: $1)) })
        let contents = live.map { ("/etc/drbd.d/\($0)", SourceText(path: $0, text: $1)) }
        let files = LiveFiles(contents: Dictionary(uniqueKeysWithValues: contents))
        let empty = DesiredState([])
        return try Scene(base: empty, desired: wanted, live: .init(crm: ""), files: files).plan().files.map(\.path.text).sorted()
    }

    @Test("What common says may be written out, and so may a default")
    func inherited() throws {
        let live = ["global_common.conf": Self.common, "r.res": "resource r { net { timeout 30; ping-int 10; } }\n"]
        #expect(try changes(live, to: ["global_common.conf": Self.common, "r.res": "resource r { }\n"]) == [])
        #expect(try changes(live, to: ["r.res": "resource r { }\n"]) == [])
        #expect(try changes(live, to: ["r.res": "resource r { net { timeout 60; } }\n"]) == ["/etc/drbd.d/r.res"])
    }

    @Test("What common no longer says has to be written into the file")
    func moved() throws {
        let live = ["global_common.conf": Self.common, "r.res": "resource r { }\n"]
        let desired = ["global_common.conf": "common { }\n", "r.res": "resource r { net { timeout 30; } }\n"]
        #expect(try changes(live, to: desired) == ["/etc/drbd.d/global_common.conf", "/etc/drbd.d/r.res"])
    }

    @Test("What we put there for a commit that is nowhere any more goes; what somebody else wrote or changed stays")
    func leftover() throws {
        let ours = "/etc/drbd.d/ours.res"
        var files = LiveFiles(contents: [ours: SourceText(path: ours, text: "resource ours { }\n")])
        files.contents["/etc/drbd.d/theirs.res"] = SourceText(path: "theirs.res", text: "resource theirs { }\n")
        files.deposited = [ours: ["ours"], "/etc/drbd.d/gone.res": ["gone"]]
        let empty = DesiredState([])
        let plan = try Scene(base: empty, desired: empty, live: .init(crm: ""), files: files).plan()
        #expect(plan.files.map { "\($0.action) \($0.path) \($0.resources)" } == ["delete \(ours) [\"ours\"]"])
        #expect(plan.unmanagedFiles == ["/etc/drbd.d/theirs.res"])
        let wanted = DesiredState([("drbd/ours.res", SourceText(path: "drbd/ours.res", text: "resource ours { }\n"))])
        #expect(try Scene(base: empty, desired: wanted, live: .init(crm: ""), files: files).plan().files == [])
    }

    @Test("A new file that needs what another one has now comes together with that one's change, not before it")
    func exchanged() throws {
        func text(_ name: String, minor: Int) -> SourceText {
            let host = "on alpha { device /dev/drbd\(minor); disk /dev/vg0/\(name); address 192.0.2.1:\(7700 + minor); }"
            return SourceText(path: "\(name).res", text: "resource \(name) { \(host) }\n")
        }
        let wanted = DesiredState([("drbd/a.res", text("a", minor: 1)), ("drbd/b.res", text("b", minor: 2)), ("drbd/c.res", text("c", minor: 3))])
        let files = LiveFiles(contents: ["/etc/drbd.d/b.res": text("b", minor: 1)])
        let plan = try Scene(base: DesiredState([]), desired: wanted, live: .init(crm: ""), files: files).plan()
        #expect(plan.steps(.prepare).map(\.action.title) == ["write /etc/drbd.d/c.res"])
        #expect(plan.steps(.replace).map(\.action.title) == ["write /etc/drbd.d/b.res", "write /etc/drbd.d/a.res"])
    }

    @Test("Without a common section that is known a default is not the same as nothing")
    func unknown() throws {
        #expect(try changes(["r.res": "resource r { net { timeout 60; } }\n"], to: ["r.res": "resource r { }\n"]) == ["/etc/drbd.d/r.res"])
    }

    @Test("A resource that leaves git and stands in /etc/drbd.conf too is told with its place, and stays in the note")
    func elsewhere() throws {
        let conf = "global { }\nresource r { }\ninclude \"/etc/drbd.d/*.res\";\n"
        var files = LiveFiles(contents: [:])
        files.drbd.append(SourceText(path: "/etc/drbd.conf", text: conf))
        func state(_ names: [String]) -> DesiredState {
            DesiredState(names.map { ("drbd/\($0).res", SourceText(path: "drbd/\($0).res", text: "resource \($0) { }\n")) })
        }
        func told(_ base: [String], _ desired: [String]) throws -> [Finding] {
            try Scene(base: state(base), desired: state(desired), live: .init(crm: ""), files: files).plan().notices.filter {
                $0.severity == .warning
            }
        }
        let notices = try told(["r"], [])
        #expect(notices.map(\.place?.line) == [2] && notices[0].message.contains("/etc/drbd.conf, line 2"))
        #expect(try told(["r"], ["r"]).isEmpty && told(["s"], []).isEmpty && told([], []).isEmpty)
    }

    @Test("A file that may not stand where it belongs is refused before Pacemaker starts, too")
    func misplaced() throws {
        var files = LiveFiles(contents: [:])
        files.drbd.append(SourceText(path: "/etc/drbd.conf", text: "global { }\nresource r { net { timeout 30; } }\n"))
        let desired = DesiredState([("drbd/r.res", SourceText(path: "drbd/r.res", text: "resource r { }\n"))])
        let plan = try Scene(base: DesiredState([]), desired: desired, live: .init(crm: ""), files: files).plan()
        #expect(plan.misfits.contains { $0.message.contains("r stands here, and says something else") })
        #expect(plan.comingFiles.misfits == plan.misfits)
        let judged = Evidence(of: plan.comingFiles, commit: nil).judge()
        guard case .refused = judged else { return #expect(Bool(false), "\(judged)") }
    }
}

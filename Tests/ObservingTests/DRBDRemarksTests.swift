import ClusterModel
import DRBDSyntax
import Diagnostics
import Host
import LiveState
import Repository
import Steps
import TestKit
import Testing

@testable import Observing

@Suite("A refusal of drbdadm's says what is wrong with which file, and nothing else")
struct DRBDRemarksTests {
    private static let programs = ["drbdadm", "/lib/drbd/drbdadm-84", "/lib/drbd/drbdadm-83"]

    private static func resource(_ name: String, net: String = "", startup: String = "", port: Int = 7001) -> String {
        """
        resource \(name) {
          device /dev/drbd\(port); disk /dev/vg0/\(name); meta-disk internal; protocol C;
          net { \(net) }
          startup { \(startup) }
          on alpha { address 192.0.2.1:\(port); }
          on bravo { address 192.0.2.2:\(port); }
        }

        """
    }

    @Test("The drbdadm of 9, 8.4 and 8.3: the repository's path and the line", arguments: programs)
    func generations(_ program: String) async throws {
        let syntax = try await remarks(of: program, ["r0.res": Self.resource("r0", net: "timeot 60;")])
        #expect(syntax.all == ["drbd/r0.res:3: Parse error: 'an option keyword' expected,\n\tbut got 'timeot'"] && syntax.namesLine)
        let clash = try await remarks(of: program, ["r0.res": Self.resource("r0"), "r1.res": Self.resource("r1")])
        #expect(clash.all.count == 2 && clash.namesLine)
        #expect(clash.all[0].hasPrefix("drbd/r1.res:") && clash.all[0].contains("conflicting use of"))
        #expect(clash.all[1].hasPrefix("drbd/r0.res:") && clash.all[1].hasSuffix("first used here."))
    }

    /// 8.4 calls the file by its whole path then.
    @Test("What is found when all has been read names the repository's path too", arguments: programs.dropFirst())
    func later(_ program: String) async throws {
        let stranger = try await remarks(of: program, ["r0.res": Self.resource("r0", startup: "become-primary-on charlie;")])
        #expect(
            stranger.all == [
                "drbd/r0.res:1: in resource r0:\n\tbecome-primary-on contains 'charlie', which is not named with the 'on' sections."
            ])
        #expect(stranger.namesLine)
    }

    private func remarks(of program: String, _ files: [String: String]) async throws -> DRBDRemarks {
        let scratch = try Scratch()
        for (name, text) in files { _ = try scratch.write(text, to: name) }
        let path = try scratch.write("global { disable-ip-verification; usage-count ask; }\ninclude \"*.res\";\n", to: "drbd.conf")
        let directory = String(path.dropLast("/drbd.conf".count))
        let output = try await Command(program, ["--config-file", path, "dump", "all"], environment: ["__DRBD_NODE__": "alpha"]).run()
        #expect(!output.succeeded)
        let remarks = DRBDRemarks(output.error, in: directory, calling: files.reduce(into: [:]) { $0[$1.key] = "drbd/" + $1.key })
        #expect(!remarks.text.contains(directory) && !remarks.text.contains("PRETENDING") && !remarks.text.contains("modinfo"))
        return remarks
    }

    /// As drbdadm 9.22 and 8.4 said it on hosts with and without the module.
    private static let captured = """

           found __DRBD_NODE__ in environment
           PRETENDING that I am >>alpha<<

        modinfo: ERROR: Module drbd not found.
        modprobe: FATAL: Module drbd not found in directory /lib/modules/6.1.0-18-amd64
        WARN: stdin/stdout is not a TTY; using /dev/console
        /run/coxswain/drbd/r0.res:4: in resource r0, on alpha:
        \tIP 192.0.2.1 not found on this host.
        WARN: no normal resources defined for this host (alpha)!?
        Misspelled name of the local machine with the 'on' keyword ?
        /run/coxswain/drbd/elsewhere-00000.conf:7: conflicting use of device-minor 'device-minor:alpha:1' ...

        """

    @Test("Of what it says of itself and of the machine nothing is left")
    func noise() {
        let names = ["r0.res": "drbd/r0.res", "elsewhere-00000.conf": "/etc/drbd.conf"]
        let remarks = DRBDRemarks(Self.captured, in: "/run/coxswain/drbd", calling: names)
        #expect(
            remarks.all == [
                "drbd/r0.res:4: in resource r0, on alpha:\n\tIP 192.0.2.1 not found on this host.",
                "/etc/drbd.conf:7: conflicting use of device-minor 'device-minor:alpha:1' ...",
            ])
    }

    @Test("Words about no file are no verdict; where nothing else was said, they stay")
    func unplaced() {
        let lost = DRBDRemarks("   found __DRBD_NODE__ in environment\nCan not open '/run/x/drbd.conf': No such file or directory\n", in: "/run/x")
        #expect(lost.all == ["Can not open 'drbd.conf': No such file or directory"] && !lost.namesLine)
        #expect(DRBDRemarks("modprobe: FATAL: Module drbd not found\n").all == ["modprobe: FATAL: Module drbd not found"])
        #expect(DRBDRemarks("").all.isEmpty)
        let whole = DRBDRemarks("r0.res: in resource r0, on alpha:\n\tIP 192.0.2.1 not found on this host.\n")
        #expect(whole.all.count == 1 && !whole.namesLine)
    }

    @Test("The preview of a commit names its file, what stands elsewhere by its own path, and each line where it is")
    func preview() async throws {
        let scratch = try Scratch()
        var live = LiveFiles()
        let start = "include \"drbd.d/*.res\";\n\nglobal { disable-ip-verification; }\n" + Self.resource("far", port: 7002)
        live.drbd.append(SourceText(path: "/etc/drbd.conf", text: start))
        live.contents["/etc/drbd.d/old.res"] = SourceText(path: "/etc/drbd.d/old.res", text: Self.resource("old"))
        func complaints(_ text: String) async throws -> Known<[String]> {
            let change = FileChange(
                action: .create, format: .drbd, path: HostPath("/etc/drbd.d/new.res"), old: nil, new: SourceText(path: "drbd/new.res", text: text),
                resources: ["new"])
            var preview = DRBDPreview(directory: scratch.path + "/drbd", isOnHost: true, node: "alpha")
            defer { preview.clear() }
            try preview.prepare(live, with: [change], under: Policy())
            return await preview.complaints()
        }
        #expect(try await complaints(Self.resource("new", port: 7003)) == .known([]))
        let clash = try await complaints(Self.resource("new", port: 7002)).value
        #expect(clash?.first?.hasPrefix("drbd/new.res:2: conflicting use of device-minor") == true, "\(clash ?? [])")
        #expect(clash?.first?.contains("\n/etc/drbd.conf:5: device-minor") == true, "\(clash ?? [])")
        let old = try await complaints("include \"other.res\";\n" + Self.resource("new")).value
        #expect(old?.first?.contains("/etc/drbd.d/old.res:2: ") == true && old?.first?.contains("drbd/new.res:3: ") == true, "\(old ?? [])")
    }
}

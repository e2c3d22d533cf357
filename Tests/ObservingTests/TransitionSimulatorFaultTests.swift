import CIB
import Diagnostics
import Glibc
import Host
import LiveState
import TestKit
import Testing
import XML

@testable import Observing

@Suite("What crm_simulate can't be asked, or does not answer, is not known")
struct TransitionSimulatorFaultTests {
    @Test("without a status there is nothing to tell")
    func statusless() async throws {
        let scratch = try Scratch()
        let simulator = TransitionSimulator(scratchDirectory: scratch.path)
        let cib = CIB(crm: "primitive web Dummy")
        #expect(await simulator.transition(of: cib) == .unknown("the CIB has no status section"))
        let empty = try CIB(parsing: .init(path: "", text: cib.xml), keepingStatus: true)
        #expect(await simulator.transition(of: empty) == .unknown("the CIB's status section knows no node"))
    }

    @Test("what Pacemaker does not accept is not known, and does not pass for a cluster in which nothing happens")
    func invalid() async throws {
        let live = try await RunningCluster.settled("primitive web Dummy".withNodes)
        var root = live.root
        root["validate-with"] = "pacemaker-1.0"
        let scratch = try Scratch()
        let transition = await TransitionSimulator(scratchDirectory: scratch.path).transition(of: CIB(root, status: live.status))
        #expect(transition == .unknown("Pacemaker does not accept the CIB; crm_verify says why"))
        #expect(try FileTree(root: scratch.path).entries(of: "/").isEmpty)
    }

    @Test(
        "a tool that fails, dies or says something else leaves it unknown",
        arguments: [
            ("kill -9 $$", "crm_simulate: killed by signal 9: "), ("echo Oops >&2; exit 1", "crm_simulate: exit code 1: Oops"),
            ("exit 0", "XML: "), ("echo '<pacemaker-result/>'", "crm_simulate printed no list of actions, but <pacemaker-result>"),
            ("yes | head -c 80000000", "more than "),
        ])
    func faults(_ script: String, _ reason: String) async throws {
        let live = try await RunningCluster.settled("primitive web Dummy".withNodes)
        let scratch = try Scratch()
        let program = try scratch.write("#!/bin/sh\n\(script)\n", to: "program")
        #expect(chmod(program, 0o755) == 0)
        let transition = await TransitionSimulator(scratchDirectory: scratch.path + "/files", program: program).transition(of: live)
        #expect(transition.reason?.hasPrefix(reason) == true, "\(transition)")
        #expect(try FileTree(root: scratch.path).entries(of: "/files").isEmpty)
    }

    @Test("the CIB's secrets are readable by nobody else, crm_simulate's own copy included")
    func secrecy() async throws {
        let live = try await RunningCluster.settled("primitive web Dummy".withNodes)
        let scratch = try Scratch()
        let program = try scratch.write(
            "#!/bin/sh\nstat -c %a $CIB_file $CIB_shadow_dir >\(scratch.path)/modes; crm_simulate \"$@\"\n", to: "program")
        #expect(chmod(program, 0o755) == 0)
        let transition = await TransitionSimulator(scratchDirectory: scratch.path + "/files", program: program).transition(of: live)
        #expect(transition == .known(Transition()))
        #expect(String(decoding: try scratch.read("modes"), as: UTF8.self) == "600\n700\n")
    }
}

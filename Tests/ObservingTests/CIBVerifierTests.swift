import CIB
import Glibc
import LiveState
import TestKit
import Testing

@testable import Observing

/// What crm_verify has against a CIB, and what of that counts.
struct CIBVerifierTests {
    private static let crm = """
        node alpha
        node bravo
        property stonith-enabled=false stop-orphan-resources=false
        primitive s ocf:pacemaker:Dummy
        primitive t ocf:pacemaker:Dummy

        """

    private func remarks(on wanted: CIB, insteadOf live: CIB, deleting: Set<String> = []) async throws -> CIBVerifier.Remarks {
        let scratch = try Scratch()
        let verifier = CIBVerifier(scratchDirectory: scratch.path + "/tidied/up")  // somebody did
        return try #require(await verifier.remarks(on: wanted, insteadOf: live, deleting: deleting).value)
    }

    private func remarks(on statement: String, insteadOf former: String = "") async throws -> CIBVerifier.Remarks {
        let live = try await RunningCluster.settled(Self.crm + former)
        return try await remarks(on: live.reconfigured(Self.crm + statement), insteadOf: live)
    }

    @Test("a resource that goes and could not be stopped is no reason against the transaction that deletes it")
    func orphan() async throws {
        let settled = try await RunningCluster.settled(Self.crm)
        let live = try await RunningCluster.after(["--op-inject", "s_stop_0@alpha=1", "--op-inject", "s_stop_0@bravo=1"], in: settled)
        let wanted = live.reconfigured(Self.crm.replacing("primitive s ocf:pacemaker:Dummy\n", with: ""))
        #expect(try await remarks(on: wanted, insteadOf: live, deleting: ["s"]) == CIBVerifier.Remarks())
        // Of another resource it would be one, where crm_verify makes it one.
        let others = try await remarks(on: wanted, insteadOf: live, deleting: ["t"])
        #expect((others.errors + others.warnings).contains { $0.contains("'s'") }, "\(others)")
    }

    @Test(
        "a tool that says nothing that makes sense has not judged",
        arguments: [
            "echo 'Segmentation fault' >&2; exit 78", "exit 78", "head -c 100000 /dev/urandom; exit 78", "kill -9 $$", "exit 1",
        ])
    func faults(_ script: String) async throws {
        let scratch = try Scratch()
        let program = try scratch.write("#!/bin/sh\n\(script)\n", to: "program")
        #expect(chmod(program, 0o755) == 0)
        let verifier = CIBVerifier(scratchDirectory: scratch.path + "/files", program: program)
        let cib = CIB(crm: Self.crm)
        #expect(await verifier.remarks(on: cib, insteadOf: cib).value == nil)
    }

    @Test("what was wrong before is none, what becomes wrong is")
    func news() async throws {
        let live = try await RunningCluster.settled(Self.crm)
        let noDevices = live.reconfigured(Self.crm.replacing("stonith-enabled=false", with: "stonith-enabled=true"))
        #expect(try await !remarks(on: noDevices, insteadOf: live).errors.isEmpty)
        #expect(try await remarks(on: noDevices, insteadOf: noDevices) == CIBVerifier.Remarks())
    }

    @Test(
        "an error counts though the exit code is 0",
        arguments: [
            ("location l s rule 100: date lt 2030-13-99", "'13' is not a valid month"),
            ("primitive u ocf:pacemaker:Dummy meta $id-ref=t", "No match for //meta_attributes[@id='t']"),
        ])
    func errorBesideZero(_ statement: String, _ reason: String) async throws {
        let remarks = try await remarks(on: statement + "\n")
        #expect(remarks.errors.contains { $0.contains(reason) }, "\(remarks)")
    }

    @Test(
        "a warning is none, though the exit code is 78",
        arguments: [
            ("group g s t meta ordered=false", "'ordered' group meta-attribute is deprecated"),
            ("property stonith-action=poweroff", "stonith-action of 'poweroff' is deprecated"),
            ("primitive u ocf:pacemaker:Dummy meta restart-type=restart", "restart-type is deprecated"),
            ("node 4: dora:ping", "nodes of type 'ping'"),
        ])
    func warnings(_ statement: String, _ reason: String) async throws {
        let remarks = try await remarks(on: statement + "\n")
        #expect(remarks.errors == [], "\(remarks)")
        #expect(remarks.warnings.contains { $0.contains(reason) }, "\(remarks)")
        #expect(remarks.warnings.allSatisfy { $0.contains(") warning:") && !$0.contains("\\t") }, "\(remarks)")
    }

    @Test("a repair of one of two faults is let in, and fencing can be switched on")
    func repair() async throws {
        let doubled = "primitive u ocf:pacemaker:Dummy op monitor interval=10s op monitor interval=10s timeout=30s\n"
        let other = "primitive v ocf:pacemaker:Dummy op monitor interval=10s op monitor interval=10s timeout=30s\n"
        #expect(
            try await remarks(on: doubled.replacing(" op monitor interval=10s timeout=30s", with: "") + other, insteadOf: doubled + other).errors
                == [])
        let device = "primitive f stonith:external/ssh params hostlist=\"alpha bravo\"\n"
        let live = try await RunningCluster.settled(Self.crm + device)
        let fenced = live.reconfigured(Self.crm.replacing("stonith-enabled=false", with: "stonith-enabled=true") + device)
        #expect(try await remarks(on: fenced, insteadOf: live).errors == [])
    }

    @Test("the line of a file that nobody sees is left out, so that what was there before is no news further down")
    func place() async throws {
        let broken = "acl_target u nope\n"
        let live = try await RunningCluster.settled(Self.crm)
        let wanted = live.reconfigured(Self.crm + broken)
        let remarks = try await remarks(on: wanted, insteadOf: live)
        #expect(
            remarks.errors.contains { $0.hasPrefix("element role: validity error : IDREF attribute id references an unknown ID \"nope\"") },
            "\(remarks)")
        let later = live.reconfigured(Self.crm + "primitive w ocf:pacemaker:Dummy\n" + broken)
        #expect(try await self.remarks(on: later, insteadOf: wanted).errors == [])
    }
}

import CIB
import Diagnostics
import Executing
import Host
import LiveState
import Observing
import Planning
import Repository
import Safety
import Steps
import TestKit
import Testing

/// The transaction, on a CIB in a file.
struct TransactionStepTests {
    @Test("It is made though somebody has tidied up the scratch directory, now and a second time")
    func tidied() async throws {
        let scratch = try Scratch()
        let path = scratch.path + "/cib.xml"
        try FileTree().write(CIB(crm: "primitive a ocf:pacemaker:Dummy\n").document(), to: path)
        let executor = Executor(
            .file(path), root: scratch.path + "/host", stateDirectory: scratch.path + "/state", scratchDirectory: scratch.path + "/state/scratch",
            actsOnHost: false, deposits: Deposits(stateDirectory: scratch.path + "/state"))
        for name in ["b", "c"] {
            let live = try CIB(parsing: .init(path: path, bytes: FileTree().read(path)))
            let plan = try Scene(base: nil, desired: DesiredState(crm: "primitive \(name) ocf:pacemaker:Dummy\n"), live: live).plan()
            guard case .approved(let approval) = Evidence(of: plan, commit: nil).judge() else { return #expect(Bool(false)) }
            for step in approval.steps {
                guard let permit = approval.permit(step.id) else { return #expect(Bool(false)) }
                #expect(await executor.perform(permit) == .done)
            }
            try FileTree().removeAll(scratch.path + "/state")
        }
        let cib = try CIB(parsing: .init(path: path, bytes: FileTree().read(path)))
        #expect(Set(cib.objects.filter { $0.id.kind == .resource }.map(\.id.name)) == ["a", "b", "c"])
    }
}

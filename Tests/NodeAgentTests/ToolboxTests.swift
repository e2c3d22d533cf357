import Presenting
import Testing

@testable import NodeAgent

@Suite struct ToolboxTests {
    @Test(
        "the version stands in what each program says of itself",
        arguments: [
            ("git version 2.39.5\n", "2.39.5"), ("Pacemaker 2.1.5-a3f44794f94\nWritten by Andrew Beekhof\n", "2.1.5-a3f44794f94"),
            ("DRBDADM_BUILDTAG=GIT-hash:\\ x\nDRBDADM_API_VERSION=2\nDRBDADM_VERSION_CODE=0x091600\nDRBDADM_VERSION=9.22.0\n", "9.22.0"),
            ("host : alpha\nrelease                : 6.1.0-40-amd64\nxen_version            : 4.17.5\n", "4.17.5"), ("nothing\n", nil), ("", nil),
        ])
    func versions(_ text: String, _ version: String?) { #expect(Toolbox.version(in: text) == version) }

    @Test("what is installed is told with its version")
    func installed() async {
        let found = await Toolbox.diagnoses()
        for name in ["git", "cibadmin", "drbdadm"] {
            let diagnosis = found.first { $0.subject == name }
            #expect(diagnosis?.verdict == .good && diagnosis?.words.first?.isNumber == true, "\(name): \(String(describing: diagnosis))")
        }
    }
}

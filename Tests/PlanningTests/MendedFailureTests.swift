import CIB
import ClusterModel
import Diagnostics
import LiveState
import Planning
import Repository
import Steps
import TestKit
import Testing

/// Failures of resources whose file was missing when they were started.
struct MendedFailureTests {
    private static let crm = "primitive d Xen params xmfile=/etc/xen/d.cfg\nprimitive r ocf:linbit:drbd params drbd_resource=r\n"
    private static let files = ["xen/d.cfg": "name = \"d\"\n", "drbd/r.res": "resource r { }\n", "coxswain.yaml": "hosts: {xen: /etc/xen}\n"]

    private func steps(code: Int, of resource: String, on node: String = "bravo", written: [String: Int64]) throws -> [String] {
        let desired = DesiredState(crm: Self.crm, files: Self.files)
        let status = """
            <cib><configuration/><status><node_state uname="\(node)"><lrm><lrm_resources><lrm_resource id="\(resource)">\
            <lrm_rsc_op id="x" operation="start" rc-code="\(code)" last-rc-change="100"/>\
            </lrm_resource></lrm_resources></lrm></node_state></status></cib>
            """
        let section = StatusSection(of: SourceText(path: "status", text: status))
        var files = LiveFiles()
        files.times = written
        for path in written.keys {
            let name = path.hasSuffix(".cfg") ? "xen/d.cfg" : "drbd/r.res"
            files.contents[path] = SourceText(path: path, text: Self.files[name] ?? "")
        }
        let cluster = ClusterStatus(hasQuorum: true, dc: "alpha", nodes: [], resources: [], isIdle: true, inMaintenance: false)
        var planner = Planner(
            commit: .desired, base: (.base, nil), desired: desired, live: CIB(CIB(crm: Self.crm).root, status: section), files: files,
            hostBases: [], cluster: cluster, node: "bravo")
        return try planner.plan().steps.filter { if case .forgetFailures = $0.action { true } else { false } }.map(\.id.text)
    }

    @Test("are forgotten on this node once the file has been written since, or is about to be; and nobody else's are")
    func mended() throws {
        let domain = "/etc/xen/d.cfg"
        #expect(try steps(code: 5, of: "d", written: [:]) == ["clean up d on bravo"])
        #expect(try steps(code: 5, of: "d", written: [domain: 101]) == ["clean up d on bravo"])
        #expect(try steps(code: 6, of: "r:1", written: ["/etc/drbd.d/r.res": 100]) == ["clean up r on bravo"])
        #expect(try steps(code: 5, of: "d", written: [domain: 99]) == [])
        #expect(try steps(code: 1, of: "d", written: [domain: 101]) == [])
        #expect(try steps(code: 5, of: "d", on: "alpha", written: [domain: 101]) == [])
        #expect(try steps(code: 5, of: "stranger", written: [domain: 101]) == [])
    }
}

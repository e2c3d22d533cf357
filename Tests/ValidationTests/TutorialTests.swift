import Diagnostics
import Host
import Repository
import TestKit
import Testing
import Validation

/// The cluster of the 2010 tutorial, word for word: it is read, and each of its mistakes is a finding with the remedy.
struct TutorialTests {
    private let findings: [Finding]

    init() throws {
        let package = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let bytes = try FileTree().read("\(package)/Tests/Fixtures/tutorial-2010/crm/cluster.crm")
        let state = DesiredState([("crm/cluster.crm", SourceText(path: "crm/cluster.crm", bytes: bytes))])
        #expect(state.declarations.count == 10)
        findings = Validation.findings(in: state)
    }

    private func only(_ part: String) throws -> Finding {
        let matching = findings.filter { $0.message.contains(part) }
        #expect(matching.count == 1, "\(part): \(matching.map(\.message))")
        return try #require(matching.first)
    }

    @Test("default-resource-stickiness was a cluster option once")
    func defaultStickiness() throws {
        let finding = try only("default-resource-stickiness no longer exists")
        #expect(finding.severity == .error)
        #expect(finding.remedy == "write \"rsc_defaults resource-stickiness=1000\" instead")
        #expect(finding.place?.line == 14)
    }

    @Test("resource-stickines has no effect, on either clone")
    func misspelling() {
        let matching = findings.filter { $0.message.hasPrefix("resource-stickines ") }
        #expect(matching.map(\.place?.line) == [3, 10])
        #expect(matching.allSatisfy { $0.severity == .warning && $0.remedy == "did you mean \"resource-stickiness\"?" })
    }

    @Test("nothing makes the domU wait for its DRBD resource")
    func noOrderForTheDomain() throws {
        let finding = try only("no order makes xps-101 wait until xps-101-MS is promoted")
        #expect(finding.remedy == "add \"order xps-101-after-xps-101-MS Mandatory: xps-101-MS:promote xps-101:start\"")
    }

    @Test("nothing keeps the mount where its DRBD resource is promoted")
    func noColocationForTheMount() throws {
        let finding = try only("no colocation keeps Cluster-FS-Mount-Clone where Cluster-FS-DRBD-Master is promoted")
        #expect(
            finding.remedy
                == "add \"colocation Cluster-FS-Mount-Clone-with-Cluster-FS-DRBD-Master inf: Cluster-FS-Mount-Clone Cluster-FS-DRBD-Master:Promoted\""
        )
    }

    @Test("the domU's file lies on a file system that need not be mounted")
    func fileOnTheMount() throws {
        let finding = try only("/cluster/xen/xps-101.cfg lies on Cluster-FS-Mount")
        #expect(finding.remedy == "add \"order xps-101-after-Cluster-FS-Mount-Clone Mandatory: Cluster-FS-Mount-Clone xps-101\"")
    }

    @Test("two primaries without fencing, and quorum ignored")
    func fencing() throws {
        #expect(try only("two primaries without fencing").remedy?.contains("stonith-enabled=true") == true)
        #expect(try only("without quorum a partition would go on").remedy?.contains("drop no-quorum-policy=ignore") == true)
    }

    @Test("ms, Master and Slave are of yesterday")
    func spelling() {
        let notices = findings.filter { $0.severity == .notice }.map(\.message)
        #expect(notices.count { $0 == "ms is the former way to write a promotable clone" } == 2)
        #expect(notices.count { $0.contains("the role Master is called Promoted") } == 3)
        #expect(notices.count { $0.contains("the role Slave is called Unpromoted") } == 2)
    }

    @Test("and that is all that is said")
    func nothingElse() {
        #expect(findings.count { $0.severity == .error } == 1)
        #expect(findings.count { $0.severity == .warning } == 7, "\(Findings(findings))")
    }

    @Test("the form that runs today has no error and two warnings: it has no fence device")
    func example() throws {
        let package = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let names = try FileTree().regularFiles(in: "\(package)/examples-repo/crm")
        let state = DesiredState(
            try names.map { ("crm/\($0)", SourceText(path: $0, bytes: try FileTree().read("\(package)/examples-repo/crm/\($0)"))) })
        #expect(Validation.findings(in: state).map(\.message) == ["two primaries without fencing: a split brain corrupts what both write"])
        #expect(state.unresolved.isEmpty)
    }
}

import Testing

@testable import CIBGrammar

struct SchemaTests {
    @Test("2.10 comes after 2.9")
    func order() {
        #expect(SchemaVersion(name: "pacemaker-2.10")! > SchemaVersion(name: "pacemaker-2.9")!)
        #expect(SchemaVersion.all == SchemaVersion.all.sorted())
        #expect(SchemaVersion.newest.description == "pacemaker-3.9")
    }
}

import Reconciling
import Testing

@testable import NodeAgent

@Suite("What people ask of a node")
struct BulletinTests {
    @Test("a flood of pushes is heard at once, and then once a second", .timeLimit(.minutes(1)))
    func flood() async throws {
        let bulletin = Bulletin()
        #expect((0..<5000).count { _ in bulletin.pushed() } == 1)
        var heard = 0
        for await event in bulletin.events {
            guard case .moved(.repository) = event else { continue }
            heard += 1
            if heard == 2 { break }  // the first, and one for all that came after it
        }
        try await Task.sleep(for: .milliseconds(1300))
        bulletin.close()
        for await event in bulletin.events { if case .moved(.repository) = event { heard += 1 } }
        #expect(heard == 2)
    }
}

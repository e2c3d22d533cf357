import Dispatch
import Host
import Testing

struct BlockingCallTests {
    @Test("What comes back in time is answered, errors too")
    func inTime() async throws {
        let calls = BlockingCalls()
        #expect(try await calls.run("adding", limit: .seconds(30)) { 1 + 1 } == 2)
        await #expect(throws: CancellationError.self) { try await calls.run("failing", limit: .seconds(30)) { throw CancellationError() } }
    }

    @Test("What hangs is given up, and keeps others from being begun until it has come back")
    func hanging() async throws {
        let calls = BlockingCalls()
        let gate = DispatchSemaphore(value: 0)
        let error = await #expect(throws: Overdue.self) {
            try await calls.run("writing /x", limit: .milliseconds(20)) { gate.wait() }
        }
        #expect(error?.description.hasPrefix("writing /x takes more than 0 s: its file system hangs") == true)
        let second = await #expect(throws: Overdue.self) { try await calls.run("reading /y", limit: .seconds(30)) {} }
        #expect(second?.description.hasPrefix("writing /x has not come back yet") == true)
        gate.signal()
        while (try? await calls.run("reading /y", limit: .seconds(30)) {}) == nil { try await Task.sleep(for: .milliseconds(1)) }
    }
}

import Glibc
import Synchronization
import Testing

@testable import Host

@Suite struct DirectoryWatchTests {
    @Test("a queue that runs over is heard of, and what moves after it too")
    func overflow() async throws {
        let sandbox = try Sandbox()
        let count = Mutex(0)
        let watch = try DirectoryWatch { count.withLock { $0 += 1 } }
        #expect(watch.arm([sandbox.path]).isEmpty)
        watch.stopHearing()
        let most = try Int(String(decoding: FileTree().read("/proc/sys/fs/inotify/max_queued_events"), as: UTF8.self).dropLast()) ?? 16_384
        let (one, other) = (sandbox.path + "/a", sandbox.path + "/b")
        try FileTree().write([], to: one)
        for turn in 0..<most / 2 + 100 { _ = turn.isMultiple(of: 2) ? rename(one, other) : rename(other, one) }
        watch.hearAgain()
        try await until { count.withLock { $0 } > 0 }
        try await Task.sleep(for: .milliseconds(100))
        let before = count.withLock(\.self)
        try FileTree().write([65], to: sandbox.path + "/c")
        try await until { count.withLock { $0 } > before }
    }

    @Test("a directory that is gone is watched for from above, and watched when it is back")
    func comesBack() async throws {
        let sandbox = try Sandbox()
        let directory = sandbox.path + "/x/y"
        let count = Mutex(0)
        let watch = try DirectoryWatch { count.withLock { $0 += 1 } }
        for turn in 0..<3 {
            #expect(watch.arm([directory]).isEmpty)
            var before = count.withLock(\.self)
            try FileTree().makeDirectory(directory)
            try await until { count.withLock { $0 } > before }
            #expect(watch.arm([directory]).isEmpty)
            before = count.withLock(\.self)
            try FileTree().write([65], to: directory + "/\(turn)")
            try await until { count.withLock { $0 } > before }
            try FileTree().removeAll(sandbox.path + "/x")
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    private func until(_ condition: () -> Bool) async throws {
        let start = ContinuousClock.now
        while !condition(), .now - start < .seconds(10) { try await Task.sleep(for: .milliseconds(5)) }
        #expect(condition())
    }
}

import ClusterModel
import Glibc
import Host
import Observing
import Reconciling
import Repository
import Steps
import Synchronization
import TestKit
import Testing

@testable import NodeAgent

@Suite("A change of the cluster's configuration, or of a file of the host, is heard of at once", .serialized)
struct ChangeWatchTests {
    /// A host and a CIB in a scratch directory, and a watch on them.
    private final class Bench: Sendable {
        let scratch: Scratch
        let tree: FileTree
        let watch: ChangeWatch
        private let heard = Mutex<[Event.Source]>([])
        private let task = Mutex<Task<Void, Never>?>(nil)

        init(hearing isHearing: Bool = true, having directories: [String] = ["/etc/drbd.d", "/cluster/xen", "/pacemaker"]) throws {
            scratch = try Scratch()
            tree = FileTree(root: scratch.path)
            for directory in directories { try tree.makeDirectory(directory) }
            if directories.contains("/pacemaker") { try tree.write(Array("<cib/>".utf8), to: "/pacemaker/cib.xml") }
            var settings = Settings(repository: ".", stateDirectory: scratch.path)
            settings.cib = .file(scratch.path + "/pacemaker/cib.xml")
            settings.root = scratch.path
            watch = ChangeWatch(settings, hearing: isHearing, orAfter: .seconds(120))
        }

        /// Returns when it has settled.
        func start() async throws {
            task.withLock { task in
                task = Task.detached { [self] in
                    await watch.run { event in
                        if case .moved(let source) = event { self.heard.withLock { $0.append(source) } }
                    }
                }
            }
            try await Task.sleep(for: .milliseconds(300))
        }

        func stop() { task.withLock { $0?.cancel() } }

        /// What is heard of the change within a time; the first one is waited for.
        func hears(within limit: Duration, _ change: () throws -> Void) async throws -> [Event.Source] {
            heard.withLock { $0 = [] }
            let start = ContinuousClock.now
            try change()
            while heard.withLock(\.isEmpty), .now - start < limit { try await Task.sleep(for: .milliseconds(2)) }
            return heard.withLock(\.self)
        }
    }

    /// The promise is 200 ms. A machine that has other things to do is forgiven less than it takes until the watch looks without having heard.
    private static let soon = Duration.seconds(60)

    private func withBench(_ bench: Bench, _ body: (Bench) async throws -> Void) async throws {
        try await bench.start()
        try await body(bench)
        bench.stop()
    }

    @Test("a CIB that is replaced by a rename, a file that is written, replaced or removed")
    func moves() async throws {
        try await withBench(Bench()) { bench in
            let tree = bench.tree
            let replaced = try await bench.hears(within: Self.soon) { try tree.write(Array("<cib epoch='2'/>".utf8), to: "/pacemaker/cib.xml") }
            #expect(replaced == [.cluster])
            let delay = try #require(bench.watch.takeDelay())
            #expect(delay >= .zero && delay < Self.soon && bench.watch.takeDelay() == nil, "told once")
            for change in [
                { try tree.write([65], to: "/etc/drbd.d/a.res") }, { try tree.create("/etc/drbd.d/b.res", with: [65]) },
                { try tree.move("/etc/drbd.d/b.res", to: "/etc/drbd.d/c.res") }, { try tree.remove("/etc/drbd.d/a.res") },
                { try tree.write([66], to: "/cluster/xen/a.cfg") },
            ] as [() throws -> Void] {
                #expect(try await bench.hears(within: Self.soon, change) == [.host])
                try await Task.sleep(for: .milliseconds(200))
            }
        }
    }

    @Test("of an own change nothing is said, of another one beside it something is")
    func echo() async throws {
        try await withBench(Bench()) { bench in
            let tree = bench.tree
            let change = FileChange(action: .create, format: .drbd, path: "/etc/drbd.d/own.res", old: nil, new: nil, resources: [])
            let own = try await bench.hears(within: .milliseconds(400)) {
                bench.watch.hold()
                try tree.write([65], to: "/etc/drbd.d/own.res")
                usleep(200_000)
                bench.watch.release(after: .writeFile(change))
            }
            #expect(own == [])
            let other = try await bench.hears(within: Self.soon) {
                bench.watch.hold()
                try tree.write([66], to: "/etc/drbd.d/own.res")
                try tree.write([66], to: "/etc/drbd.d/other.res")
                bench.watch.release(after: .writeFile(change))
            }
            #expect(other == [.host])
        }
    }

    @Test("a directory that comes later, one that is made again, and one that another takes the place of")
    func directories() async throws {
        try await withBench(Bench(having: ["/etc", "/pacemaker"])) { bench in
            let tree = bench.tree
            for _ in 0..<3 {
                try tree.makeDirectory("/etc/drbd.d")
                try await Task.sleep(for: .milliseconds(200))
                #expect(try await bench.hears(within: Self.soon) { try tree.write([65], to: "/etc/drbd.d/a.res") } == [.host])
                try await Task.sleep(for: .milliseconds(200))
                #expect(try await bench.hears(within: Self.soon) { try tree.removeAll("/etc/drbd.d") } == [.host])
                try await Task.sleep(for: .milliseconds(200))
            }
            // All at once: the file is there before anybody has looked at the directory.
            let whole = try await bench.hears(within: Self.soon) {
                try tree.makeDirectory("/cluster/xen")
                try tree.write([65], to: "/cluster/xen/a.cfg")
            }
            #expect(whole == [.host])
            try tree.makeDirectory("/other")
            try tree.write([66], to: "/other/b.cfg")
            try await Task.sleep(for: .milliseconds(200))
            let swapped = try await bench.hears(within: Self.soon) {
                try tree.move("/cluster/xen", to: "/cluster/former")
                try tree.move("/other", to: "/cluster/xen")
            }
            #expect(swapped == [.host])
            try await Task.sleep(for: .milliseconds(200))
            #expect(try await bench.hears(within: Self.soon) { try tree.write([67], to: "/cluster/xen/b.cfg") } == [.host])
        }
    }

    @Test("other directories, when the policy names them")
    func policy() async throws {
        try await withBench(Bench()) { bench in
            try bench.tree.makeDirectory("/srv/xen")
            var policy = Policy()
            policy.xenDirectory = "/srv/xen"
            bench.watch.follow(policy)
            try await Task.sleep(for: .milliseconds(300))
            let heard = try await bench.hears(within: Self.soon) { try bench.tree.write([65], to: "/srv/xen/a.cfg") }
            #expect(heard == [.host])
        }
    }

    @Test("without the kernel's help it takes a second")
    func polling() async throws {
        try await withBench(Bench(hearing: false)) { bench in
            let heard = try await bench.hears(within: Self.soon) { try bench.tree.write([65], to: "/etc/drbd.d/a.res") }
            #expect(heard == [.host])
        }
    }
}

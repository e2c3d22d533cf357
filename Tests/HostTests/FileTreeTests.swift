import Diagnostics
import Glibc
import Testing

@testable import Host

@Suite struct FileTreeTests {
    let sandbox: Sandbox
    let tree: FileTree

    init() throws {
        sandbox = try Sandbox()
        tree = FileTree(root: sandbox.path + "/")
    }

    private func status(_ path: String) -> stat {
        var status = stat()
        lstat(tree.location(of: path), &status)
        return status
    }

    @Test(
        "a person's own path may lead upwards, what lies below it may not",
        arguments: [
            ("a.crm", "./a.crm"), ("crm/a.crm", "crm/a.crm"), ("../a/b.crm", "../a/b.crm"), ("/etc/x", "/etc/x"), ("/x", "/x"),
            ("..", "../"), ("../..", "../../"), ("crm/", "crm/"), (".", "./."),
        ])
    func resolving(_ path: String, _ location: String) throws {
        let (tree, name) = FileTree.resolving(path)
        #expect(tree.location(of: name) == location)
        #expect(try tree.checked(name, "read") == location)
        #expect(throws: FileError.self) { try tree.checked("/../x", "read") }
    }

    @Test("writes below the root, reads the same bytes, leaves no draft")
    func roundTrip() throws {
        try tree.makeDirectory("/etc/drbd.d")
        let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0) }
        try tree.write(bytes, to: "/etc/drbd.d/a.res", mode: 0o640)
        #expect(try tree.read("/etc/drbd.d/a.res") == bytes)
        #expect(status("/etc/drbd.d/a.res").st_mode & 0o7777 == 0o640)
        #expect(try FileTree().regularFiles(in: sandbox.path + "/etc/drbd.d") == ["a.res"])
    }

    @Test("keeps mode and owner of a file that exists")
    func keepsOwner() throws {
        try tree.write([1], to: "/f", mode: 0o600)
        chmod(tree.location(of: "/f"), 0o4751)
        if geteuid() == 0 { chown(tree.location(of: "/f"), 65534, 65534) }
        chmod(tree.location(of: "/f"), 0o4751)
        let before = status("/f")
        try tree.write([2], to: "/f", mode: 0o600)
        #expect(status("/f").st_mode == before.st_mode)
        #expect(status("/f").st_uid == before.st_uid)
        #expect(status("/f").st_ino != before.st_ino)
        #expect(try tree.read("/f") == [2])
    }

    @Test("a write that fails leaves the old file and no draft")
    func failedWrite() throws {
        try tree.write([1], to: "/f")
        #expect(throws: FileError.self) { try tree.write([1], to: "/missing/f") }
        #expect(throws: FileError.self) { try tree.write([1], to: "/f/below") }
        #expect(try tree.regularFiles(in: "/") == ["f"])
    }

    @Test("a full disk is said in words, and nothing has changed")
    func fullDisk() throws {
        let error = #expect(throws: FileError.self) {
            try Descriptor(opening: "/dev/full", to: "write", O_WRONLY).writeAll([1])
        }
        #expect(error?.finding.message == "can't write /dev/full: No space left on device")
        #expect(error?.finding.remedy?.contains("make room") == true)
    }

    @Test("neither reads nor replaces a symbolic link, nor lists one")
    func links() throws {
        try tree.write([1], to: "/real")
        symlink("real", tree.location(of: "/link"))
        mkdir(tree.location(of: "/dir"), 0o755)
        mkfifo(tree.location(of: "/fifo"), 0o644)
        #expect(throws: FileError("read", tree.location(of: "/link"), .symbolicLink)) { try tree.read("/link") }
        #expect(throws: FileError("write", tree.location(of: "/link"), .symbolicLink)) {
            try tree.write([2], to: "/link")
        }
        #expect(throws: FileError("read", tree.location(of: "/fifo"), .notRegular)) { try tree.read("/fifo") }
        #expect(throws: FileError("read", tree.location(of: "/dir"), .notRegular)) { try tree.read("/dir") }
        #expect(try tree.regularFiles(in: "/") == ["real"])
    }

    @Test("refuses to leave the root, and files beyond the limit")
    func bounds() throws {
        #expect(throws: FileError("read", "/../etc/passwd", .outside)) { try tree.read("/../etc/passwd") }
        try tree.write([1, 2, 3], to: "/three")
        #expect(try tree.read("/three", limit: 3).count == 3)
        #expect(throws: FileError("read", tree.location(of: "/three"), .tooLarge(limit: 2))) {
            try tree.read("/three", limit: 2)
        }
    }

    @Test("tells a missing file from one that can't be read")
    func missing() throws {
        #expect(try tree.readIfPresent("/nothing") == nil)
        #expect(throws: FileError.self) { try tree.readIfPresent("/") }
        try tree.remove("/nothing")
        try tree.write([], to: "/empty")
        try tree.remove("/empty")
        #expect(try tree.readIfPresent("/empty") == nil)
    }

    @Test("only one process holds a lock, and the other learns whose it is")
    func lock() throws {
        let path = tree.location(of: "/lock")
        do {
            let held = try FileLock(path)
            let error = #expect(throws: FileError.self) { _ = try FileLock(path) }
            #expect(error?.reason == .locked(by: getpid()))
            #expect(error?.finding.message.contains("process \(getpid()) is using it") == true)
            withExtendedLifetime(held) {}
        }
        _ = try FileLock(path)
    }

    @Test("who waits for a lock gets it when it is let go of, and not before its time is up otherwise")
    func waitingForLock() async throws {
        let path = tree.location(of: "/lock")
        let held = try FileLock(path)
        let error = await #expect(throws: FileError.self) { _ = try await FileLock.waiting(for: path, limit: .milliseconds(120)) }
        #expect(error?.reason == .locked(by: getpid()))
        let waiter = Task {
            let lock = try await FileLock.waiting(for: path, limit: .seconds(60))
            withExtendedLifetime(lock) {}
        }
        try await Task.sleep(for: .milliseconds(50))
        _ = consume held
        try await waiter.value
    }

    @Test("drafts of writers that are no more go, and nothing else")
    func drafts() throws {
        for name in [".a.res.1x9z.new", ".b.new", ".c.res.not-one.new", "a.res", ".a.res.2abc.new.old"] { try tree.write([1], to: "/" + name) }
        try tree.removeDrafts(in: "/")
        #expect(try tree.regularFiles(in: "/") == [".a.res.2abc.new.old", ".b.new", ".c.res.not-one.new", "a.res"])
        try tree.write([1], to: "/.a.res.1x9z.new")
        try tree.removeOldDrafts(of: "/a.res")
        #expect(try tree.kind(of: "/.a.res.1x9z.new") == .regular)
        let touched = popen("touch -d '2 hours ago' '\(tree.location(of: "/.a.res.1x9z.new"))'", "r")
        pclose(touched)
        try tree.removeOldDrafts(of: "/a.res")
        #expect(try tree.kind(of: "/.a.res.1x9z.new") == nil)
    }

    @Test("a write that fails names the file, and not the draft that nobody knows")
    func failedWriteIsNamed() {
        let error = #expect(throws: FileError.self) { try tree.write([1], to: "/missing/f") }
        #expect(error?.path == tree.location(of: "/missing/f"))
    }

    @Test("a directory that others empty at the same time is gone in the end, and that is no error")
    func removedTwice() async throws {
        for round in 0..<10 {
            for number in 0..<40 { try tree.makeDirectory("/d\(round)/\(number)/below") }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<3 { group.addTask { [tree] in try tree.removeAll("/d\(round)") } }
                try await group.waitForAll()
            }
        }
    }
}

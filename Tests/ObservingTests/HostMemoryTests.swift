import Diagnostics
import Glibc
import Host
import LiveState
import Observing
import Repository
import TestKit
import Testing

@Suite("A host that is looked at again and again")
struct HostMemoryTests {
    @Test("what is written, replaced or removed is seen at once, however alike it is; what stands still is read once")
    func looks() async throws {
        let scratch = try Scratch()
        try FileTree(root: scratch.path).makeDirectory("/etc/xen")
        let path = try scratch.write("name = \"a\"\n", to: "etc/xen/a.cfg")
        let memory = HostMemory()
        let policy = Policy.parse(SourceText(path: "coxswain.yaml", text: "hosts: {xen: /etc/xen}\n")).policy
        func look() -> SourceText? {
            let files = HostObserver(tree: FileTree(root: scratch.path), memory: memory).files(for: [policy], mounts: [:])
            memory.keep(files)
            return files.contents["/etc/xen/a.cfg"]
        }
        #expect(look()?.text == "name = \"a\"\n")
        // Within one tick of the clock, of the same length: nothing but its bytes tells.
        _ = try scratch.write("name = \"b\"\n", to: "etc/xen/a.cfg")
        #expect(look()?.text == "name = \"b\"\n")
        try await Task.sleep(for: .seconds(2.1))
        #expect(look()?.text == "name = \"b\"\n")
        // Older than two seconds, and put back to its time afterwards: the change of the inode tells.
        var status = stat()
        #expect(stat(path, &status) == 0)
        _ = try scratch.write("name = \"c\"\n", to: "etc/xen/a.cfg")
        var times = [status.st_atim, status.st_mtim]
        #expect(utimensat(AT_FDCWD, path, &times, 0) == 0)
        #expect(look()?.text == "name = \"c\"\n")
        #expect(unlink(path) == 0)
        #expect(look() == nil)
    }
}

import Glibc
import Host
import Testing

/// A file system that takes no writes, and says nothing: fsfreeze(8), or OCFS2 on a DRBD device that is suspended.
@Suite("A frozen file system", .enabled(if: !Lab.isLeftOut, "it needs root, and a loop device"))
struct FrozenTests {
    @Test("A write that never comes back is an error in words, within its limit")
    func write() async throws {
        let directory = try await Directory()
        let host = directory.path + "/host"
        try await frozen(at: host, in: directory.path) { thaw in
            let repository = try await Repository(in: directory.path)
            try repository.write(Text.options, to: "crm/all.crm")
            try repository.write("name = \"d\"\nmemory = 64\n", to: "xen/d.cfg")
            try repository.write("hosts: {xen: /etc/xen}\n", to: "coxswain.yaml")
            try await repository.push("A file")
            let empty = try await Command("cibadmin", ["--empty"], limit: .seconds(60)).run().orThrow()
            try FileTree().write(empty.bytes, to: directory.path + "/cib.xml")
            let words = ["apply", "--repo", repository.address, "--cib", directory.path + "/cib.xml", "--root", host]
            let places = ["--state-dir", directory.path + "/state", "--node", "n1"]
            // The limit is that of the step; a process whose thread the kernel holds ends only when the file system is thawed.
            let run = Task { try await Coxswain.run(words + places, limit: .seconds(100)) }
            try await Task.sleep(for: .seconds(30))
            try await thaw()
            let output = try await run.value
            #expect(output.status == .exited(1))
            #expect((output.text + output.error).contains("writing /etc/xen/d.cfg takes more than 20 s: its file system hangs"), "\(output)")
        }
    }

    /// A small file system that is frozen while the closure runs, or until it is thawed.
    private func frozen(at place: String, in directory: String, _ body: (_ thaw: @escaping () async throws -> Void) async throws -> Void)
        async throws
    {
        let image = directory + "/image"
        try FileTree().makeDirectory(place)
        try await command("truncate", "--size=16M", image)
        try await command("mkfs.ext4", "-q", image)
        try await command("mount", "--options", "loop", image, place)
        try FileTree().makeDirectory(place + "/etc/xen")
        try await command("fsfreeze", "--freeze", place)
        let thaw = { _ = try await Command("fsfreeze", ["--unfreeze", place], limit: .seconds(60)).run() }
        do {
            try await body(thaw)
        } catch {
            try await thaw()
            try await command("umount", place)
            throw error
        }
        try await thaw()
        try await command("umount", place)
    }

    private func command(_ words: String...) async throws {
        _ = try await Command(words[0], Array(words.dropFirst()), limit: .seconds(30)).run().orThrow()
    }
}

import Host
import Observing
import Repository
import TestKit
import Testing

@Suite("A node's secrets")
struct SecretObserverTests {
    private func secrets(_ name: String, text: String, mode: UInt32) throws -> NodeSecrets {
        let scratch = try Scratch()
        let tree = FileTree(root: scratch.path)
        try tree.makeDirectory(NodeSecrets.directory)
        try tree.write(Array(text.utf8), to: "\(NodeSecrets.directory)/\(name)", mode: mode)
        return SecretObserver(tree: tree).secrets([name, "absent"])
    }

    @Test("are what stands in their files, without the last line break")
    func read() throws {
        #expect(try secrets("r0", text: " a b \n", mode: 0o600) == NodeSecrets(["r0": " a b "]))
        #expect(try secrets("r0", text: "x", mode: 0o400) == NodeSecrets(["r0": "x"]))
    }

    @Test("are not taken from a file that others may use", arguments: [0o640, 0o604, 0o660] as [UInt32])
    func exposed(_ mode: UInt32) throws {
        let secrets = try secrets("r0", text: "x", mode: mode)
        #expect(secrets.values == [:])
        #expect(secrets.unreadable["r0"]?.contains("its mode is 0\(String(mode, radix: 8))") == true)
    }
}

import Diagnostics
import TestKit
import Testing
import XenSyntax

@Suite("Secrets of a domU's file")
struct SecretTests {
    private static let text = """
        name = "xps-101"
        # vncpasswd = "old"
        vncpasswd = 'it\\'s'; spicepasswd = 1234
        vfb = [ 'vnc=1, vncpasswd=first', "vncpasswd=second,vncunused=1", ]

        """

    private static var source: SourceText { SourceText(path: "xps-101.cfg", text: text) }

    @Test("are found with their places, comments left alone")
    func found() {
        let secrets = XenConfiguration.secrets(in: Self.source)
        #expect(secrets.map(\.value) == ["it's", "1234", "first", "second"])
        #expect(secrets.map(\.path) == [["vncpasswd"], ["spicepasswd"], ["vfb", "vncpasswd"], ["vfb", "vncpasswd"]])
    }

    @Test("are written so that xl reads the value", arguments: ["x", "two words", "secret:xps-101", "0x7", "ä"])
    func replaced(_ value: String) async throws {
        let source = Self.source.replacing(XenConfiguration.secrets(in: Self.source)) { _ in value }
        let read = try await Libxlutil.read([(source.bytes, ["vncpasswd", "spicepasswd", "vfb"])])
        let settings = try #require(read.first ?? nil)
        #expect(settings["vncpasswd"]?.text == value)
        #expect(settings["spicepasswd"]?.text == value)
        #expect(settings["vfb"]?.texts == ["vnc=1, vncpasswd=\(value)", "vncpasswd=\(value),vncunused=1"])
    }

    @Test("outside vfb may have any character, in it none that would end them", arguments: ["a,b", "a\"b", "a'b", "a\\b"])
    func special(_ value: String) async throws {
        let secrets = XenConfiguration.secrets(in: Self.source)
        #expect(secrets.map { $0.text(for: value) != nil } == [true, true, false, false])
        let source = Self.source.replacing(secrets) { _ in value }
        let read = try await Libxlutil.read([(source.bytes, ["vncpasswd"])])
        #expect(read.first??["vncpasswd"]?.text == value)
    }

    @Test("What the script of a disk, or Ceph, is told")
    func disks() {
        let text =
            "disk = [ 'vdev=xvda,target=rbd:p/i:id=a:key=AQ+/==:mon=b', 'script=block-iscsi,vdev=xvdb,target=iqn=a,password=secret:p', '/dev/key=x,raw,xvdc' ]\n"
        let secrets = XenConfiguration.secrets(in: SourceText(path: "a.cfg", text: text))
        #expect(secrets.map(\.value) == ["AQ+/==", "secret:p"] && secrets.map(\.path) == [["disk", "key"], ["disk", "password"]])
        #expect(secrets.map { $0.text(for: "secret:a") } == ["secret:a", "secret:a"] && secrets[0].text(for: "a:b") == nil)
    }
}

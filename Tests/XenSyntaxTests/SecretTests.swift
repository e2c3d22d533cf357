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

    @Test(
        "Addresses, QEMU and kernels have passwords too",
        arguments: [
            ("disk = [ 'vdev=xvda,target=iscsi://me%geheim@h:3260/iqn.a/1' ]", ["disk", "password"]),
            ("disk = [ 'vdev=xvda,target=nbd://me:geheim@h/x', 'vdev=xvdb,target=/dev/b' ]", ["disk", "password"]),
            ("disk = [ 'vdev=xvda,target=http://me:geheim@h/x' ]", ["disk", "password"]),
            ("disk = [ 'format=raw,vdev=xvda,target=rbd:rbd/i:id=a:key=geheim:conf=/c' ]", ["disk", "key"]),
            ("disk = [ 'vdev=xvda,target=json:{\"driver\":\"iscsi\",\"password\":\"geheim\"}' ]", ["disk", "password"]),
            ("disk = [ 'script=block-iscsi,vdev=xvda,target=iqn=a,user=me,chap_password=geheim' ]", ["disk", "chap_password"]),
            ("device_model_args = [ '-object', 'secret,id=s,data=geheim' ]", ["device_model_args", "data"]),
            ("device_model_args_hvm = [ '-drive file=iscsi://me%geheim@h/iqn.a/1' ]", ["device_model_args_hvm", "password"]),
            ("disk = [ \"vdev=xvda,target=json:{\\\"driver\\\":\\\"https\\\",\\\"password\\\":\\\"geheim\\\"}\" ]", ["disk", "password"]),
            ("cmdline = \"quiet rootpw=geheim\"", ["cmdline", "rootpw"]), ("extra = 'rootpw=geheim'", ["extra", "rootpw"]),
            ("extra = 'quiet rd.iscsi.password=geheim ro'", ["extra", "password"]),
            ("cmdline = 'netroot=iscsi:me:geheim@192.0.2.1::3260::iqn.a ro'", ["cmdline", "password"]),
            ("extra = 'url=https://me:geheim@h/preseed quiet'", ["extra", "password"]),
            ("bootloader_args = [ '--pxe=https://me:geheim@h/p' ]", ["bootloader_args", "password"]),
        ])
    func embedded(_ text: String, _ path: [String]) throws {
        let source = SourceText(path: "a.cfg", text: text + "\n")
        let secrets = XenConfiguration.secrets(in: source)
        #expect(secrets.map(\.value) == ["geheim"] && secrets.map(\.path) == [path])
        let hidden = source.replacing(secrets) { _ in "secret:a" }
        #expect(XenConfiguration.secrets(in: hidden).compactMap(\.reference?.name) == ["a"], "\(hidden.text)")
        #expect(hidden.replacing(XenConfiguration.secrets(in: hidden)) { _ in "geheim" }.text == source.text)
        #expect(source.text.concealingSecrets.contains("geheim") == false)
    }

    @Test(
        "What is none",
        arguments: [
            "disk = [ 'vdev=xvda,target=iscsi://me@h/iqn.a/1', '/dev/secret/x,raw,xvdb' ]", "kernel = '/boot/secret=1/vmlinuz'",
            "extra = 'keymap=de console=tty0'", "device_model_args = [ '-k', 'keyboard=de,data=x' ]", "vif = [ 'bridge=b,script=vif://x' ]",
        ])
    func none(_ text: String) {
        #expect(XenConfiguration.secrets(in: SourceText(path: "a.cfg", text: text + "\n")).isEmpty)
    }
}

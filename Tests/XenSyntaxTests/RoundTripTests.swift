import Diagnostics
import TestKit
import Testing
import XenSyntax

@Suite("Print and compare")
struct RoundTripTests {
    typealias Value = XenConfiguration.Value

    @Test("random configurations read back as they were, and as xl reads them", arguments: 0..<10)
    func property(_ seed: UInt64) async throws {
        var random = Seeded(seed)
        let all = (0..<50).map { _ in configuration(&random) }
        for configuration in all { #expect(XenConfiguration.good(configuration.description) == configuration) }
        let texts = all.map { (Array($0.description.utf8), $0.assignments.map(\.key)) }
        #expect(try await Libxlutil.read(texts) == all.map(\.settings))
    }

    @Test("the layout")
    func layout() {
        let text = "name='a';memory='0256'\ndisk=['x,y']\nvif=[ 'a', ['b'], [] ]\nextra += '\\'\"\\\\\t'"
        #expect(
            XenConfiguration.good(text).description == #"""
                name = "a"
                memory = 0256
                disk = [ "x,y" ]
                vif = [
                    "a",
                    [ "b" ],
                    [],
                ]
                extra += "'\"\\\t"

                """#)
    }

    @Test(
        "the same",
        arguments: [
            ("memory = '256'", "memory=256"), ("a=\"x\"", "# note\na = 'x' ; "), ("a=1\nb=2", "b=2\na=1"),
            ("a=['x','y',]", "a = [ \"x\" # c\n, 'y' ]"), ("a='xy'", "a='x'\na+='y'"),
            ("a=['x','y']", "a=['x']\na+=['y']"),
            ("a=2", "a=1\na=2"), ("a+=1", "a=1"), ("memory=0x200", "memory='+512'"), ("tsc_mode=2", "tsc_mode='Native'"),
            ("builder='hvm'", "type='hvm'"), ("builder='hvm';type='hvm'", "type='hvm'"), ("type='h'", "type='hvm'"),
            ("builder='linux'", "builder = \"linux\""), ("type='hvm'\nkernel='/x/hvmloader'\ndevice_model='dm'", "type='hvm'"),
            ("stdvga=1", "vga='stdvga'"), ("stdvga=1\nvga='qxl'", "vga='qxl'"), ("bootloader_args=' a  b'", "bootloader_args=['a','b']"),
            ("vif=['netdev=a, mac=1,']", "vif=['gatewaydev=a,mac=1']"),
            ("vif=['mac=00:16:3E:00:00:0A,bridge=b']", "vif=['bridge=b, mac=00-16-3e-00-00-0a']"), ("vif=['mtu=1,mtu=2']", "vif=['mtu=2']"),
        ])
    func same(_ a: String, _ b: String) {
        #expect(read(a).isEquivalent(to: read(b)))
        #expect(read(b).isEquivalent(to: read(a)))
    }

    @Test(
        "not the same",
        arguments: [
            ("memory = 256", "memory = 512"), ("a=['x','y']", "a=['y','x']"), ("a='x'", "a=['x']"), ("a=1", "a=1\nb=2"),
            ("a=[]", "a=[[]]"), ("a=['x,y']", "a=['x','y']"), ("a=' x'", "a='x'"), ("a=1\na=2", "a=2\na=1"),
            // xl compares bytes, and adds no numbers.
            ("name='\u{E9}'", "name='e\u{301}'"), ("memory=512", "memory+=512"), ("memory=512", "memory=5\nmemory+=12"),
            ("tsc_mode=2", "tsc_mode+=2"), ("builder='hvm'", "builder='generic'"), ("builder='linux'", "type='pv'"),
            ("builder='hvm';type='pv'", "type='pv'"), ("builder='hvm'", "a=1"), ("kernel='hvmloader'", "memory=1"),
            ("type='hvm'\nkernel='hvmloader2'", "type='hvm'"), ("stdvga+=1", "vga='stdvga'"), ("stdvga=0", "vga='stdvga'"),
            ("stdvga=1\nvga=[]", "vga=[]"), ("vif=['mac=1,bridge=b']", "vif=['mac=1','bridge=b']"), ("vif=['bridge=b ']", "vif=['bridge=b']"),
            ("vif=['netdev=a']", "vif=['netdev=b']"), ("vif=[['a']]", "vif=['a']"), ("disk=['phy:/x,xvda,w']", "disk=['phy:/x,xvda,r']"),
        ])
    func different(_ a: String, _ b: String) {
        #expect(!read(a).isEquivalent(to: read(b)))
    }

    @Test("what the domU is")
    func domain() throws {
        let hvm = read(try #require(try Fixture.all.first { $0.name == "tutorial-hvm.cfg" }?.source().text)).domain
        #expect((hvm.name, hvm.kind, hvm.memory, hvm.vcpus) == ("xps-101", .hvm, 256, 1))
        #expect(hvm.disks.map(\.target) == ["/dev/drbd/by-res/xps-101"])
        #expect(hvm.disks.map(\.device) == ["hda"])
        #expect(hvm.interfaces.map(\.mac) == ["00:16:3e:00:00:65"])
        #expect(hvm.interfaces.map(\.bridge) == ["br-wan"])
        let pvh = read("type='pvh'\nmemory=0x200\nvcpus=010").domain
        #expect((pvh.kind, pvh.memory, pvh.vcpus) == (.pvh, 512, 8))
        #expect(pvh.name == nil && pvh.disks.isEmpty)
        #expect(read("vif=['mac=0:16:3E:0:A:1,mac=00-16-3e-00-00-02','mac=x']").domain.interfaces.map(\.mac) == ["00:16:3e:00:00:02", nil])
        #expect(read("vif=['bridge=a',['bridge=b'],'bridge=c']").domain.interfaces.map(\.bridge) == ["a"])
        #expect(read("").domain.kind == .pv)
        #expect(read("builder='dos'").domain.kind == nil)
        #expect(
            read("vif=['mac=1, bridge = b,model=e1000']")["vif"]?.texts.map { XenInterface($0[0])["model"] } == "e1000")
    }

    private func read(_ text: String) -> XenConfiguration {
        XenConfiguration.parse(SourceText(path: "a.cfg", text: text)).configuration
    }

    private func configuration(_ random: inout Seeded) -> XenConfiguration {
        let keys = ["name", "a", "vif", "disk_2", "x9"].shuffled(using: &random).prefix(
            Int.random(in: 0...5, using: &random))
        return XenConfiguration(
            keys.map { .init($0, Bool.random(using: &random) ? .set : .add, value(depth: 0, &random)) })
    }

    private func value(depth: Int, _ random: inout Seeded) -> Value {
        if depth < 4, Int.random(in: 0..<3, using: &random) == 0 {
            return .list((0..<Int.random(in: 0...3, using: &random)).map { _ in value(depth: depth + 1, &random) })
        }
        let pieces = [
            "1", "256", "a", "'", "\"", "\\", "\n", "\t", "\r", "é", "日", "#", "[", "]", ",", " ", "\u{7}", "\u{1B}",
        ]
        return .text(
            (0..<Int.random(in: 0...6, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
        )
    }

    @Test("An address of PCI is the same with its domain and without")
    func addresses() {
        func pci(_ text: String) -> XenConfiguration { .good("pci = [ '\(text)' ]\n") }
        #expect(pci("00:1f.0,seize=1").isEquivalent(to: pci("0000:00:1F.0,seize=1")))
        #expect(pci("bdf=0:1f.0").isEquivalent(to: pci("bdf=0000:00:1f.0")))
        #expect(!pci("00:1f.0").isEquivalent(to: pci("0001:00:1f.0")) && !pci("00:1f.0").isEquivalent(to: pci("00:1f.0@5")))
        #expect(!pci("00:1f.0").isEquivalent(to: pci("00:1f.0,seize=1")))
    }

    @Test("Forms of a disk that xl reads alike are the same, and so are the letters of a uuid")
    func forms() {
        func disk(_ text: String) -> XenConfiguration { .good("disk = [ '\(text)' ]\n") }
        #expect(disk("phy:/dev/x,xvda,w").isEquivalent(to: disk("format=raw,vdev=xvda,access=rw,target=/dev/x")))
        #expect(!disk("phy:/dev/x,xvda,w").isEquivalent(to: disk("phy:/dev/x,xvda,r")))
        #expect(!disk("phy:/dev/x,xvda,w").isEquivalent(to: disk("phy:/dev/x,xvdb,w")))
        #expect(!disk("/dev/x,raw,xvda,w,colo").isEquivalent(to: disk("/dev/x,raw,xvda,w")))
        let uuid = "8599162c-c0ff-4665-a19c-2ced4675de43"
        #expect(XenConfiguration.good("uuid = '\(uuid)'\n").isEquivalent(to: .good("uuid = '\(uuid.uppercased())'\n")))
    }
}

import Diagnostics
import Testing

@testable import XenSyntax

/// libxlutil reads the file, and xl makes something of it: no package for this machine has that without a hypervisor. These verdicts
/// are those that "xl -N create" of Xen 4.17 gave.
@Suite("A domU's file is judged as xl judges it")
struct VerdictTests {
    enum Verdict: String { case sound, passedOver, refused, ignored, former, unknown }

    @Test(
        "texts of lists",
        arguments: [
            ("cpus", "0-3,^1", .sound), ("cpus", "all,nodes:0", .sound), ("cpus", "", .sound), ("cpus", "^nodes:0-1", .sound),
            ("cpus", "^all", .refused), ("cpus", "0-", .refused), ("cpus", "2-1", .refused), ("cpus_soft", "x", .refused),
            ("irqs", "7", .sound), ("irqs", "0x10", .refused), ("irqs", "3,4", .refused), ("irqs", "-3", .refused),
            ("ioports", "2f8-2ff", .sound), ("ioports", "0x3f", .sound), ("ioports", "3f,4", .passedOver), ("ioports", "3-", .refused),
            ("ioports", "x", .refused), ("ioports", "100000000", .refused), ("iomem", "fee01,1@5", .sound), ("iomem", "fee01", .refused),
            ("viridian", "!Base", .sound), ("viridian", "defaults", .sound), ("viridian", "Defaults", .refused),
            ("viridian", "x", .refused),
            ("mca_caps", "lmce", .sound), ("mca_caps", "x", .refused),
            ("vtpm", "backend=a", .sound), ("vtpm", "uuid=8599162c-c0ff-4665-a19c-2ced4675de43", .refused),
            ("vtpm", "backend=a,uuid=1", .refused), ("vtpm", "backend=a,x", .passedOver), ("vtpm", "backend=a,x=1", .refused),
            ("p9", "tag=a,path=/a,security_model=none", .sound), ("p9", "tag=a,path=/a", .refused), ("p9", "tag", .refused),
            ("pvcalls", "backend=a", .sound), ("pvcalls", "backend", .passedOver), ("pvcalls", "foo=1", .refused),
            ("channel", " connection = pty ,name=a", .sound), ("channel", "name=a", .refused), ("channel", "connection=socket", .refused),
            ("channel", "connection=socket,path=/x", .sound), ("channel", "connection=pty,foo=1", .passedOver),
            ("usbctrl", "type=QUSB,version=2,ports=4", .sound), ("usbctrl", "type=x", .refused), ("usbctrl", "ports", .refused),
            ("usbdev", "type=hostdev,hostbus=1,hostaddr=2", .sound), ("usbdev", "hostport=1", .refused),
            ("vkb", "backend-type=qemu", .sound), ("vkb", "unique-id=a", .refused), ("vkb", "backend-type=x", .refused),
            ("vdispl", "backend=0,connectors=a:1x2;b:3x4", .sound), ("vdispl", "backend=0", .refused),
            ("vdispl", "connectors=a:1", .refused),
            ("vif", "type=ioemu,trusted,bridge=b,mtu= 5", .sound), ("vif", "", .sound), ("vif", "type=x", .passedOver),
            ("vif", "bridge", .passedOver), ("vif", "foo=1", .passedOver), ("vif", "mac=00:16:3e", .passedOver),
            ("vif", "mtu=-1", .refused),
            ("vif", "mtu=1500x", .passedOver), ("vif", "devid=", .refused), ("vif", "rate=", .refused), ("vif", "netdev=a", .former),
            ("vif", "accel=1", .passedOver), ("vif", "\tbridge=b", .passedOver), ("vif", "bridge=b ,mac=0:1:2:3:4:5", .passedOver),
            ("vfb", "vnc=1, vncunused=0", .sound), ("vfb", "vnc=1,vncport=1", .passedOver), ("vfb", "vnc", .passedOver),
        ] as [(String, String, Verdict)])
    func texts(_ list: String, _ text: String, _ verdict: Verdict) {
        #expect(judge("\(list) = [ '\(text)' ]", vcpus: 1) == verdict)
    }

    @Test(
        "values",
        arguments: [
            ("bios = 'OVMF'", .sound), ("bios = 'bios'", .refused), ("vga = 'STDVGA'", .refused), ("tsc_mode = 'Native'", .sound),
            ("tsc_mode = 2", .former), ("tsc_mode = 4", .refused), ("altp2m = 3", .sound), ("altp2m = 4", .refused),
            ("gfx_passthru = 7", .sound),
            ("gfx_passthru = 'x'", .refused), ("gfx_passthru = 'IGD'", .sound), ("on_crash = 'Restart'", .refused),
            ("passthrough = 'unknown'", .refused),
            ("vuart = 'unknown'", .sound), ("ms_vm_genid = 'None'", .refused), ("device_model_args = '-a'", .refused),
            ("max_grant_frames = 'x'", .refused), ("max_grant_frames = []", .refused), ("memory += 5", .passedOver),
            ("memory = 'x'", .passedOver),
            ("memory = []", .passedOver), ("rdm = 'x'", .sound), ("viridian = 'x'", .sound), ("serial = 'pty'", .sound),
            ("serial = [ 'pty' ]", .sound),
            ("disk = [ [ '/x,raw,xvda' ] ]", .passedOver), ("vnuma = [ [ 'pnode=0' ] ]", .sound),
            ("vnuma = [ 'x' ]", .refused), ("vnuma = [ [ 'pnode=0' ], 'x' ]", .refused), ("vnuma = []", .sound), ("vnuma = 'x'", .passedOver),
            ("vsnd = [ 'foo' ]", .refused), ("vsnd = [ [ 'CARD, short-name=x' ] ]", .sound), ("vsnd = 'x'", .passedOver),
            ("max_grant_frames = 2147483647", .sound), ("max_grant_frames = 2147483648", .refused), ("max_grant_frames = '99'", .sound),
            ("max_maptrack_frames = 99999999999", .refused), ("max_maptrack_frames = 0", .sound),
            ("max_grant_version = 2147483648", .refused), ("max_grant_version = 2147483647", .sound),
            ("mmio_hole = 255", .refused), ("mmio_hole = 256", .sound), ("mmio_hole = 3840", .sound), ("mmio_hole = 3841", .refused),
            ("mmio_hole = 0x100", .sound), ("mmio_hole = 'x'", .passedOver),
            ("rdm = 'strategy=foo'", .passedOver), ("rdm = 'strategy=host,policy=strict'", .sound), ("rdm = 'policy=x'", .passedOver),
            ("rdm = 'policy=strict,x'", .sound), ("rdm = 'strategy = host'", .passedOver), ("rdm = 'foo=1'", .passedOver),
            ("cpus = '0-'", .refused),
            ("cpus = 3", .sound),
            ("cpuid = 5", .passedOver), ("cpuid = 'host,tm=0'", .sound), ("cpuid = [ '0x1:ecx=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' ]", .sound),
            ("uuid = 'abc'", .refused), ("maxvcpus = 1; vcpus = 2", .refused), ("vnclisten = '0:1'; vncdisplay = 2", .refused),
            ("vnclisten = '0:1'; vncdisplay = 0", .sound), ("builder = 'generic'", .refused),
            ("timer_mode = 'one_missed_tick_pending'", .sound),
            ("vif2 = [ 'a' ]", .ignored), ("vncviewer = 1", .ignored), ("device_model = 'a'", .ignored),
            ("kernel = '/x/hvmloader'", .ignored),
            ("kernel = '/x/hvmloader.gz'", .sound), ("dhcp = 'dhcp'", .ignored), ("nics = 1", .ignored), ("memroy = 5", .unknown),
            ("a.b = 5", .unknown),
            ("vcpus = 99999999999", .refused), ("maxvcpus = 9000", .refused), ("vcpus = 128", .sound), ("vcpus = 129", .refused),
            ("maxvcpus = 129", .refused),
            ("on_reboot = 'restart'\non_reboot += 'restart'", .refused), ("on_reboot += 'restart'", .sound),
            ("on_reboot = 're'\non_reboot += 'start'", .sound),
            ("cmdline = 'a'; root = '/dev/xvda'", .ignored), ("cmdline = 'a'", .sound), ("root = '/dev/xvda'; extra = 'b'", .sound),
            ("disk = [ '/x,raw,foo' ]", .refused), ("disk = [ '/x,raw,sdq' ]", .refused), ("disk = [ '/x,raw,hde' ]", .refused),
            ("disk = [ '/x,raw,xvda0' ]", .refused),
            ("disk = [ '/x,raw,xvda256' ]", .refused),
            ("disk = [ '/x,raw,xvdaa15', '/y,raw,sdp15', '/z,raw,d3p1', '/a,raw,51728', '/b,raw,0xca30' ]", .sound),
            ("disk = [ '/x,raw,xvda', '/y,raw,xvda' ]", .refused), ("disk = [ '/x,raw,xvda', '/y,raw,d0p0' ]", .refused),
            ("disk = [ '/x,raw,hda', '/y,raw,hdc' ]", .sound),
        ] as [(String, Verdict)])
    func values(_ text: String, _ verdict: Verdict) { #expect(judge(text) == verdict) }

    @Test(
        "what PV and PVH domUs may have",
        arguments: [
            ("", .refused), ("type = 'pvh'", .refused), ("bootloader = 'pygrub'", .sound), ("kernel = '/k'", .sound),
            ("kernel = []", .refused),
            ("firmware = 'pvgrub64'", .sound), ("firmware = 'uefi'", .refused), ("kernel = '/k'; firmware = 'pvgrub32'", .refused),
            ("kernel = '/k'; timer_mode = 1", .refused), ("kernel = '/k'; vga = 'none'", .ignored),
            ("kernel = '/k'; mca_caps = 1", .ignored),
            ("type = 'pvh'; kernel = '/k'; timer_mode = 1", .former),
            ("kernel = '/k'; vcpus = 8192", .sound), ("kernel = '/k'; vcpus = 8193", .refused),
            ("type = 'pvh'; kernel = '/k'; vcpus = 129", .refused),
        ] as [(String, Verdict)])
    func types(_ text: String, _ verdict: Verdict) { #expect(judge(text, type: nil) == verdict) }

    @Test("pins of vcpus that there are not")
    func pins() {
        #expect(judge("cpus = [ '0', '1' ]", vcpus: 2) == .sound)
        #expect(judge("cpus = [ '0', '1' ]", vcpus: 1) == .passedOver)
        #expect(judge("cpus = [ '0' ]") == .passedOver)
        #expect(judge("cpus_soft = '0'") == .sound)
        #expect(judge("cpus = [ '0', '1' ]; maxvcpus = 2", vcpus: 1) == .sound)
    }

    @Test("what is said of keys is said of keys that are known")
    func keys() {
        #expect(Keys.ofHVM.isSubset(of: Keys.known) && Keys.strict.isSubset(of: Keys.known) && Keys.inMebibytes.isSubset(of: Keys.known))
        #expect(Keys.bounds.keys.allSatisfy { Keys.form(of: $0) == .number } && Keys.nested.allSatisfy { Keys.form(of: $0) == .list })
        #expect(Keys.known.intersection(Keys.ofXM.keys) == ["vncviewer"])
        #expect(Set(DeviceForm.all.keys).isSubset(of: Keys.known))
        #expect(DeviceForm.all.keys.allSatisfy { Keys.form(of: $0) == .list })
    }

    /// The worst that is said of a domU with these settings, those before it being sound.
    private func judge(_ text: String, type: String? = "hvm", vcpus: Int? = nil) -> Verdict? {
        let domain = ["name = 'a'"] + (type.map { ["type = '\($0)'"] } ?? []) + (vcpus.map { ["vcpus = \($0)"] } ?? [])
        let source = SourceText(path: "a.cfg", text: (domain + [text]).joined(separator: "\n") + "\n")
        let (configuration, findings) = XenConfiguration.parse(source)
        #expect(findings.filter { $0.severity == .error }.isEmpty)
        let codes = Set(configuration.dialectFindings(in: source).map(\.code))
        let verdicts: [(String, Verdict)] = [
            ("CXS413", .refused), ("CXS414", .passedOver), ("CXS410", .ignored), ("CXS412", .unknown), ("CXS411", .former),
        ]
        return codes.isEmpty ? .sound : verdicts.first { codes.contains($0.0) }?.1
    }
}

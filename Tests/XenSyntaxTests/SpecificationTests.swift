import Testing
import TestKit

@testable import XenSyntax

@Suite("Disks, rates, PCI devices and numbers are read as libxlutil reads them")
struct SpecificationTests {
    static let disks = [
        "phy:/dev/drbd/by-res/x,hda,w", "phy:/dev/x , hda,w", "/dev/x,raw,xvda,rw", "/dev/x,,xvda,rw", "/dev/x,raw,xvda",
        "format=raw, vdev=xvda, access=rw, target=/dev/x, y", "vdev=hdc,access=r,devtype=cdrom,target=", ",,hdc,r,cdrom",
        "drbd:r0,xvda,w", "script=block-drbd,vdev=xvda,target=r0", "file:/a/b.img,hda,w", "tap:aio:/a/b.img,hda,r",
        "tap:qcow2:/a/b.img,xvda,w", "/dev/cdrom,raw,hdc:cdrom,r", "phy:x,ioemu:hda,w", "vdev=xvda,phy:/dev/x,w", "nbd:host:1,xvda,w",
        "qcow2:/a.img,hda,ro", "/dev/x,access=r,raw,xvda", "format=qcow2,/dev/x,xvda,w", "file:/a,hda:disk,w",
        "/dev/x,raw,xvda,rw,discard", "/dev/x,vdev=xvda", "/dev/x,raw,vdev=xvda,r", "backendtype=phy,/dev/x,raw,xvda",
        ",hdc:cdrom,r", ",,hdc,r", "/dev/x,raw,xvda,rw,direct-io-safe,no-discard,backend=storage,backendtype=qdisk",
        "/dev/x,qed,xvda,colo,colo-host=a,colo-port=9,colo-export=b,active-disk=c,hidden-disk=d",
        "/dev/x,empty,hdc,r,devtype=cdrom", "/dev/x,raw,xvda,rw,specification=virtio", "devtype=disk,cdrom,vdev=hdc",
        // What it refuses.
        "", "/dev/x", "/dev/x,raw", "xvda,raw,", "/dev/x,raw,xvda,rw,more", "/dev/x,zip,xvda", "/dev/x,raw,xvda,x", "http://x,raw,xvda",
        "foo=1,/dev/x,raw,xvda", "/dev/x=y,raw,xvda", "vdev=xvda,vdev=xvdb,target=/x", "format=raw,format=vhd,/x,,xvda",
        "/x,raw,xvda,rw,devtype=tape", "backendtype=blktap,/x,raw,xvda", "/x,raw,hdc:floppy", "colo-port=a,/x,raw,xvda", "hdc:,raw,xvda",
        "foo=,/x,raw,xvda", "/x,raw,xvda,w,specification=ide",
    ]

    private func parts(_ disk: XenDisk) -> [String?]? {
        guard disk.objection == nil else { return nil }
        let flags = [disk.isCDROM, disk.isReadOnly, disk.isDirectIOSafe].map { $0 ? "1" : "0" }
        return [disk.target, disk.device, disk.script, disk.format, disk.backendType, disk.backend] + flags + [disk.discards.map { $0 ? "1" : "0" }]
    }

    @Test("disks in all their forms")
    func forms() async throws {
        for (specification, read) in zip(Self.disks, try await Libxlutil.read(Self.disks, as: .disk)) {
            #expect(parts(XenDisk(specification)) == read, "\(specification)")
        }
    }

    @Test("mutated disks, rates and PCI devices", arguments: 0..<4 as Range<UInt64>)
    func mutations(_ seed: UInt64) async throws {
        var random = Seeded(seed)
        let disks = mutants(of: Self.disks, &random)
        for (specification, read) in zip(disks, try await Libxlutil.read(disks, as: .disk)) {
            #expect(parts(XenDisk(specification)) == read, "\(specification)")
        }
        let rates = mutants(of: ["10Mb/s", "1GB/s@20ms", "250KB/s@1s", "100B/s@50us", "08Mb/s", "1Mb/s@50"], &random)
        for (rate, read) in zip(rates, try await Libxlutil.read(rates, as: .rate)) {
            #expect(XenRate(rate).map { ["\($0.bytesPerInterval)", "\($0.interval)"] } == read, "\(rate)")
        }
        let devices = mutants(of: ["03:00.0", "0000:03:1f.7,permissive=1", "3:0.*@4,seize=1", "bdf=03:00.0,name=a"], &random)
        // libxlutil takes a half address too, and makes up the rest.
        for (device, read) in zip(devices, try await Libxlutil.read(devices, as: .pci)) where XenPCIDevice(device).objection == nil {
            #expect(read != nil, "\(device)")
        }
    }

    @Test(
        "PCI devices",
        arguments: [
            "03:00.0", "0000:03:1f.7", "3:0.1,permissive=1", "03:00.*@4", "bdf=03:00.0,seize=1", "name=nic", "ffff:ff:1f.7,rdm_policy=strict,",
            "", "03:00", "03:00.8", "10000:00:00.0", "100:00.0", "03:20.0", "03:00.0@20", "03:00.0,foo=1", "03:00.0,name=x", "x", "msitranslate=1",
            "03:00.0,rdm_policy=lax", "03:00.0,seize",
        ])
    func devices(_ specification: String) async throws {
        let device = XenPCIDevice(specification)
        let ours: [String?]? = device.objection == nil ? [device.address, device.name] : nil
        #expect(try await Libxlutil.read([specification], as: .pci) == [ours])
    }

    @Test("numbers, as strtol reads them")
    func numbers() async throws {
        var random = Seeded(7)
        let originals = ["0", "12", "-3", "+7", " 5", "0x1F", "0X1f", "017", "08", "1e3", "512M", "", "x", "0x", "--1", "-0x10", "+ 1", "9999999999999999999"]
        let digits = ["0", "1", "7", "8", "9", "a", "x", "X", "-", "+", " ", "f"]
        let texts = originals + (0..<2_000).map { _ in random.several(1...5) { $0.pick(digits) }.joined() }
        let read = try await Libxlutil.read(texts.map { (Array("a = '\($0)'\n".utf8), ["#a"]) })
        for (text, settings) in zip(texts, read) {
            #expect(XenConfiguration.Value.text(text).number.map(String.init) == settings?["#a"]?.text, "\(text)")
        }
    }

    private func mutants(of originals: [String], _ random: inout Seeded) -> [String] {
        (0..<3_000).compactMap { _ in
            let bytes = mutated(Array(random.pick(originals).utf8), &random).filter { $0 != 0 && $0 != UInt8(ascii: "\n") && $0 < 0x80 }
            return String(decoding: bytes, as: UTF8.self)
        }
    }
}

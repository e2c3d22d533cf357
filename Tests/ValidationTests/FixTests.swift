import CIB
import Catalogue
import Diagnostics
import Repository
import TestKit
import Testing
import XML

@Suite("What is put right means the same")
struct FixTests {
    @Test("Each fix makes its finding go, and leaves the rest of the file alone", arguments: Example.all)
    func fixed(_ example: Example) throws {
        let edits = Example.findings(in: example.bad).compactMap { $0.code == example.rule.code ? $0.fix : nil }
        guard !edits.isEmpty else { return }
        let files = example.bad.map { path, text in (path, SourceText(path: path, text: text)) }
        let after = Dictionary(uniqueKeysWithValues: files.map { ($0, String(decoding: $1.applying(edits), as: UTF8.self)) })
        #expect(after != example.bad)
        #expect(Example.findings(in: after).allSatisfy { $0.code != example.rule.code })
        let (old, new) = (example.bad, after)
        for path in old.keys where old[path] != new[path] {
            let before = HostFile(format: .drbd, name: "a", source: SourceText(path: path, text: old[path] ?? ""), resources: [])
            if path.hasSuffix(".res") { #expect(before.means(the: SourceText(path: path, text: new[path] ?? ""))) }
            let removed = edits.count { $0.file == path && $0.replacement.isEmpty }
            #expect(new[path]?.split(separator: "\n").count == old[path].map { $0.split(separator: "\n").count - removed })
        }
    }

    @Test(
        "The former spellings have fixes",
        arguments: [
            (
                "crm/a.crm", "primitive Master Stateful op monitor interval=9 role=Master\n",
                "primitive Master Stateful op monitor interval=9 role=Promoted\n"
            ),
            ("drbd/a.res", "resource a { disk { no-md-flushes; } }\n", "resource a { disk { md-flushes no; } }\n"),
            ("drbd/a.res", "resource a { net { allow-two-primaries; } }\n", "resource a { net { allow-two-primaries yes; } }\n"),
            (
                "crm/a.crm", "primitive a Stateful\nms m a meta notify=true\n",
                "primitive a Stateful\nclone m a meta promotable=true notify=true\n"
            ),
            (
                "crm/a.crm", "primitive a Stateful\nmaster m a x=1 \\\n y=2\n# c\n",
                "primitive a Stateful\nclone m a x=1 \\\n y=2 meta promotable=true\n# c\n"
            ),
            (
                "crm/a.crm", "primitive a Dummy\nprimitive Master Dummy\ncolocation c inf: Master a:Master\n",
                "primitive a Dummy\nprimitive Master Dummy\ncolocation c inf: Master a:Promoted\n"
            ),
            ("xen/a.cfg", "builder = 'hvm' # firmware\n", "type = \"hvm\" # firmware\n"),
            ("xen/a.cfg", "builder='generic';memory = 5\n", "type = \"pv\";memory = 5\n"),
            ("xen/a.cfg", "builder = 'hvm'\ntype = 'hvm'\n", "type = 'hvm'\n"),
            ("xen/a.cfg", "# dm\n\tdevice_model = [ 'a',\n 'b' ] \nmemory = 5\n", "# dm\nmemory = 5\n"),
            ("xen/a.cfg", "type='hvm'\nkernel = \"/usr/lib/xen/boot/hvmloader\"", "type='hvm'\n"),
            ("xen/a.cfg", "tsc_mode = 2 # c\ntimer_mode=0x3", "tsc_mode = \"native\" # c\ntimer_mode = \"one_missed_tick_pending\""),
            ("xen/a.cfg", "bootloader_args = '-q  --kernel \"a\"'\n", "bootloader_args = [ \"-q\", \"--kernel\", \"\\\"a\\\"\" ]\n"),
            ("xen/a.cfg", "vif = [ 'bridge=netdev, netdev=a' ]\n", "vif = [ 'bridge=netdev, gatewaydev=a' ]\n"),
            ("xen/a.cfg", "acpi = True\nnames = [ False ]\n", "acpi = 1\nnames = [ 0 ]\n"),
            ("xen/a.cfg", "memory = 5\r\n# c\r\nvcpus = 1", "memory = 5\n# c\nvcpus = 1"),
            ("xen/a.cfg", "memory = 5\n# c", "memory = 5\n# c\n"),
        ])
    func spelling(_ path: String, _ before: String, _ after: String) {
        let edits = Example.findings(in: [path: before]).compactMap(\.fix)
        #expect(SourceText(path: path, text: before).applying(edits) == Array(after.utf8))
    }

    @Test("A file of 8.3 keeps its neighbours' spellings too: the hosts read all of them")
    func neighbours() {
        let resource = "resource a { disk { no-md-flushes; } }\n"
        let common = ["drbd/global_common.conf": "common { syncer { rate 1M; } }\n"]
        let findings = Example.findings(in: common.merging(["drbd/a.res": resource]) { $1 }).filter { $0.code == "CXS312" }
        #expect(findings.map(\.place?.file) == ["drbd/a.res"] && findings.allSatisfy { $0.fix == nil })
    }

    @Test(
        "Where a fix could break something there is none",
        arguments: [
            // 8.3 takes "allow-two-primaries yes" for a mistake.
            ("drbd/a.res", "resource a { syncer { rate 1M; } net { allow-two-primaries; } }\n"),
            ("xen/a.cfg", "builder = 'hvm'\ntype = 'pv'\n"), ("xen/a.cfg", "builder = 'hvm'; type = 'hvm'\n"),
            ("xen/a.cfg", "device_model = 'a' # why\n"), ("xen/a.cfg", "device_model = 'a'; memory = 5\n"),
            ("xen/a.cfg", "type = 'hvm'\nkernel = '/boot/vmlinuz'\nkernel = 'hvmloader'\n"), ("xen/a.cfg", "tsc_mode = 4\n"),
            ("xen/a.cfg", "stdvga = 0\n"), ("xen/a.cfg", "stdvga = 1\nvga = 'qxl'\n"), ("xen/a.cfg", "builder += 'hvm'\n"),
            ("xen/a.cfg", "vif = [ 'netdev=a,netdev=b' ]\n"), ("xen/a.cfg", "memory\r= 5\n"),
            ("xen/a.cfg", "builder = 'linux'\n"), ("xen/a.cfg", "pvh = 1\n"),
            ("crm/a.crm", "primitive a Stateful\nms m a meta $id=x notify=true\n"),
            ("crm/a.crm", "primitive a Stateful\nms m a meta promotable=false\n"),
            ("crm/a.crm", "primitive a Stateful\nms m a meta rule #uname eq x a=1 meta b=2\n"),
            ("crm/a.crm", "primitive a Stateful op monitor interval=9 role=\"Master\"\n"),
            ("crm/a.crm", "primitive a Stateful params role=Master op monitor interval=9 role=Master\n"),
        ])
    func none(_ path: String, _ text: String) {
        #expect(Example.findings(in: [path: text]).compactMap(\.fix).isEmpty)
    }

    @Test("Edits that overlap are not both made")
    func overlap() {
        let source = SourceText(path: "a", text: "abcdef")
        let edits = [(2..<4, "X"), (3..<5, "Y"), (0..<1, ""), (5..<99, "Z")].map {
            TextEdit(file: "a", range: $0.0, replacement: $0.1)
        }
        #expect(source.applying(edits) == Array("bXef".utf8))
        #expect(source.applying([TextEdit(file: "b", range: 0..<1, replacement: "")]) == source.bytes)
    }

    @Test(
        "Random files: after all fixes they mean the same, keep their comments, and need no more fixes", arguments: 0..<60 as Range<UInt64>)
    func property(_ seed: UInt64) throws {
        var random = RandomSpelling(seed: seed)
        let before = ["crm/a.crm": random.crm(), "drbd/r.res": random.drbd(), "xen/a.cfg": random.xen()]
        var after = before
        for _ in 0..<20 {
            let edits = Example.findings(in: after).compactMap(\.fix)
            guard !edits.isEmpty else { break }
            for (path, text) in after { after[path] = String(decoding: SourceText(path: path, text: text).applying(edits), as: UTF8.self) }
        }
        #expect(Example.findings(in: after).compactMap(\.fix).isEmpty)
        let (old, new) = (state(before), state(after))
        #expect(
            old.declarations.map { $0.object.element.canonical() } == new.declarations.map { $0.object.element.canonical() }, "\(after)")
        #expect(new.declarations.count == old.declarations.count)
        for (a, b) in zip(old.files, new.files) { #expect(a.means(the: b.source) && b.means(the: a.source), "\(b.source.text)") }
        for path in before.keys { #expect(comments(before[path]) == comments(after[path])) }
        #expect(after["crm/a.crm"]?.contains("ms m0 p0\n") == false)
    }

    private func state(_ files: [String: String]) -> DesiredState {
        DesiredState(files.map { ($0.key, SourceText(path: $0.key, text: $0.value)) })
    }

    private func comments(_ text: String?) -> [Substring] {
        (text ?? "").split(separator: "\n").compactMap { line in line.firstIndex(of: "#").map { line[$0...] } }.filter {
            !$0.hasPrefix("#uname")
        }
    }
}

import Diagnostics
import Testing
import XenSyntax

@Suite("A finding stands where its text does")
struct PlaceTests {
    @Test("in that text of a list, though another has the same word; of a value with escapes the whole text")
    func texts() {
        let text = "type = 'hvm'; name = 'foo' # foo\nvif = [ 'bridge=foo', 'foo=1' ]\nvif += [ \"ip=foo\", \"foo=\\\"\" ]\n"
        #expect(marked(text) == ["2:24 foo", "3:21 foo"])
        #expect(marked("name = 'a'; type = 'hvm'; vif = [ \"ip=\\\"\", \"\\\"=1\" ]\n") == ["1:46 \""])
    }

    @Test("of an addition by its own number")
    func additions() {
        let source = SourceText(path: "a.cfg", text: "disk=['z']\ndisk=['a','b']\ndisk+=['c']\ndisk+=['b,c','d']\nname='d'\n")
        let configuration = XenConfiguration.parse(source).configuration
        let places = (0..<6).map { configuration.place(of: "c", at: $0, in: "disk", of: source) }
        #expect(places.map { $0?.line } == [2, 2, 3, 4, 4, 4])
        #expect(places.map { $0?.column } == [7, 11, 9, 11, 14, 1])
        #expect(configuration.place(of: "c", at: 0, in: "vif", of: source) == nil)
    }

    /// Each used to search the whole rest of the file.
    @Test("a list of 49,000 wrong texts is reported as far as the bound")
    func many() {
        let wrong = "name = 'a'\ntype = 'hvm'\nvif = [ " + String(repeating: "'x\\\\', ", count: 49_000) + "]\n"
        let source = SourceText(path: "a.cfg", text: wrong)
        let (configuration, findings) = XenConfiguration.parse(source)
        #expect(findings.isEmpty)
        #expect(configuration.dialectFindings(in: source).count == 101)
    }

    /// Each parameter used to be looked through to the end of the disk.
    @Test("a disk of 100,000 parameters is read to its end")
    func long() {
        let disk = XenDisk("/x,raw,xvda,rw," + String(repeating: "cdrom,", count: 100_000))
        #expect(disk.objection == nil && disk.isCDROM)
    }

    @Test(
        "a key set 10,000 times is reported as far as the bound",
        arguments: ["device_model = 'a'\n", "tsc_mode = 1\n", "vmid = 1\n", "memory = 'x'\n"])
    func repeated(_ line: String) {
        let source = SourceText(path: "a.cfg", text: "name='a';type='hvm'\n" + String(repeating: line, count: 10_000))
        #expect((1...101).contains(XenConfiguration.parse(source).configuration.dialectFindings(in: source).count))
    }

    private func marked(_ text: String) -> [String] {
        let source = SourceText(path: "a.cfg", text: text)
        return XenConfiguration.parse(source).configuration.dialectFindings(in: source).compactMap(\.place).map {
            "\($0.line):\($0.column) \($0.text.dropFirst($0.column - 1).prefix($0.length))"
        }
    }
}

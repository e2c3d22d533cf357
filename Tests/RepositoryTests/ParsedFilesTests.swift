import Diagnostics
import Repository
import Testing

@Suite("Files that were parsed before")
struct ParsedFilesTests {
    /// The text is its own name.
    private func file(_ path: String, _ text: String) -> DesiredFile {
        DesiredFile(path: path, text: SourceText(path: "sites/a/" + path, text: text), blob: text)
    }

    /// Files with and without mistakes, of all kinds, in a version.
    private func files(_ version: Int) -> [DesiredFile] {
        [
            file("coxswain.yaml", "cluster: c\(version / 4)\n"), file("crm/a.crm", "primitive a ocf:p:t\nprimitive b\(version) ocf:p:t\n"),
            file("crm/b.crm", "primitive c ocf:p:t op monitor\nwrong\n"), file("drbd/a.res", "resource a\(version) { }\n"),
            file("drbd/b.res", "resource {\n"), file("xen/a.cfg", "name = 'a'\nmemory = \(version)\nbuilder = 'hvm'\n"),
            file("lvm/a.yaml", "a:\n  volumes: {}\n"), file("corosync/corosync.conf", "totem {\n  version: \(version % 3)\n}\n"),
            file("ocfs2/cluster.conf", "cluster:\n\tname = a\(version % 2)\n"), file("default/o2cb", "A=\(version)\n"),
        ]
    }

    @Test("say the same as files that are parsed anew")
    func same() {
        var parsed = ParsedFiles()
        for version in [0, 1, 2, 1, 0, 3, 4, 5, 6, 0, 1] {
            let files = self.files(version)
            let known = DesiredState(files, &parsed)
            let anew = DesiredState(files.map { ($0.path, $0.text) })
            #expect(known.declarations.map(\.object) == anew.declarations.map(\.object))
            #expect(known.files == anew.files)
            #expect(known.policy == anew.policy)
            #expect(known.findings == anew.findings)
            #expect(known.findings.map(\.description) == anew.findings.map(\.description))
        }
    }

    @Test("are not parsed again, whichever of the last states had them")
    func parses() {
        var parsed = ParsedFiles()
        _ = DesiredState(files(0), &parsed)
        #expect(parsed.parses == 10)
        _ = DesiredState(files(0), &parsed)
        _ = DesiredState(files(0), &parsed)
        #expect(parsed.parses == 10)
        _ = DesiredState(files(1), &parsed)
        #expect(parsed.parses == 16)
        _ = DesiredState(files(0), &parsed)
        _ = DesiredState(files(1), &parsed)
        #expect(parsed.parses == 16)
    }

    @Test("in another place are other files")
    func places() {
        var parsed = ParsedFiles()
        let texts = ["xen/a.cfg", "xen/b.cfg"].map { file($0, "name = 1 2\n") }
        let state = DesiredState(texts, &parsed)
        #expect(parsed.parses == 2)
        #expect(Set(state.findings.compactMap(\.place?.file)) == ["sites/a/xen/a.cfg", "sites/a/xen/b.cfg"])
    }

    @Test("are forgotten when no state of the last ones had them")
    func bound() {
        var parsed = ParsedFiles()
        for version in 0..<100 {
            _ = DesiredState(files(version), &parsed)
            #expect(parsed.count <= 4 * 10)
        }
        let before = parsed.parses
        _ = DesiredState(files(0), &parsed)
        #expect(parsed.parses > before)
    }

    @Test("that git has no name for are parsed each time")
    func nameless() {
        var parsed = ParsedFiles()
        for _ in 0..<3 { _ = DesiredState([DesiredFile(path: "crm/a.crm", text: SourceText(path: "crm/a.crm", text: "node a\n"))], &parsed) }
        #expect(parsed.parses == 3)
        #expect(parsed.count == 0)
    }
}

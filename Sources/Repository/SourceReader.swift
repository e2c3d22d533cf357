internal import CRMSyntax
internal import Catalogue
internal import CorosyncSyntax
internal import Diagnostics
internal import OCFS2Syntax
internal import ShellSyntax

/// Takes the files of a commit one by one.
struct SourceReader {
    /// Files of another commit by their paths, to share what is the same.
    private let previous: [String: CRMDocument]
    private let former: (drbd: [String: ReadFile<DRBDFile>], xen: [String: ReadFile<DomainDefinition>])
    private(set) var policy = Policy()
    private(set) var declarations: Declarations
    private(set) var documents: [String: CRMDocument] = [:]
    /// Those that are put on the hosts.
    private(set) var files: [HostFile] = []
    private(set) var read = ReadFiles()
    private(set) var findings: [Finding] = []

    init(_ files: [(path: String, text: SourceText)], _ previous: DesiredState?) {
        self.previous = previous?.documents ?? [:]
        former = (previous?.read ?? ReadFiles()).byPath
        declarations = Declarations(expecting: files.reduce(0) { $0 + $1.text.bytes.count } / 128)
        for file in files.sorted(by: { $0.path < $1.path }) { read(file.text, at: file.path) }
        declarations.attachMonitors()
        if read.drbd.contains(where: \.content.keepsFormerSpelling) { keepSpellings() }
    }

    /// One drbdadm reads all files of a host: where one of them is written for 8.3, none may be brought to a newer spelling.
    private mutating func keepSpellings() {
        let modern = Set(read.drbd.filter { !$0.content.keepsFormerSpelling }.map(\.source.path))
        for index in findings.indices where findings[index].code == Rule.formerWord.code {
            guard let fix = findings[index].fix, modern.contains(fix.file) else { continue }
            findings[index].fix = nil
        }
    }

    var drbdResources: [String] { files.filter { $0.name != FileKind.common }.flatMap(\.resources) }

    private mutating func read(_ source: SourceText, at path: String) {
        switch FileKind(path: path) {
        case .policy: policy = take(ReadFile(source, Policy.parse(source), .policySyntax)).content
        case .crm: readCRM(source)
        case .drbd: readDRBD(source)
        case .xen: readXen(source)
        case .volumes: read.volumes.append(take(ReadFile(source, VolumeGroups.parse(source), .volumesSyntax)))
        case .corosync: read.corosync = take(ReadFile(corosync: source))
        case .ocfs2: read.ocfs2 = take(ReadFile(ocfs2: source))
        case .shell: read.shell.append(take(ReadFile(source, ShellVariables.parse(source), .shellSyntax)))
        case nil: break
        }
    }

    private mutating func take<Content>(_ file: ReadFile<Content>) -> ReadFile<Content> {
        findings += file.findings
        return file
    }

    private mutating func readCRM(_ source: SourceText) {
        let document = CRMDocument.parse(source, reusing: previous[source.path])
        documents[source.path] = document
        findings += document.findings.coded(.crmSyntax)
        declarations.add(document)
    }

    private mutating func readDRBD(_ source: SourceText) {
        let file = take(former.drbd[source.path].flatMap { $0.source == source ? $0 : nil } ?? ReadFile(drbd: source))
        read.drbd.append(file)
        files.append(HostFile(format: .drbd, name: file.name, source: source, resources: file.content.resources.map(\.name)))
    }

    private mutating func readXen(_ source: SourceText) {
        let file = take(former.xen[source.path].flatMap { $0.source == source ? $0 : nil } ?? ReadFile(xen: source))
        read.xen.append(file)
        files.append(HostFile(format: .xen, name: file.name, source: source, resources: []))
    }
}

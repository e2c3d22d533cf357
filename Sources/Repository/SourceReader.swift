internal import CRMSyntax
internal import Catalogue
internal import Diagnostics

/// Takes the files of a commit one by one.
struct SourceReader {
    private(set) var policy = Policy()
    private(set) var declarations: Declarations
    /// Those that are put on the hosts.
    private(set) var files: [HostFile] = []
    private(set) var read = ReadFiles()
    private(set) var findings: [Finding] = []

    /// - Parameter parsed: what is known of files, and what becomes known now.
    init(_ files: [DesiredFile], _ parsed: inout ParsedFiles) {
        declarations = Declarations(expecting: files.reduce(0) { $0 + $1.text.bytes.count } / 128)
        for file in files.sorted(by: { $0.path < $1.path }) {
            if let kind = FileKind(path: file.path) { take(parsed.file(file, kind)) }
        }
        parsed.endState()
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

    private mutating func take(_ file: ParsedFile) {
        switch file {
        case .policy(let file): policy = take(file).content
        case .crm(let document):
            findings += document.findings.coded(.crmSyntax)
            declarations.add(document)
        case .drbd(let file):
            read.drbd.append(take(file))
            place(file, .drbd, file.content.resources.map(\.name))
        case .xen(let file):
            read.xen.append(take(file))
            place(file, .xen)
        case .volumes(let file): read.volumes.append(take(file))
        case .corosync(let file):
            read.corosync = take(file)
            place(file, .corosync)
        case .ocfs2(let file):
            read.ocfs2 = take(file)
            place(file, .ocfs2)
        case .shell(let file):
            read.shell.append(take(file))
            place(file, .shell)
        }
    }

    private mutating func place<Content>(_ file: ReadFile<Content>, _ format: HostFile.Format, _ resources: [String] = []) {
        files.append(HostFile(format: format, name: file.name, source: file.source, resources: resources))
    }

    private mutating func take<Content>(_ file: ReadFile<Content>) -> ReadFile<Content> {
        findings += file.findings
        return file
    }
}

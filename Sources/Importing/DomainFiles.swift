internal import CIB
internal import Diagnostics
internal import LiveState
internal import Planning
internal import Repository
internal import XML

/// The files of domUs that the resources name.
struct DomainFiles {
    private let paths: [(resource: String, path: String)]
    private let directory: String

    init(_ objects: [CIBObject], _ policy: Policy) {
        directory = policy.xenDirectory
        let tree = ResourceTree(objects)
        paths = objects.compactMap { object in tree.domainFile(of: object).map { (object.id.name, $0) } }
    }

    /// Those that a host's files are without. Of no host at all nothing is said.
    func missing(from host: LiveFiles) -> [Finding] {
        guard !host.contents.isEmpty else { return [] }
        return paths.filter { host.contents[$0.path] == nil && host.unreadable[$0.path] == nil }.map { resource, path in
            .warning(
                "\(path), the file of \(resource), is not imported: it is no regular file \(directory)/NAME.cfg of this host",
                remedy: "put it there under such a name, or import on the host that has it")
        }
    }
}

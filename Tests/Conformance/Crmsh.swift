import CIB
import Host
import XML

/// crmsh on CIBs in files, many at once.
struct Crmsh {
    let program: String
    let scratch: String

    /// What `configure show` prints of each CIB.
    func show(_ cibs: [(name: String, cib: CIB)]) async throws -> [String] {
        try await run(cibs.map { ($0.name, $0.cib, nil, "show obscure:nothing\n") })
    }

    /// The CIB that each text makes of an empty one, and what crmsh says while it does.
    func load(_ texts: [(name: String, text: String, like: CIB)]) async throws -> [String] {
        // Without a pattern crmsh hides passwords, in XML too.
        try await run(
            texts.map { name, text, cib in
                (name, cib.emptied, text, "load update \(scratch)/\(name)/load.crm\nshow obscure:nothing xml\n")
            })
    }

    private func run(_ tasks: [(name: String, cib: CIB, text: String?, commands: String)]) async throws -> [String] {
        let files = FileTree(root: scratch)
        for task in tasks {
            try files.makeDirectory("/" + task.name)
            try files.write(Array(task.cib.xml.utf8), to: "/\(task.name)/cib.xml")
            if let text = task.text { try files.write(Array(text.utf8), to: "/\(task.name)/load.crm") }
            try files.write(Array(("configure\n" + task.commands).utf8), to: "/\(task.name)/script")
        }
        let directories = tasks.map { "\(scratch)/\($0.name)\n" }.joined()
        _ = try await Command(program, input: Array(directories.utf8), limit: .seconds(1800)).run().orThrow()
        return try tasks.map { String(decoding: try files.read("/\($0.name)/out", limit: 64 << 20), as: UTF8.self) }
    }
}

extension CIB {
    /// Its version and schema, with nothing in it.
    fileprivate var emptied: CIB {
        var root = self.root
        let sections = ["crm_config", "nodes", "resources", "constraints"].map { Element($0) }
        root.children = [Element("configuration", [], children: sections)]
        return CIB(root)
    }
}

public import CIB
public import Repository
internal import XML

extension Policy {
    /// What a CIB tells of it: the cluster's name, and where its domUs have their files.
    public init(importing cib: CIB) {
        self.init()
        cluster = cib.property("cluster-name").flatMap { $0.isPlainName ? $0 : nil }
        let tree = cib.resourceTree
        let files = cib.objects.compactMap(tree.domainFile)
        if let directory = files.compactMap(\.directory).mostFrequent { xenDirectory = directory }
    }

    /// The file's text, with what is not the default.
    var yaml: String {
        var lines = cluster.map { ["cluster: \($0)"] } ?? ["# cluster: its name, which becomes part of the name of its notes"]
        if xenDirectory != Policy().xenDirectory { lines += ["hosts:", "  xen: \(xenDirectory)"] }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension String {
    fileprivate var isPlainName: Bool {
        !isEmpty && utf8.count <= 64
            && utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "-"): true
                default: false
                }
            }
    }

    /// Nil for a path that a YAML file would have to quote.
    fileprivate var directory: String? {
        guard hasPrefix("/"), let slash = lastIndex(of: "/"), slash != startIndex else { return nil }
        let directory = String(self[..<slash])
        return directory.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"#:'\"{}[],&*!|>%@`\\".utf8.contains($0) } ? directory : nil
    }
}

extension [String] {
    /// The first of those that occur most often.
    fileprivate var mostFrequent: String? {
        var counts: [String: Int] = [:]
        for text in self { counts[text, default: 0] += 1 }
        let most = counts.values.max()
        return first { counts[$0] == most }
    }
}

internal import DRBDSyntax
internal import Diagnostics
internal import Host

/// Follows drbdadm through a host's files.
struct DRBDObserver {
    private let tree: FileTree
    private let memory: HostMemory
    private let bounds: Bounds
    private var reading = DRBDReading()
    private var seen: Set<String> = []
    private var size = 0

    struct Bounds {
        /// As a rule there is a file for each resource, and few hosts have a thousand of them; with what includes them, ten thousand
        /// must fit.
        var files = Bound(20_000, "files of DRBD's on one host")
        var bytes = Bound(64 << 20, "bytes in the files of DRBD's on one host")
        var nesting = Bound(32, "includes, each within the other")
    }

    private init(_ tree: FileTree, _ memory: HostMemory, _ bounds: Bounds) {
        self.tree = tree
        self.memory = memory
        self.bounds = bounds
    }

    static func reading(_ tree: FileTree, _ memory: HostMemory = HostMemory(), within bounds: Bounds = Bounds()) -> DRBDReading {
        var observer = DRBDObserver(tree, memory, bounds)
        let start = DRBDReading.starts.first { (try? tree.kind(of: $0)) != .some(nil) }
        if let start { observer.read(start, at: nil, depth: 0) }
        return observer.reading
    }

    /// drbdadm reads a file once, however often and wherever it is included: a circle of includes is none.
    private mutating func read(_ path: String, at place: Place?, depth: Int) {
        guard seen.insert(path).inserted else { return }
        guard let source = load(path, at: place, depth: depth) else { return }
        reading.append(source)
        guard source.range(of: "include", from: 0) != nil else { return }
        let (configuration, findings) = DRBDConfiguration.parse(source)
        reading.findings += findings.filter { $0.severity == .error }.prefix(1)
        let directory = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
        for include in configuration.includes {
            follow(FilePattern(include.path, in: directory), from: source.place(of: include.origin), depth: depth)
        }
    }

    /// Where no file matches the pattern, nothing is read: a mistake only if the file is named in full.
    private mutating func follow(_ pattern: FilePattern, from place: Place, depth: Int) {
        reading.patterns.append(pattern)
        let paths = tree.paths(matching: pattern)
        if paths.isEmpty, !pattern.isWild {
            reading.findings.append(.warning("drbdadm refuses its whole configuration: there is no file \(pattern.text)", at: place))
        }
        for path in paths { read(path, at: place, depth: depth + 1) }
    }

    private mutating func load(_ path: String, at place: Place?, depth: Int) -> SourceText? {
        guard seen.count <= bounds.files.most else { return refuse(bounds.files, at: place) }
        guard depth <= bounds.nesting.most else { return refuse(bounds.nesting, at: place) }
        do {
            let source = try memory.text(of: path, in: tree)
            size += source.bytes.count
            return size <= bounds.bytes.most ? source : refuse(bounds.bytes, at: place)
        } catch {
            reading.findings.append(.warning("\(path) is passed over: \(error.finding.message)", at: place))
            return nil
        }
    }

    /// Said once: whatever else is beyond the bound needs no word.
    private mutating func refuse(_ bound: Bound, at place: Place?) -> SourceText? {
        let finding = bound.finding(at: place)
        if !reading.findings.contains(where: { $0.message == finding.message }) { reading.findings.append(finding) }
        return nil
    }
}

extension FileTree {
    /// The files that a pattern names, sorted by name.
    fileprivate func paths(matching pattern: FilePattern) -> [String] {
        var paths = [""]
        for component in pattern.components { paths = paths.flatMap { entries(of: $0, matching: component) } }
        let isListed = pattern.components.last?.isWild == true
        return paths.filter { !$0.isEmpty && (isListed || (try? kind(of: $0)) != .some(nil)) }
    }

    private func entries(of directory: String, matching component: FilePattern.Component) -> [String] {
        guard component.isWild else { return ["\(directory)/\(component.name)"] }
        let names = (try? entries(of: directory.isEmpty ? "/" : directory).map(\.name)) ?? []
        return names.filter(component.matches).map { "\(directory)/\($0)" }
    }
}

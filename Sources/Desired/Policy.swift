public import CIB
public import Diagnostics
internal import Yams

/// What `coxswain.yaml` says: the cluster's name, where its hosts keep their files, what to do about drift.
public struct Policy: Hashable, Sendable {
    /// The cluster's name, nil where the file does not say.
    public var cluster: String?
    /// Where the hosts keep DRBD's resource files.
    public var drbdDirectory = "/etc/drbd.d"
    /// Where the hosts keep the domUs' files.
    public var xenDirectory = "/cluster/xen"
    /// What is done about `target-role`, `standby` and their like, set by a person on the live cluster.
    public var operatorState = OperatorState.hold

    public enum OperatorState: String, Hashable, Sendable, CaseIterable {
        case hold, revert
    }

    public init() {}

    public var merge: Merge.Policy { Merge.Policy(revertsOperators: operatorState == .revert) }

    /// Reads the file. Unknown keys and wrong values are errors: a policy that is half understood is none.
    public static func parse(_ source: SourceText) -> (policy: Policy, findings: [Finding]) {
        var reader = PolicyReader(source: source)
        do {
            if let root = try compose(yaml: source.text, .basic), root.null == nil { reader.read(root) }
        } catch let error as YamlError {
            reader.findings.append(reader.finding(error))
        } catch {
            reader.findings.append(.error("\(error)", at: source.place(at: 0)))
        }
        return (reader.policy, reader.findings)
    }
}

private struct PolicyReader {
    let source: SourceText
    var policy = Policy()
    var findings: [Finding] = []

    mutating func read(_ root: Node) {
        each(root, in: "coxswain.yaml", knowing: ["cluster", "hosts", "drift"]) { reader, key, value in
            switch key {
            case "cluster": reader.policy.cluster = reader.name(value)
            case "hosts": reader.hosts(value)
            default: reader.drift(value)
            }
        }
    }

    private mutating func hosts(_ node: Node) {
        each(node, in: "hosts", knowing: ["drbd", "xen"]) { reader, key, value in
            guard let path = reader.directory(value) else { return }
            if key == "drbd" { reader.policy.drbdDirectory = path } else { reader.policy.xenDirectory = path }
        }
    }

    private mutating func drift(_ node: Node) {
        each(node, in: "drift", knowing: ["operator"]) { reader, _, value in
            let known = Policy.OperatorState.allCases.map(\.rawValue)
            guard let state = value.string.flatMap(Policy.OperatorState.init) else {
                reader.refuse(value, "this is not a way to treat drift", expected: known.joined(separator: " or "))
                return
            }
            reader.policy.operatorState = state
        }
    }

    private mutating func each(
        _ node: Node, in section: String, knowing known: [String],
        _ body: (inout PolicyReader, String, Node) -> Void
    ) {
        guard let mapping = node.mapping else {
            refuse(node, "\(section) does not hold keys and values", expected: known.map { "\($0): …" }.joined(separator: ", "))
            return
        }
        for (key, value) in mapping {
            guard let name = key.string, known.contains(name) else {
                let name = key.string ?? ""
                refuse(key, "\"\(name)\" is no key of \(section)", expected: known.joined(separator: ", "),
                    remedy: didYouMean(name, among: known))
                continue
            }
            body(&self, name, value)
        }
    }

    /// A cluster's name becomes part of the name of a git ref.
    private mutating func name(_ node: Node) -> String? {
        let name = node.string ?? ""
        let isPlain = name.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "-"): true
            default: false
            }
        }
        guard !name.isEmpty, name.count <= 64, isPlain else {
            refuse(node, "this can't be the name of a cluster", expected: "1 to 64 letters, digits, - and _")
            return nil
        }
        return name
    }

    private mutating func directory(_ node: Node) -> String? {
        let path = node.string ?? ""
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard path.first == "/", path.count > 1, !parts.contains("..") else {
            refuse(node, "this is not a directory of a host", expected: "an absolute path without \"..\"")
            return nil
        }
        return path.last == "/" ? String(path.dropLast()) : path
    }

    private mutating func refuse(_ node: Node, _ message: String, expected: String, remedy: String? = nil) {
        let length = node.string?.utf8.count ?? 1
        findings.append(.error(message, at: place(node.mark, length: length), expected: expected, remedy: remedy))
    }

    func finding(_ error: YamlError) -> Finding {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            .error("YAML: \(problem)", at: place(mark, length: 1))
        default: .error("YAML: \(error)", at: source.place(at: 0))
        }
    }

    private func place(_ mark: Mark?, length: Int) -> Place {
        guard let mark else { return source.place(at: 0) }
        var offset = 0
        for line in source.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).prefix(mark.line - 1) {
            offset += line.count + 1
        }
        let start = offset + mark.column - 1
        return source.place(start..<start + length)
    }
}

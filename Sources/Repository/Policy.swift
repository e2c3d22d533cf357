public import CIB
public import Diagnostics

/// What `coxswain.yaml` says: the cluster's name, where its hosts keep their files, what to do about drift.
public struct Policy: Hashable, Sendable {
    /// The cluster's name, nil where the file does not say.
    public var cluster: String?
    /// What a cluster is called that nobody has named.
    public static let defaultCluster = "default"
    /// Where the hosts keep DRBD's resource files.
    public var drbdDirectory = "/etc/drbd.d"
    /// Where the hosts keep the domUs' files.
    public var xenDirectory = "/cluster/xen"
    /// What is done about live state that is not as git says, by its class.
    public var drift = DriftPolicy()

    /// What is done about a commit that is not healthy.
    public var rollback = Rollback.auto
    /// How the health of a commit is judged.
    public var health = HealthTimes()

    /// Whether a commit starts those domUs anew for which it changes what Xen can't change while they run.
    public var restart = Restart.off

    public enum Restart: String, Hashable, Sendable, CaseIterable { case auto, off }

    public enum Rollback: String, Hashable, Sendable, CaseIterable { case auto, off }

    public init() {}

    /// Reads the file. Unknown keys and wrong values are errors: a policy that is half understood is none.
    public static func parse(_ source: SourceText) -> (policy: Policy, findings: [Finding]) {
        var policy = Policy()
        var reader = YAMLReader(source)
        if let root = reader.root() { policy.read(root, with: &reader) }
        return (policy, reader.findings)
    }
}

extension Policy {
    private mutating func read(_ root: YAMLReader.Value, with reader: inout YAMLReader) {
        for (key, value) in reader.pairs(of: root, in: "coxswain.yaml", knowing: ["cluster", "hosts", "drift", "rollback", "restart", "health"]) {
            switch key {
            case "cluster": cluster = Self.name(value, with: &reader)
            case "hosts": readHosts(value, with: &reader)
            case "drift": drift.read(value, with: &reader)
            case "rollback": rollback = Self.choice(value, "this is not a way to treat a commit that is not healthy", with: &reader) ?? rollback
            case "restart": restart = Self.choice(value, "this is not a way to treat a domU whose file changes", with: &reader) ?? restart
            default: health.read(value, with: &reader)
            }
        }
    }

    private mutating func readHosts(_ hosts: YAMLReader.Value, with reader: inout YAMLReader) {
        for (key, value) in reader.pairs(of: hosts, in: "hosts", knowing: ["drbd", "xen"]) {
            guard let path = Self.directory(value, with: &reader) else { continue }
            if key == "drbd" { drbdDirectory = path } else { xenDirectory = path }
        }
    }

    private static func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ value: YAMLReader.Value, _ mistake: String, with reader: inout YAMLReader
    ) -> Choice? {
        if let choice = value.text.flatMap(Choice.init) { return choice }
        reader.refuse(value, mistake, expected: Choice.allCases.map(\.rawValue).joined(separator: " or "))
        return nil
    }

    /// A cluster's name becomes part of the name of a git ref.
    private static func name(_ value: YAMLReader.Value, with reader: inout YAMLReader) -> String? {
        guard let name = reader.text(value) else { return nil }
        guard !name.isEmpty, name.count <= 64, name.utf8.allSatisfy(\.isInName) else {
            reader.refuse(value, "this can't be the name of a cluster", expected: "1 to 64 letters, digits, - and _")
            return nil
        }
        return name
    }

    private static func directory(_ value: YAMLReader.Value, with reader: inout YAMLReader) -> String? {
        let path = value.text ?? ""
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let names = path.last == "/" ? parts.dropFirst().dropLast() : parts.dropFirst()
        guard path.first == "/", !names.isEmpty, names.allSatisfy(\.isName) else {
            reader.refuse(value, "this is not a directory of a host", expected: "an absolute path without \"..\", \".\" and \"//\"")
            return nil
        }
        return path.last == "/" ? String(path.dropLast()) : path
    }
}

extension Substring {
    /// Whether a directory can have this name and no other.
    fileprivate var isName: Bool { !isEmpty && self != "." && self != ".." && utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F } }
}

extension UInt8 {
    fileprivate var isInName: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "-"): true
        default: false
        }
    }
}

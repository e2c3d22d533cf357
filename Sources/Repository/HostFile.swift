internal import CorosyncSyntax
public import DRBDSyntax
public import Diagnostics
internal import OCFS2Syntax
internal import ShellSyntax
internal import XenSyntax

/// A file that belongs onto every host.
public struct HostFile: Hashable, Sendable {
    public enum Format: String, Hashable, Sendable {
        case drbd, xen, corosync, ocfs2
        /// Of /etc/default: variables.
        case shell = "default"

        /// Whether a host has such a file for itself: what leaves the repository stays there.
        public var isOfTheSystem: Bool { self != .drbd && self != .xen }
    }

    public let format: Format
    /// The name within the directory that the policy gives for the format.
    public let name: String
    public let source: SourceText
    /// DRBD resources that the file is about: those that it defines; all, where it is what they have in common.
    public private(set) var resources: [String]
    /// Shared by all copies: looked for when somebody asks.
    let found = Once<[Secret]>()

    public init(format: Format, name: String, source: SourceText, resources: [String]) {
        self.format = format
        self.name = name
        self.source = source
        self.resources = resources
    }

    public static func == (a: HostFile, b: HostFile) -> Bool {
        a.format == b.format && a.name == b.name && a.source == b.source && a.resources == b.resources
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(format)
        hasher.combine(name)
        hasher.combine(source)
        hasher.combine(resources)
    }

    func concerning(_ all: [String]) -> HostFile {
        var file = self
        if holdsCommon { file.resources = all }
        return file
    }

    /// Whether another text means the same.
    ///
    /// - Parameters:
    ///   - other: the file as the host has it.
    ///   - common: what all DRBD resources of the host have in common, where that is known: a resource that writes out what it
    ///     inherits, or what DRBD does anyway, means the same.
    public func means(the other: SourceText, under common: DRBDConfiguration? = nil) -> Bool {
        if source.bytes == other.bytes { return true }
        switch format {
        case .drbd:
            let (a, b) = (DRBDConfiguration.parse(source), DRBDConfiguration.parse(other))
            guard b.findings.isSound else { return false }
            // What all resources have in common may stand in a resource's file as well: it is no part of a resource.
            guard let common, !a.configuration.hasCommon, !b.configuration.hasCommon else { return a.configuration.isEquivalent(to: b.configuration) }
            return a.configuration.isEquivalent(to: b.configuration, under: common)
        case .xen:
            let (a, b) = (XenConfiguration.parse(source), XenConfiguration.parse(other))
            return b.findings.isSound && a.configuration.isEquivalent(to: b.configuration)
        case .corosync:
            let (a, b) = (CorosyncConfiguration.parse(source), CorosyncConfiguration.parse(other))
            return b.findings.isSound && a.configuration.isEquivalent(to: b.configuration)
        case .ocfs2:
            let (a, b) = (OCFS2Configuration.parse(source), OCFS2Configuration.parse(other))
            return b.findings.isSound && a.configuration.isEquivalent(to: b.configuration)
        case .shell: return text(insteadOf: other).bytes == other.bytes
        }
    }

    /// What stands on the host when all is as the repository says. Of a file of /etc/default the repository has the variables that matter; whatever
    /// else the host sets there, and its comments, are the host's.
    ///
    /// - Parameter former: the file as the host has it.
    public func text(insteadOf former: SourceText?) -> SourceText {
        guard format == .shell, let former else { return source }
        let (wanted, present) = (ShellVariables.parse(source).variables, ShellVariables.parse(former).variables)
        let changed = wanted.names.filter { name in wanted[name].map { $0 != present[name] } ?? false }
        guard !changed.isEmpty else { return former }
        return SourceText(path: source.path, text: changed.reduce(present) { $0.setting($1, to: wanted[$1] ?? "") }.description)
    }

    /// What the repository has to say for the host's file to be as it should be: of a file of /etc/default no more variables than before.
    public func adopting(_ live: SourceText) -> SourceText {
        guard format == .shell else { return live }
        let (own, present) = (ShellVariables.parse(source).variables, ShellVariables.parse(live).variables)
        let changed = own.names.filter { name in present[name].map { $0 != own[name] } ?? false }
        return SourceText(path: source.path, text: changed.reduce(own) { $0.setting($1, to: present[$1] ?? "") }.description)
    }

    /// The name of the file with what all DRBD resources have in common.
    public static let commonName = FileKind.common

    /// What it says that all DRBD resources have in common, wherever that stands; nil where it says nothing of that.
    public var common: DRBDConfiguration? { format == .drbd ? source.drbdCommon : nil }

    private var holdsCommon: Bool { isCommon || common != nil }

    /// Whether it is the file with what all DRBD resources have in common.
    public var isCommon: Bool { format == .drbd && name == FileKind.common }
}

extension SourceText {
    /// What a file of DRBD says that all resources have in common; nil without such a section. "conflicting use of resource section 'common'"
    /// (drbdadm): one file of a host has it.
    public var drbdCommon: DRBDConfiguration? {
        guard range(of: "common", in: 0..<bytes.count) != nil else { return nil }
        let configuration = DRBDConfiguration.parse(self).configuration
        return configuration.hasCommon ? configuration : nil
    }
}

internal import Catalogue
internal import CorosyncSyntax
internal import DRBDSyntax
internal import Diagnostics
internal import OCFS2Syntax
internal import ShellSyntax
internal import XenSyntax

/// A file as it was understood, with all that there is to say about it alone.
struct ReadFile<Content: Sendable>: Sendable {
    let source: SourceText
    let content: Content
    let findings: [Finding]

    /// - Parameter rule: the code for what the format's parser finds.
    init(_ source: SourceText, _ parsed: (Content, [Finding]), _ rule: Rule, more: [Finding] = []) {
        self.source = source
        content = parsed.0
        findings = parsed.1.coded(rule) + more
    }

    /// `xps-101.res` of `drbd/xps-101.res`.
    var name: String { String(source.path[(source.path.utf8.lastIndex(of: UInt8(ascii: "/")).map(source.path.utf8.index(after:)) ?? source.path.startIndex)...]) }
}

/// The files of a commit that are in the hosts' formats.
struct ReadFiles: Sendable {
    var drbd: [ReadFile<DRBDFile>] = []
    var xen: [ReadFile<DomainDefinition>] = []
    var volumes: [ReadFile<VolumeGroups>] = []
    var corosync: ReadFile<CorosyncConfiguration>?
    var ocfs2: ReadFile<OCFS2Configuration>?
    var shell: [ReadFile<ShellVariables>] = []
}

extension ReadFile<DRBDFile> {
    init(drbd source: SourceText) {
        let (configuration, findings) = DRBDConfiguration.parse(source)
        self.init(
            source, (DRBDFile(configuration, in: source), findings), .drbdSyntax,
            more: configuration.dialectFindings(in: source)
                + SecretRules.misnamed(DRBDConfiguration.secrets(in: source), in: source))
    }
}

extension ReadFile<DomainDefinition> {
    init(xen source: SourceText) {
        let (configuration, findings) = XenConfiguration.parse(source)
        let definition = DomainDefinition(configuration, in: source)
        self.init(
            source, (definition, findings), .xenSyntax,
            more: configuration.dialectFindings(in: source, isWhole: findings.isSound, of: definition.domain)
                + SecretRules.misnamed(XenConfiguration.secrets(in: source), in: source))
    }
}

extension ReadFile<CorosyncConfiguration> {
    init(corosync source: SourceText) {
        let parsed = CorosyncConfiguration.parse(source)
        self.init(source, parsed, .corosyncSyntax, more: parsed.findings.isSound ? parsed.configuration.review(in: source) : [])
    }
}

extension ReadFile<OCFS2Configuration> {
    init(ocfs2 source: SourceText) {
        let parsed = OCFS2Configuration.parse(source)
        self.init(source, parsed, .ocfs2Syntax, more: parsed.findings.isSound ? parsed.configuration.review(in: source) : [])
    }
}

extension [Finding] {
    /// Whether the file says what it seems to say.
    var isSound: Bool { allSatisfy { $0.severity != .error } }
}

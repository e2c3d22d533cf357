internal import Catalogue
package import CorosyncSyntax
internal import DRBDSyntax
package import Diagnostics
package import OCFS2Syntax
package import ShellSyntax
internal import XenSyntax

/// A file as it was understood, with all that there is to say about it alone.
package struct ReadFile<Content: Sendable>: Sendable {
    package let source: SourceText
    package let content: Content
    package let findings: [Finding]

    /// - Parameter rule: the code for what the format's parser finds.
    init(_ source: SourceText, _ parsed: (Content, [Finding]), _ rule: Rule, more: [Finding] = []) {
        self.source = source
        content = parsed.0
        findings = parsed.1.coded(rule) + more
    }

    /// `xps-101.res` of `drbd/xps-101.res`.
    package var name: String {
        let name = source.path.utf8.lastIndex(of: UInt8(ascii: "/")).map(source.path.utf8.index(after:)) ?? source.path.startIndex
        return String(source.path[name...])
    }
}

/// The files of a commit that are in the hosts' formats.
package struct ReadFiles: Sendable {
    package var drbd: [ReadFile<DRBDFile>] = []
    package var xen: [ReadFile<DomainDefinition>] = []
    package var volumes: [ReadFile<VolumeGroups>] = []
    package var corosync: ReadFile<CorosyncConfiguration>?
    package var ocfs2: ReadFile<OCFS2Configuration>?
    package var shell: [ReadFile<ShellVariables>] = []
}

extension ReadFile<DRBDFile> {
    package init(drbd source: SourceText) {
        let (configuration, findings) = DRBDConfiguration.parse(source)
        self.init(
            source, (DRBDFile(configuration, in: source), findings), .drbdSyntax,
            more: configuration.dialectFindings(in: source)
                + misnamed(DRBDConfiguration.secrets(in: source), in: source))
    }
}

extension ReadFile<DomainDefinition> {
    package init(xen source: SourceText) {
        let (configuration, findings) = XenConfiguration.parse(source)
        let definition = DomainDefinition(configuration, in: source)
        self.init(
            source, (definition, findings), .xenSyntax,
            more: configuration.dialectFindings(in: source, isWhole: findings.isSound, of: definition.domain)
                + misnamed(XenConfiguration.secrets(in: source), in: source))
    }
}

extension ReadFile<CorosyncConfiguration> {
    package init(corosync source: SourceText) {
        let parsed = CorosyncConfiguration.parse(source)
        self.init(source, parsed, .corosyncSyntax, more: parsed.findings.isSound ? parsed.configuration.review(in: source) : [])
    }
}

extension ReadFile<OCFS2Configuration> {
    package init(ocfs2 source: SourceText) {
        let parsed = OCFS2Configuration.parse(source)
        self.init(source, parsed, .ocfs2Syntax, more: parsed.findings.isSound ? parsed.configuration.review(in: source) : [])
    }
}

extension [Finding] {
    /// Whether the file says what it seems to say.
    package var isSound: Bool { allSatisfy { $0.severity != .error } }
}

/// Every reference to a secret that can't be one, and what is shown in the place of one, in a file.
private func misnamed(_ secrets: [Secret], in source: SourceText) -> [Finding] {
    secrets.filter { $0.reference?.isValid == false || $0.isMasked }.map { secret in
        let message = secret.isMasked ? "asterisks stand in the place of a secret: a plan shows them so" : "\"\(secret.value)\" names no secret"
        return Finding(.secretName, message, at: source.place(secret.range), expected: SecretReference.expected)
    }
}

extension Secret {
    fileprivate var isMasked: Bool { value.hasPrefix("***") && ["", " (another)"].contains(value.drop { $0 == "*" }) }
}

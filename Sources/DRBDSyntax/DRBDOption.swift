extension DRBDResource {
    /// What the resource says of an option (`fencing` in `net`), `yes` for one without a value; nil where it says nothing.
    public func option(_ keyword: String, in section: String) -> String? { statements.option(keyword, in: section) }
}

extension DRBDResource {
    /// In bytes: how much of each backing device is used, where the resource says so for all volumes.
    public var size: Int? { statements.size }
}

extension DRBDConfiguration {
    /// Whether the file has a `common` section.
    public var hasCommon: Bool { !statements.sections("common").isEmpty }

    /// What the `common` section says of an option, for the resources that don't.
    public func commonOption(_ keyword: String, in section: String) -> String? {
        statements.sections("common").flatMap { $0.body ?? [] }.option(keyword, in: section)
    }
}

extension [DRBDConfiguration.Statement] {
    fileprivate func option(_ keyword: String, in section: String) -> String? {
        let parameters = sections(section).flatMap { $0.body ?? [] }
        guard let parameter = parameters.parameter(keyword) else { return nil }
        return parameter.arguments.isEmpty ? "yes" : parameter.arguments.map(\.text).joined(separator: " ")
    }
}

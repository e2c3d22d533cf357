public import Diagnostics

/// Another file, or several, that is read where this stands.
///
/// "Include all files matching the wildcard pattern file-pattern. The include statement is only allowed on the top level, i.e.
/// it is not allowed inside any section." (drbd.conf(5), 8.4)
public struct DRBDInclude: Hashable, Sendable {
    /// As it stands in the file: absolute, or relative to the directory of the file.
    public let path: String
    public let origin: Origin

    /// Whether it names any number of files; then none is enough for drbdadm.
    public var isPattern: Bool { path.contains { "*?[".contains($0) } }

    /// The name of the file, if it lies in a directory in which the file with the statement lies too.
    public func name(within directory: String) -> String? {
        var rest = path[...]
        if rest.hasPrefix(directory + "/") { rest = rest.dropFirst(directory.count + 1) }
        while rest.hasPrefix("./") { rest = rest.dropFirst(2) }
        return rest.isEmpty || rest.contains("/") ? nil : String(rest)
    }
}

extension DRBDConfiguration {
    public var includes: [DRBDInclude] {
        statements.compactMap { statement in
            guard statement.keyword.text == "include", statement.body == nil, let path = statement.arguments.first?.text else { return nil }
            return DRBDInclude(path: path, origin: statement.origin)
        }
    }

    /// `udev-always-use-vnr`: "When udev asks drbdadm for a list of device related symlinks, drbdadm would suggest symlinks with
    /// differing naming conventions, depending on whether the resource has explicit volume VNR { } definitions, or only one
    /// single volume with the implicit volume number 0." (drbd.conf(5), 9.0)
    public var alwaysNumbersVolumes: Bool {
        statements.sections("global").contains { $0.body?.parameter("udev-always-use-vnr") != nil }
    }
}

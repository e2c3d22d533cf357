extension DRBDConfiguration {
    /// Whether both take effect alike below one `common` section.
    ///
    /// - Parameters:
    ///   - other: the other configuration.
    ///   - common: the file with the `common` section that holds for both. With it known, an option at its default is the same
    ///     as none; without it that can't be said, since `common` may set another value.
    public func isEquivalent(to other: DRBDConfiguration, under common: DRBDConfiguration) -> Bool {
        self == other || resolved(under: common).meaning == other.resolved(under: common).meaning
    }

    /// Every statement where it takes effect: what resources say as `common` does is left out, what they say for all
    /// hosts is said in each host's section.
    func resolved(under outer: DRBDConfiguration? = nil) -> DRBDConfiguration {
        let own = statements.filter { !$0.isSkipped }
        let commons = (outer?.statements ?? own).sections("common").flatMap { $0.body ?? [] }
        let resolution = Resolution(
            common: Resolution.gathered(commons), isWhole: outer != nil, isInOrder: !dialects.isDisjoint(with: .before9),
            isOld: Resolution.isOld(commons))
        return DRBDConfiguration(
            own.compactMap { statement in
                switch statement.keyword.text {
                case "common" where statement.body != nil: resolution.common(statement, isShared: outer != nil)
                case "resource" where statement.body != nil: resolution.resource(statement)
                default: statement
                }
            })
    }
}

/// Brings what is inherited together with what inherits it.
///
/// Of the sections in `common`: "All resources inherit the parameters in these sections as their default values." Of `on`: "The
/// device, disk, and meta-disk parameters must be defined in, or inherited by, this section." (drbd.conf(5), 9.0)
private struct Resolution {
    typealias Statement = DRBDConfiguration.Statement

    let common: [Statement]
    /// Whether `common` is all that a resource inherits from.
    let isWhole: Bool
    /// Whether a drbdadm may read it that hands down to a host only what stands before it: 8.3 and 8.4 do.
    let isInOrder: Bool
    /// Whether `common` is written for 8.3, whose defaults are others.
    let isOld: Bool

    private static let optionSections: Set<String> = ["net", "disk", "startup", "handlers", "options", "syncer"]

    /// The contents with one section of options each, and `protocol`, which 8.3 has beside them, in `net`.
    static func gathered(_ body: [Statement]) -> [Statement] {
        var sections: [String: [Statement]] = [:]
        var rest: [Statement] = []
        for statement in body where !statement.isSkipped {
            let keyword = statement.keyword.text
            if keyword == "syncer", let contents = statement.body {
                for option in contents {
                    let (home, moved) = Successors.placed(option)
                    sections[home, default: []].append(moved)
                }
            } else if let contents = statement.body, statement.arguments.isEmpty, optionSections.contains(keyword) {
                sections[keyword, default: []] += contents
            } else if keyword == "protocol", statement.body == nil {
                sections["net", default: []].append(statement)
            } else {
                rest.append(statement)
            }
        }
        return rest + sections.map { Statement(.init($0), body: $1) }
    }

    /// Nil where it says nothing but defaults, or where it is known to both.
    func common(_ section: Statement, isShared: Bool) -> Statement? {
        guard !isShared else { return nil }
        var section = section
        let own = Self.gathered(section.body ?? [])
        section.body = own.compactMap { options($0, beyond: [], defaultsHold: !Self.isOld(section.body ?? [])) }
        return section
    }

    func resource(_ section: Statement) -> Statement {
        var section = section
        let own = Self.gathered(section.body ?? [])
        let isOld = isOld || Self.isOld(section.body ?? [])
        let body = (isWhole ? inheriting(own) : own).compactMap { statement -> Statement? in
            let inherited = isWhole ? [] : common.sections(statement.keyword.text).flatMap { $0.body ?? [] }
            return options(statement, beyond: inherited, defaultsHold: isWhole && !isOld)
        }
        section.body = Inheritance.pushed(body, inOrder: isInOrder)
        return section
    }

    /// Whether it is written for 8.3, whose defaults are others.
    static func isOld(_ body: [Statement]) -> Bool { !body.sections("syncer").isEmpty }

    /// The contents with every option of `common` that they don't set themselves.
    private func inheriting(_ body: [Statement]) -> [Statement] {
        let bare = Set(common.filter { $0.body != nil }.map(\.keyword.text)).subtracting(body.map(\.keyword.text))
        return (body + bare.map { Statement(.init($0), body: []) }).map { section in
            guard let own = section.body, section.arguments.isEmpty else { return section }
            let inherited = common.sections(section.keyword.text).flatMap { $0.body ?? [] }
            var section = section
            section.body = own + inherited.filter { own.parameter($0.keyword.text) == nil }
            return section
        }
    }

    /// A section of options without those that change nothing; nil where none is left.
    private func options(
        _ section: Statement, beyond inherited: [Statement], defaultsHold: Bool
    ) -> Statement? {
        guard let body = section.body, section.arguments.isEmpty, Self.optionSections.contains(section.keyword.text) else {
            return section
        }
        var section = section
        let counts = Dictionary(body.map { ($0.keyword.text, 1) }, uniquingKeysWith: +)
        let said = Set(inherited.filter { inherited.parameter($0.keyword.text) == $0 }.compactMap { Meaning($0, in: section.keyword.text) })
        section.body = body.filter { statement in
            guard let meaning = Meaning(statement, in: section.keyword.text) else { return false }
            guard statement.body == nil, counts[statement.keyword.text] == 1 else { return true }
            return !said.contains(meaning) && !(meaning.isDefault && defaultsHold)
        }
        return section.body?.isEmpty == true ? nil : section
    }
}

/// Devices and disks, which a resource may name once for all hosts.
private enum Inheritance {
    typealias Statement = DRBDConfiguration.Statement

    private static let hosts: Set<String> = ["on", "floating", "stacked-on-top-of"]
    private static let parameters: Set<String> = ["device", "disk", "meta-disk", "flexible-meta-disk"]

    /// - Parameter inOrder: whether a host inherits only what stands before it. What stands behind one is another matter then.
    static func pushed(_ body: [Statement], inOrder: Bool) -> [Statement] {
        guard let first = body.firstIndex(where: isHost) else { return body }
        let late = body[first...].filter(isInherited)
        guard inOrder, !late.isEmpty else {
            let inherited = body.filter(isInherited)
            return body.filter { !isInherited($0) }.map { isHost($0) ? completed($0, with: inherited) : $0 }
        }
        var inherited: [Statement] = []
        return late
            + body.compactMap { statement in
                if isHost(statement) { return completed(statement, with: inherited) }
                guard isInherited(statement) else { return statement }
                inherited.append(statement)
                return nil
            }
    }

    /// `floating 192.0.2.1:7000;` is a host too.
    private static func isHost(_ statement: Statement) -> Bool {
        hosts.contains(statement.keyword.text) && (statement.body != nil || statement.keyword.text == "floating")
    }

    private static func isInherited(_ statement: Statement) -> Bool {
        statement.body == nil ? parameters.contains(statement.keyword.text) : statement.keyword.text == "volume"
    }

    /// What the section says itself stands; what it does not, it inherits.
    private static func completed(_ section: Statement, with inherited: [Statement]) -> Statement {
        var section = section
        var body = section.body ?? []
        for statement in inherited.inForce {
            if let index = body.firstIndex(where: { $0.names(statement) }) {
                if statement.body != nil { body[index] = completed(body[index], with: statement.body ?? []) }
            } else {
                body.append(statement)
            }
        }
        section.body = body
        return section
    }
}

extension [DRBDConfiguration.Statement] {
    /// Of a parameter that is said twice the later counts; of two volumes of one number the first.
    fileprivate var inForce: [Element] {
        enumerated().filter { index, statement in
            statement.body != nil || !self[(index + 1)...].contains { $0.names(statement) }
        }.map(\.element)
    }
}

extension DRBDConfiguration.Statement {
    /// Whether it is about the same as another one: a parameter of one name, a volume of one number.
    fileprivate func names(_ other: Self) -> Bool {
        guard (body == nil) == (other.body == nil) else { return false }
        let name = { (statement: Self) in statement.keyword.text.replacingPrefix("flexible-", with: "") }
        return name(self) == name(other) && (body == nil || arguments.map(\.text) == other.arguments.map(\.text))
    }
}

extension String {
    fileprivate func replacingPrefix(_ prefix: String, with replacement: String) -> String {
        hasPrefix(prefix) ? replacement + dropFirst(prefix.count) : self
    }
}

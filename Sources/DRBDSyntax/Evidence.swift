extension DRBDConfiguration {
    /// The generations whose drbdadm knows every word of the file where it stands. All of them where its words contradict each
    /// other: then the file is nobody's, and says nothing about the values.
    var dialects: Dialects { knownWords.isEmpty ? .all : knownWords }

    /// The same; none where no drbdadm knows them all.
    var knownWords: Dialects { Evidence.dialects(of: statements, in: .file) }

    /// Whether it has the section that 8.3 keeps its options in: its spellings have to stay what they are, for 8.3 reads no newer
    /// one. 8.4 reads it too.
    public var keepsFormerSpelling: Bool { statements.contains(where: \.holdsSyncer) }
}

enum Evidence {
    typealias Statement = DRBDConfiguration.Statement

    /// What nobody knows is no evidence.
    static func dialects(of statements: [Statement], in section: Section) -> Dialects {
        statements.reduce(.all) { $0.intersection(dialects(of: $1, in: section)) }
    }

    private static func dialects(of statement: Statement, in section: Section) -> Dialects {
        // "[ some_text ] {" (8.3 and 8.4, drbdadm_parser.c)
        if statement.isSkipped, statement.arguments.count > 1 || statement.arguments.contains(where: ReservedWord.isNoName) { return .v9 }
        if let body = statement.body {
            guard let (inner, dialects) = section.section(statement.keyword.text) else { return .all }
            return dialects.intersection(Self.dialects(of: body, in: inner))
        }
        guard let parameter = section.parameter(statement.keyword.text) else { return .all }
        // 8.3 has flags only: "allow-two-primaries;".
        let isAnswered = parameter.form == .boolean && !statement.arguments.isEmpty
        return isAnswered ? parameter.dialects.intersection(.since84) : parameter.dialects
    }
}

extension DRBDConfiguration.Statement {
    fileprivate var holdsSyncer: Bool { keyword.text == "syncer" || body?.contains(where: \.holdsSyncer) == true }
}

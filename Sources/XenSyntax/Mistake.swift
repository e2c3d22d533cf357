internal import Diagnostics

/// What people write that xl can't read, most of it from the time when xm read these files as Python.
struct Mistake {
    var message: String
    var expected: String?
    var remedy: String?
    /// What to write instead, where it can be nothing else.
    var successor: String?

    func finding(at range: Range<Int>, of source: SourceText) -> Finding {
        var finding = Finding.error(message, at: source.place(range), expected: expected, remedy: remedy)
        finding.fix = successor.map { TextEdit(file: source.path, range: range, replacement: $0) }
        return finding
    }
}

extension Mistake {
    static let nestedTooDeeply = Mistake(message: "lists nested deeper than \(XenConfiguration.deepestNesting)")
    static let openList = Mistake(message: "a list that is not closed", expected: "] before the end of the file")

    static func openList(before key: String) -> Mistake {
        Mistake(message: "a list that is not closed", expected: "] before \(key) is set")
    }

    private static let expression = Mistake(
        message: "an expression: xl reads no Python", remedy: "write the value out")

    private static let pythonKeywords: Set<String> = [
        "assert", "class", "def", "del", "elif", "else", "except", "exec", "finally", "for", "from", "global", "if",
        "import",
        "pass", "print", "raise", "return", "try", "while", "with",
    ]

    static func withoutAssignment(_ key: String, before next: Lexer.Token.Kind) -> Mistake {
        if pythonKeywords.contains(key) || next == .unknown("(") {
            return Mistake(
                message: "a statement of Python: xl reads settings only", expected: "key = value",
                remedy: "write out what it computes")
        }
        return Mistake(message: "a key without a value", expected: "\(key) = value")
    }

    static func notAKey(_ kind: Lexer.Token.Kind) -> Mistake {
        if case .foreign(let word) = kind {
            let lowered = word.lowercased()
            return Mistake(
                message: "a key that xl can't read",
                expected: "a lower-case letter, then lower-case letters, digits, _",
                remedy: lowered.utf8.first == UInt8(ascii: "_") ? nil : "write \(lowered)")
        }
        return Mistake(message: "\(name(of: kind)) where a setting begins", expected: "key = value")
    }

    /// - Parameters:
    ///   - next: what stands behind it.
    ///   - key: the key that is set; nil within a list.
    static func insteadOfValue(_ kind: Lexer.Token.Kind, before next: Lexer.Token.Kind, of key: String?) -> Mistake {
        let expected = "a number, a text in quotes, or a list in [ ]"
        switch kind {
        case .lineBreak, .end, .semicolon, .comma, .close:
            return Mistake(message: "a value is missing", expected: expected)
        case .key(let word), .foreign(let word):
            return isLast(next) ? insteadOfValue(word, of: key) : isSetting(next) ? settingInList : expression
        case .unknown(let character):
            return insteadOfValue(character)
        case .text, .open, .assign:
            return Mistake(message: "\(name(of: kind)) where a value belongs", expected: expected)
        }
    }

    private static let settingInList = Mistake(message: "a text without quotes", remedy: "put key=value in quotes, the whole of it")

    private static func isLast(_ next: Lexer.Token.Kind) -> Bool { [.lineBreak, .end, .semicolon, .comma, .close].contains(next) }

    private static func isSetting(_ next: Lexer.Token.Kind) -> Bool {
        if case .assign = next { true } else { false }
    }

    private static func insteadOfValue(_ word: String, of key: String?) -> Mistake {
        let isNumber = key.map { Keys.form(of: $0) == .number } ?? false
        switch word {
        case "True", "False":
            let number = word == "True" ? "1" : "0"
            return Mistake(message: "a truth value of Python", remedy: "write \(number)", successor: number)
        case "None": return Mistake(message: "the None of Python", remedy: "leave the key out")
        case _ where isNumber && Keys.flags[word.lowercased()] != nil:
            return Mistake(
                message: "a word for yes or no: xl wants a number", remedy: Keys.flags[word.lowercased()].map { "write \($0)" })
        case _ where isNumber: return Mistake(message: "a word where a number belongs", expected: "a number")
        default: return Mistake(message: "a text without quotes", remedy: "write \"\(word)\"")
        }
    }

    private static func insteadOfValue(_ character: Unicode.Scalar) -> Mistake {
        switch character {
        case "-": Mistake(message: "a negative number without quotes", remedy: "put it in quotes")
        case "(", "{": Mistake(message: "a tuple or dictionary of Python", expected: "a list in [ ]")
        case "/": Mistake(message: "a path without quotes", remedy: "put it in quotes")
        default: Mistake(message: "a character that xl knows in quotes only", expected: "a value")
        }
    }

    static func afterValue(_ kind: Lexer.Token.Kind, of key: String) -> Mistake {
        switch kind {
        case .unknown(".") where Keys.form(of: key) == .number:
            Mistake(message: "a broken number: xl wants a whole one", expected: "a whole number")
        case .unknown("."): Mistake(message: "a broken number without quotes", remedy: "put it in quotes")
        case .unknown, .assign(.add): expression
        case .key("if"), .key("for"), .key("and"), .key("or"), .key("not"), .key("in"): expression
        case .foreign where Keys.inMebibytes.contains(key), .key where Keys.inMebibytes.contains(key):
            Mistake(message: "a unit after a number", remedy: "write the number alone: xl counts \(key) in MiB")
        default: Mistake(message: "\(name(of: kind)) after the value", expected: "a line break or ;")
        }
    }

    static func withoutComma(_ kind: Lexer.Token.Kind) -> Mistake {
        switch kind {
        case .unknown, .key, .foreign: expression
        default: Mistake(message: "\(name(of: kind)) after a value of a list", expected: ", or ]")
        }
    }

    private static func name(of kind: Lexer.Token.Kind) -> String {
        switch kind {
        case .key(let word), .foreign(let word): "the word \(word)"
        case .text: "a value"
        case .open: "a ["
        case .close: "a ]"
        case .comma: "a comma"
        case .semicolon: "a ;"
        case .assign(let sign): "a \(sign.rawValue)"
        case .lineBreak, .end: "the end of the line"
        case .unknown: "a character that xl does not know"
        }
    }
}

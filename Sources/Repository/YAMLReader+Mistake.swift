internal import Diagnostics
internal import Yams

extension YAMLReader {
    /// What the parser found, in the words of this program.
    func finding(_ error: YamlError) -> Finding {
        switch error {
        case .duplicatedKeysInMapping(let keys, let context): repeated(keys.sorted().first ?? "", in: context.mark)
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            // An open quote ends with the file: it is seen where it begins.
            problem.contains("end of stream") ? mistake(problem, context?.mark ?? mark) : mistake(problem, mark)
        case .reader(let problem, let offset, _, _): .error("YAML: \(problem)", at: source.place(at: offset ?? 0))
        default: .error("YAML: \(error)", at: source.place(at: 0))
        }
    }

    private func mistake(_ problem: String, _ mark: Mark) -> Finding {
        let place = place(mark, length: 1)
        let letter = place.text.dropFirst(place.column - 1).first
        if problem.contains("another document") {
            return .error("a second document", at: place, expected: "one document in a file")
        } else if problem.contains("nesting level") {
            return .error("lists and mappings that nest too deep", at: place, expected: "1,000 levels at most")
        } else if problem.contains("cannot start any token") {
            let remedy = letter == "\t" ? "indent with blanks: YAML takes no tab" : "put the text in quotes"
            return .error("YAML: \(problem)", at: place, remedy: remedy)
        }
        return .error("YAML: \(problem)", at: place)
    }

    private func repeated(_ key: String, in mapping: Mark) -> Finding {
        .error("\"\(key)\" is set twice", at: secondPlace(of: key, in: mapping) ?? place(mapping, length: 1), remedy: "remove one")
    }

    /// Where a key of a mapping stands for the second time: in a block they all begin in one column.
    private func secondPlace(of key: String, in mapping: Mark) -> Place? {
        let start = offset(of: mapping)
        let isFlow = source.bytes[..<start].last { !" \n".utf8.contains($0) } == UInt8(ascii: "{")
        var (position, found) = (start, 0)
        while let range = source.range(of: key, from: position) {
            position = range.upperBound
            guard source.isKey(range) else { continue }
            let place = source.place(range)
            guard isFlow || abs(place.column - mapping.column) <= 1 else { continue }  // quotes come before some
            found += 1
            if found == 2 { return place }
        }
        return nil
    }
}

extension SourceText {
    /// Whether a colon follows, quotes and blanks aside, and nothing of a longer word comes before.
    fileprivate func isKey(_ range: Range<Int>) -> Bool {
        let before = range.lowerBound == 0 ? UInt8(ascii: "\n") : bytes[range.lowerBound - 1]
        let after = bytes[range.upperBound...].first { !"\"' ".utf8.contains($0) }
        return after == UInt8(ascii: ":") && "\n\"' {,".utf8.contains(before)
    }
}

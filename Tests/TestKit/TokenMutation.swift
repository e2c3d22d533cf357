/// The text with one or two of its words or lines removed, doubled, moved or exchanged: what people do to a file, more than to its letters.
///
/// - Parameter spice: words that stand in such files.
public func mutatedWords(_ text: String, with spice: [String], _ random: inout Seeded) -> String {
    var tokens = Tokens(text)
    for _ in 0..<random.number(1...2) { tokens.mutate(with: spice, &random) }
    return tokens.text
}

private struct Tokens {
    private var all: [String] = []

    init(_ text: String) {
        var kind: Kind?
        for character in text {
            let next = Kind(character, within: kind, all.last)
            if next == kind, next != .mark { all[all.count - 1].append(character) } else { all.append(String(character)) }
            kind = next
        }
    }

    private enum Kind {
        case word, blank, mark, quoted

        init(_ character: Character, within current: Kind?, _ token: String?) {
            let isOpen = current == .quoted && (token?.count == 1 || token?.last != token?.first)
            if isOpen, character != "\n" {
                self = .quoted
            } else if character == "\"" || character == "'" {
                self = .quoted
            } else if character.isWhitespace {
                self = .blank
            } else {
                self = "{};[]=,".contains(character) ? .mark : .word
            }
        }
    }

    var text: String { all.joined() }

    mutating func mutate(with spice: [String], _ random: inout Seeded) {
        let words = all.indices.filter { !all[$0].allSatisfy(\.isWhitespace) }
        guard let index = words.randomElement(using: &random), let other = words.randomElement(using: &random) else { return }
        switch random.number(0...9) {
        case 0, 1: all.remove(at: index)
        case 2: all.insert(contentsOf: [" ", all[index]], at: index)
        case 3: all.swapAt(index, other)
        case 4: all[index] = all[other]
        case 5: all[index] = random.pick(spice)
        case 6: all.insert(contentsOf: [random.pick(spice), " "], at: index)
        case 7: all.removeSubrange(statement(around: index))
        case 8: all.insert(contentsOf: all[statement(around: index)], at: statement(around: other).lowerBound)
        default:
            let moved = Array(all[statement(around: index)])
            all.removeSubrange(statement(around: index))
            all.insert(contentsOf: moved, at: min(other, all.count))
        }
    }

    /// From behind one line break, brace or semicolon to the next.
    private func statement(around index: Int) -> Range<Int> {
        let isEnd = { (token: String) in token.contains("\n") || [";", "{", "}"].contains(token) }
        let start = all[..<index].lastIndex(where: isEnd).map { $0 + 1 } ?? 0
        let end = all[index...].firstIndex(where: isEnd).map { $0 + 1 } ?? all.count
        return min(start, index)..<max(end, index + 1)
    }
}

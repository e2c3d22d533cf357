/// What separates two texts, line by line, for people to read.
///
/// Bounded: beyond `mostLinesAligned` differing lines the two sides are shown one after the other, and a description
/// ends after `limit` lines by saying how many more there are.
public struct TextDiff: Hashable, Sendable {
    public enum Line: Hashable, Sendable {
        case kept(String)
        case removed(String)
        case added(String)
        /// So many unchanged lines are left out here.
        case gap(Int)
    }

    /// Empty when the texts are equal.
    public let lines: [Line]
    /// How many lines a description shows at most.
    public let limit: Int

    public init(from old: String, to new: String, limit: Int = 200) {
        self.limit = max(1, limit)
        lines = old == new ? [] : Self.condense(Self.align(Self.split(old), Self.split(new)))
    }

    public var isEmpty: Bool { lines.isEmpty }

    private static let mostLinesAligned = 2_000
    private static let context = 1
}

extension TextDiff: CustomStringConvertible {
    /// A line each, led by `-`, `+` or a blank; `@@` stands for unchanged lines left out. Control characters
    /// become blanks.
    public var description: String {
        var shown = lines.prefix(limit).map(\.description)
        if lines.count > limit { shown.append("@@ \(lines.count - limit) more lines of this difference @@") }
        return shown.joined(separator: "\n")
    }
}

extension TextDiff.Line: CustomStringConvertible {
    public var description: String {
        switch self {
        case .kept(let text): " " + text.printable
        case .removed(let text): "-" + text.printable
        case .added(let text): "+" + text.printable
        case .gap(let count): "@@ \(count) unchanged @@"
        }
    }
}

extension String {
    fileprivate var printable: String { String(map { $0.isPrintable ? $0 : " " }) }
}

extension TextDiff {
    /// A line with its line break, so that a missing last line break is a difference like any other.
    private typealias RawLine = ArraySlice<UInt8>

    private static func split(_ text: String) -> [RawLine] {
        let bytes = Array(text.utf8)
        var lines: [RawLine] = []
        var start = 0
        for index in bytes.indices where bytes[index] == UInt8(ascii: "\n") {
            lines.append(bytes[start...index])
            start = index + 1
        }
        if start < bytes.count { lines.append(bytes[start...]) }
        return lines
    }

    private static func text(_ line: RawLine) -> String {
        line.last == UInt8(ascii: "\n")
            ? String(decoding: line.dropLast(), as: UTF8.self)
            : String(decoding: line, as: UTF8.self) + " (no line break at the end)"
    }

    /// Every line of both texts in order: what both have once, the rest as removed or added.
    private static func align(_ old: [RawLine], _ new: [RawLine]) -> [Line] {
        let head = zip(old, new).prefix { $0 == $1 }.count
        let tail = zip(old.dropFirst(head).reversed(), new.dropFirst(head).reversed()).prefix { $0 == $1 }.count
        let before = old.prefix(head).map { Line.kept(text($0)) }
        let after = old.suffix(tail).map { Line.kept(text($0)) }
        let changed = alignMiddle(
            Array(old.dropFirst(head).dropLast(tail)), Array(new.dropFirst(head).dropLast(tail)))
        return before + changed + after
    }

    private static func alignMiddle(_ old: [RawLine], _ new: [RawLine]) -> [Line] {
        guard old.count + new.count <= mostLinesAligned else {
            return old.map { .removed(text($0)) } + new.map { .added(text($0)) }
        }
        let difference = new.difference(from: old)
        let removed = Set(difference.removals.map(\.offset))
        let added = Set(difference.insertions.map(\.offset))
        var lines: [Line] = []
        var next = 0
        for (offset, line) in old.enumerated() {
            if removed.contains(offset) {
                lines.append(.removed(text(line)))
            } else {
                while added.contains(next) {
                    lines.append(.added(text(new[next])))
                    next += 1
                }
                lines.append(.kept(text(line)))
                next += 1
            }
        }
        return lines + new[next...].map { .added(text($0)) }
    }

    /// Leaves out the unchanged lines that no change stands near.
    private static func condense(_ lines: [Line]) -> [Line] {
        var isNear = [Bool](repeating: false, count: lines.count)
        for index in lines.indices where !lines[index].isKept {
            for near in max(0, index - context)...min(lines.count - 1, index + context) { isNear[near] = true }
        }
        var result: [Line] = []
        var leftOut = 0
        for (index, line) in lines.enumerated() {
            if isNear[index] {
                if leftOut > 0 { result.append(.gap(leftOut)) }
                leftOut = 0
                result.append(line)
            } else {
                leftOut += 1
            }
        }
        return leftOut > 0 ? result + [.gap(leftOut)] : result
    }
}

extension CollectionDifference.Change {
    fileprivate var offset: Int {
        switch self {
        case .insert(let offset, _, _), .remove(let offset, _, _): offset
        }
    }
}

extension TextDiff.Line {
    fileprivate var isKept: Bool {
        if case .kept = self { true } else { false }
    }
}

/// Finds what a person probably meant: the nearest known word within a third of its length, of several the first in the
/// alphabet. Of a single letter every other one would be as near; and `xps-101` is another machine than `xps-102`, not a way to spell it.
///
/// A commit that is wrong throughout asks a thousand times among thousands of words.
public func nearest<Words: Collection<String>>(to word: String, among known: Words) -> String? {
    let letters = word.letters
    guard letters.count > 1 else { return nil }
    let digits = letters.digits
    var best: (word: String, distance: Int)?
    var limit = max(1, letters.count / 3)
    for candidate in known {
        let others = candidate.letters
        guard abs(others.count - letters.count) <= limit else { continue }
        guard digits.isEmpty || others.digits.isEmpty || digits.elementsEqual(others.digits) else { continue }
        let distance = editDistance(letters, others, limit: limit)
        guard distance <= limit, best.map({ (distance, candidate) < ($0.distance, $0.word) }) ?? true else { continue }
        best = (candidate, distance)
        limit = distance
    }
    return best?.word
}

/// The sentence to go with it, if there is one.
public func didYouMean<Words: Collection<String>>(_ word: String, among known: Words) -> String? {
    nearest(to: word, among: known).map { "did you mean \"\($0)\"?" }
}

func editDistance(_ a: String, _ b: String, limit: Int) -> Int { editDistance(a.letters, b.letters, limit: limit) }

/// How many letters are to be changed, put in, left out, or swapped with the next one (the optimal string alignment distance);
/// `limit + 1` as soon as it must be greater than `limit`.
private func editDistance(_ a: [UInt32], _ b: [UInt32], limit: Int) -> Int {
    let width = b.count + 1
    return withUnsafeTemporaryAllocation(of: Int.self, capacity: 3 * width) { cells in
        for j in 0..<width { cells.initializeElement(at: j, to: j) }
        var (row, before, next) = (0, width, 2 * width)
        for i in a.indices {
            cells.initializeElement(at: next, to: i + 1)
            var least = i + 1
            for j in b.indices {
                var distance = min(cells[row + j] + (a[i] == b[j] ? 0 : 1), cells[row + j + 1] + 1, cells[next + j] + 1)
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { distance = min(distance, cells[before + j - 1] + 1) }
                cells.initializeElement(at: next + j + 1, to: distance)
                least = min(least, distance)
            }
            if least > limit { return limit + 1 }
            (before, row, next) = (row, next, before)
        }
        return min(cells[row + b.count], limit + 1)
    }
}

extension [UInt32] {
    fileprivate var digits: [UInt32] { filter { (0x30...0x39).contains($0) } }
}

extension String {
    /// In lower case, as numbers.
    fileprivate var letters: [UInt32] {
        if utf8.allSatisfy({ $0 < 0x80 }) { return utf8.map { (0x41...0x5A).contains($0) ? UInt32($0 | 0x20) : UInt32($0) } }
        return lowercased().unicodeScalars.map(\.value)
    }
}

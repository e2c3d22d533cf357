/// Finds what a person probably meant: the nearest known word within a third of its length.
public func nearest<Words: Collection<String>>(to word: String, among known: Words) -> String? {
    let limit = max(1, word.count / 3)
    let lowered = word.lowercased()
    var best: (word: String, distance: Int)?
    for candidate in known where abs(candidate.count - word.count) <= limit {
        let distance = editDistance(lowered, candidate.lowercased(), limit: limit)
        if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.word
}

/// The sentence to go with it, if there is one.
public func didYouMean<Words: Collection<String>>(_ word: String, among known: Words) -> String? {
    nearest(to: word, among: known).map { "did you mean \"\($0)\"?" }
}

/// How many letters are to be changed, put in, left out, or swapped with the next one (the optimal string alignment distance);
/// `limit + 1` as soon as it must be greater than `limit`.
func editDistance(_ a: String, _ b: String, limit: Int) -> Int {
    let a = Array(a.unicodeScalars)
    let b = Array(b.unicodeScalars)
    var before: [Int] = []
    var row = Array(0...b.count)
    for i in a.indices {
        var next = [i + 1]
        for j in b.indices {
            var distance = min(row[j] + (a[i] == b[j] ? 0 : 1), row[j + 1] + 1, next[j] + 1)
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { distance = min(distance, before[j - 1] + 1) }
            next.append(distance)
        }
        if next.allSatisfy({ $0 > limit }) { return limit + 1 }
        (before, row) = (row, next)
    }
    return row[b.count]
}

/// What was probably meant, for the first hundred words that are wrong.
///
/// Where thousands are, one mistake was made thousands of times, and each guess looks at every word that would be right.
public struct Guesses {
    private let list: () -> [String]
    private lazy var known = list()
    private var count = 0

    /// - Parameter known: asked for when the first word is wrong.
    public init(among known: @autoclosure @escaping () -> [String]) { list = known }

    /// The nearest known word; nil where none is near, and for all words after the first hundred.
    ///
    /// - Parameter others: words that can't be meant.
    public mutating func nearest(to word: String, but others: Set<String> = []) -> String? {
        count += 1
        guard count <= Report.bound else { return nil }
        return Diagnostics.nearest(to: word, among: others.isEmpty ? known : known.filter { !others.contains($0) })
    }

    /// The sentence to go with it, if there is one.
    public mutating func didYouMean(_ word: String, but others: Set<String> = []) -> String? {
        nearest(to: word, but: others).map { "did you mean \"\($0)\"?" }
    }
}

/// Of two long texts what differs, and a little around it.
enum Excerpt {
    /// Characters; shorter texts are shown as they are.
    private static let longest = 60
    private static let around = 12

    static func pair(_ old: String, _ new: String) -> (old: String, new: String) {
        guard old.count > longest || new.count > longest else { return (old, new) }
        let (a, b) = (Array(old), Array(new))
        let start = zip(a, b).prefix { $0 == $1 }.count
        let end = zip(a.reversed(), b.reversed()).prefix(min(a.count, b.count) - start).prefix { $0 == $1 }.count
        let head = max(0, start - around)
        let tail = max(0, end - around)
        return (cut(a, head, tail), cut(b, head, tail))
    }

    private static func cut(_ text: [Character], _ head: Int, _ tail: Int) -> String {
        (head > 0 ? "…" : "") + String(text[head..<max(head, text.count - tail)]) + (tail > 0 ? "…" : "")
    }
}

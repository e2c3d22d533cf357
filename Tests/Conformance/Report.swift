/// Counts, and every file that falls short with its reason.
struct Report {
    private(set) var isClean = true

    mutating func unreadable(_ line: String) {
        isClean = false
        print("unreadable  \(line)")
    }

    mutating func add(_ check: Check, names: [String], _ shortfalls: [String?], took duration: Duration) {
        let short = zip(names, shortfalls).compactMap { name, reason in reason.map { (name, $0) } }
        let count = "\(names.count - short.count) of \(names.count)"
        print("(\(check.rawValue)) \(count)  \(check.title)  [\(duration.components.seconds) s]")
        for (name, reason) in short { print("    \(name)  \(reason.prefix(300))") }
        if !short.isEmpty { isClean = false }
    }
}

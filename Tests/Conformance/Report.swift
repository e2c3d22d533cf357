/// Counts, and every file that falls short with its reason.
struct Report {
    private(set) var isClean = true

    mutating func unreadable(_ line: String) {
        isClean = false
        print("unreadable  \(line)")
    }

    mutating func add(_ check: Check, names: [String], _ shortfalls: [Shortfall?], took duration: Duration) {
        let short = zip(names, shortfalls).compactMap { name, shortfall in shortfall.map { (name, $0) } }
        let excused = short.count { $0.1.excuse != nil }
        let beyond = excused > 0 ? ", \(excused) \(check.excused)" : ""
        print("(\(check.rawValue)) \(names.count - short.count) of \(names.count)\(beyond)  \(check.title)  [\(duration.components.seconds) s]")
        for (name, shortfall) in short {
            print("    \(name)  \(shortfall.excuse.map { "\(check.excused), since \($0)  " } ?? "")\(shortfall.reason.prefix(300))")
        }
        if excused < short.count { isClean = false }
    }
}

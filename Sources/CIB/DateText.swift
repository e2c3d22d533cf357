/// A date as Pacemaker 2.1 reads it (crm_time_new, lib/common/iso8601.c): `2030-01-31`, `20300131`, `2030-031`, `2030-W05-4`, each perhaps with
/// a time behind `T` or a blank; a time alone, which is today's; `epoch`.
public enum DateText {
    /// What it can't read it says, and takes the rule for one that never holds.
    public static func isReadable(_ text: String) -> Bool {
        var reader = Reader(Array(text.utf8))
        if reader.bytes.first == UInt8(ascii: "T") || reader.bytes.count > 2 && reader.bytes[2] == UInt8(ascii: ":") {
            _ = reader.take("T")
            return reader.time()
        }
        if text == "now" || text == "epoch" || text.hasPrefix("epoch/") || text.hasPrefix("epoch ") { return true }
        guard reader.date() else { return false }
        guard let start = reader.bytes.firstIndex(of: UInt8(ascii: "T")) ?? reader.bytes.firstIndex(of: UInt8(ascii: " ")) else { return true }
        reader.position = start + 1
        return reader.time()
    }
}

/// Takes numbers as sscanf does.
private struct Reader {
    let bytes: [UInt8]
    var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    mutating func number(digits: Int = 10) -> Int? {
        let end = bytes[position...].prefix(digits).firstIndex { !(0x30...0x39).contains($0) } ?? min(bytes.count, position + digits)
        defer { position = end }
        return Int(String(decoding: bytes[position..<end], as: UTF8.self))
    }

    mutating func date() -> Bool {
        guard let year = number() else { return false }
        guard take("-") else {
            position = 0
            guard let year = number(digits: 4), let month = number(digits: 2), let day = number(digits: 2) else { return false }
            return isDay(day, month, year)
        }
        if take("W") {
            guard let week = number(), take("-"), let day = number() else { return false }
            return (0...weeks(in: year)).contains(week) && (1...7).contains(day)
        }
        guard let second = number() else { return false }
        guard take("-"), let day = number() else { return (1...(isLeap(year) ? 366 : 365)).contains(second) }
        return isDay(day, second, year)
    }

    /// `10`, `10:30`, `10:30:59`, `103059`; an offset behind it is not looked at closely.
    mutating func time() -> Bool {
        let start = position
        guard var hour = number() else { return false }
        var rest = [0, 0]
        if take(":") {
            for index in rest.indices {
                guard let part = number() else { break }
                rest[index] = part
                guard take(":") else { break }
            }
        } else {
            position = start
            hour = number(digits: 2) ?? 0
            for index in rest.indices { rest[index] = number(digits: 2) ?? 0 }
        }
        if hour == 24 { return rest == [0, 0] }
        return hour < 24 && rest.allSatisfy { $0 < 60 }
    }

    private func isDay(_ day: Int, _ month: Int, _ year: Int) -> Bool {
        guard (1...12).contains(month) else { return false }
        let lengths = [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return ((month > 1 ? 0 : 1)...lengths[month - 1]).contains(day)  // the day before the first, but in January
    }

    private func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    /// A year that begins on a Thursday, or a leap year on a Wednesday, has 53 weeks.
    private func weeks(in year: Int) -> Int {
        let before = year - 1
        let firstDay = (1 + 5 * (before % 4) + 4 * (before % 100) + 6 * (before % 400)) % 7  // 0 is Sunday (Gauss)
        return firstDay == 4 || firstDay == 3 && isLeap(year) ? 53 : 52
    }
}

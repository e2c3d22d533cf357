/// The kinds of value that Pacemaker reads, and when two spellings mean the same.
public enum Scalar: Hashable, Sendable {
    /// Compared letter by letter.
    case text
    /// An integer from -1000000 to 1000000; INFINITY is 1000000 (Pacemaker Explained, "Scores").
    case score
    /// A span of time: `20`, `20s`, `20000ms`, `1min`, `PT20S`.
    case duration
    /// on, true, yes, y, 1 and off, false, no, n, 0 in any case (crm_str_to_boolean).
    case boolean
    /// Started, Stopped, Promoted (formerly Master), Unpromoted (formerly Slave), in any case.
    case role
    /// Optional, Mandatory or Serialize; or a score in its place: 0 is Optional, any other Mandatory.
    case orderKind
    /// Digits, perhaps behind a sign.
    case integer
    /// One of these words, in any case.
    case oneOf([String])

    /// The one spelling of all that mean the same; what can't be read as this kind stays as it is.
    public func canonical(_ value: String) -> String {
        switch self {
        case .text, .integer, .oneOf: value
        case .score: parseScore(value).map(String.init) ?? value
        case .duration: parseMilliseconds(value).map { "\($0)ms" } ?? value
        case .boolean: parseBoolean(value).map(String.init) ?? value
        case .role: canonicalRole(value)
        case .orderKind: canonicalOrderKind(value)
        }
    }

    /// A span of time in milliseconds; nil for what is none.
    public static func milliseconds(of value: String) -> Int? { parseMilliseconds(value) }

    public func same(_ a: String, _ b: String) -> Bool {
        a == b || (self != .text && canonical(a) == canonical(b))
    }

    /// Whether the value is one of this kind at all.
    public func accepts(_ value: String) -> Bool {
        switch self {
        case .text: true
        case .score: parseScore(value) != nil
        case .duration: parseMilliseconds(value) != nil || isCalendarDuration(value)
        case .boolean: parseBoolean(value) != nil
        case .role: ["started", "stopped", "promoted", "unpromoted"].contains(canonicalRole(value).lowercased())
        case .integer: signed(value).rest.utf8.allSatisfy(isDigit) && value.utf8.contains(where: isDigit)
        case .oneOf(let words): words.contains(value.lowercased())
        case .orderKind: ["Optional", "Mandatory", "Serialize"].contains(canonicalOrderKind(value))
        }
    }
}

private let infinity = 1_000_000

/// As char2score reads it (Pacemaker 2.1.5): `inf` is a word of crmsh alone, "Could not parse integer from 'inf' (using 0 instead)".
func parseScore(_ value: String) -> Int? {
    let (negative, digits) = signed(value)
    let magnitude: Int
    switch digits {
    case "INFINITY": magnitude = infinity
    default:
        guard !digits.isEmpty, digits.utf8.allSatisfy(isDigit) else { return nil }
        // strtoll(3) has no more: what is beyond is no number to Pacemaker, and counts as 0.
        guard let number = Int(negative ? "-\(digits)" : String(digits)) else { return nil }
        magnitude = Int(min(number.magnitude, UInt(infinity)))
    }
    return negative ? -magnitude : magnitude
}

private func signed(_ value: String) -> (negative: Bool, rest: Substring) {
    switch value.first {
    case "-": (true, value.dropFirst())
    case "+": (false, value.dropFirst())
    default: (false, value[...])
    }
}

private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

/// Milliseconds of a time as crm_parse_interval_spec reads it: a number with a unit, seconds if there is none,
/// or an ISO 8601 duration of weeks, days, hours, minutes and seconds.
///
/// Of the unit only the beginning is looked at (crm_get_msec): `10seconds`, `10minutes` and `10month`, which is ten minutes.
func parseMilliseconds(_ value: String) -> Int? {
    if value.utf8.first == UInt8(ascii: "P"), value.first == "P" { return parseISODuration(value.dropFirst()) }
    let text = value.utf8.drop(while: isBlank)
    let digits = text.prefix { isDigit($0) || $0 == UInt8(ascii: ".") }
    guard let number = Int(Substring(digits.prefix(while: isDigit))) else { return nil }
    let unit = text[digits.endIndex...].drop(while: isBlank).prefix(2).map { Unicode.Scalar($0 | 0x20) }
    let (scale, divisor): (Int, Int)
    switch (unit.first, unit.dropFirst().first) {
    case (nil, _): (scale, divisor) = (1000, 1)
    case ("m", "s"): (scale, divisor) = (1, 1)
    case ("u", "s"): (scale, divisor) = (1, 1000)
    case ("s", _): (scale, divisor) = (1000, 1)
    case ("m", _): (scale, divisor) = (60_000, 1)
    case ("h", _): (scale, divisor) = (3_600_000, 1)
    default: return nil
    }
    let (product, overflow) = number.multipliedReportingOverflow(by: scale)
    return overflow ? nil : product / divisor
}

private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x9...0xD).contains(byte) }

/// `P1Y`, `P2M`, `P1Y2M10DT2H30M`: a time with years or months in it, which are of no one length. Pacemaker minds neither the order nor the T.
private func isCalendarDuration(_ value: String) -> Bool {
    guard value.hasPrefix("P"), value.utf8.count > 1 else { return false }
    var digits = 0
    for byte in value.utf8.dropFirst() {
        switch byte {
        case _ where isDigit(byte): digits += 1
        case UInt8(ascii: "T") where digits == 0: break
        case _ where digits > 0 && "YMWDHS".utf8.contains(byte): digits = 0
        default: return false
        }
    }
    return digits == 0
}

private func parseISODuration(_ text: Substring) -> Int? {
    var seconds = 0
    var number = 0
    var digits = 0
    var inTime = false
    var hasUnit = false
    for character in text {
        if let digit = character.wholeNumberValue, character.isASCII, digits < 9 {
            number = number * 10 + digit
            digits += 1
            continue
        }
        if character == "T", digits == 0, !inTime {
            inTime = true
            continue
        }
        guard digits > 0, let unit = isoUnit(character, inTime: inTime) else { return nil }
        seconds += number * unit
        hasUnit = true
        number = 0
        digits = 0
    }
    return digits == 0 && hasUnit ? seconds * 1000 : nil
}

private func isoUnit(_ letter: Character, inTime: Bool) -> Int? {
    switch (letter, inTime) {
    case ("W", false): 604_800
    case ("D", false): 86_400
    case ("H", true): 3_600
    case ("M", true): 60
    case ("S", true): 1
    default: nil
    }
}

func parseBoolean(_ value: String) -> Bool? {
    switch value.lowercased() {
    case "true", "on", "yes", "y", "1": true
    case "false", "off", "no", "n", "0": false
    default: nil
    }
}

private func canonicalRole(_ value: String) -> String {
    switch value.lowercased() {
    case "promoted", "master": "Promoted"
    case "unpromoted", "slave": "Unpromoted"
    case "started": "Started"
    case "stopped": "Stopped"
    default: value
    }
}

private func canonicalOrderKind(_ value: String) -> String {
    switch value.lowercased() {
    case "mandatory": "Mandatory"
    case "optional": "Optional"
    case "serialize": "Serialize"
    default: parseScore(value).map { $0 == 0 ? "Optional" : "Mandatory" } ?? value
    }
}

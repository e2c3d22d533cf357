import CIB
import Diagnostics
import Host
import TestKit
import Testing
import XML

/// What Pacemaker's own parsers make of times and dates, over many of them.
struct TimeOracleTests {
    /// crm_verify says "Using 0 instead of '…'" of an interval that it can't read.
    @Test("A time is one that Pacemaker reads, and only that", arguments: 0..<2 as Range<UInt64>)
    func durations(_ seed: UInt64) async throws {
        var random = Seeded(seed &+ 5)
        let values = Self.times + (0..<400).map { _ in Self.time(&random) }
        let distinct = Array(Set(values)).sorted()
        let unread = try await Self.unread(distinct)
        let wrong = distinct.filter { Scalar.duration.accepts($0) == unread.contains($0) }
        #expect(wrong == [], "Pacemaker can't read of these: \(wrong.filter(unread.contains))")
        #expect(unread.count > 20 && unread.count < distinct.count - 20)
    }

    private static let times = [
        "10seconds", "10minutes", "10hours", "1000us", "P1Y", "P2M", "P1Y2M", "P1Y2M10DT2H30M", "10 s", " 10s", "10s ", "10month", "10d", "10x", "P",
        "PT", "P1", "10msx", "10uss", "1h30", "PT1H", "P1W", "P1D", "+5", "-5", "5.5s", "10S", "10Min", "",
    ]

    private static func time(_ random: inout Seeded) -> String {
        let units = [
            "", "s", "sec", "seconds", "ms", "msec", "us", "usec", "m", "min", "minutes", "h", "hr", "hours", "d", "days", "w", "x", "S", "MS", " s",
            "\u{C4}",
        ]
        guard random.chance(3) else { return "\(random.number(0...9999))\(random.pick(units))" }
        let parts = (0..<random.number(0...4)).map { _ in "\(random.number(0...99))\(random.pick(["Y", "M", "D", "W", "H", "S", "x", ""]))" }
        let place = random.number(0...parts.count)
        return "P" + parts[..<place].joined() + (random.chance(2) ? "T" : "") + parts[place...].joined()
    }

    /// One CIB with an operation for each.
    private static func unread(_ values: [String]) async throws -> Set<String> {
        let operations = values.enumerated().map { Element("op", ["id": "o\($0)", "name": "x\($0)", "interval": $1]) }
        let resource = Element(
            "primitive", ["id": "a", "class": "ocf", "provider": "pacemaker", "type": "Dummy"],
            children: [Element("operations", [], children: operations)])
        var edits = Edits()
        edits.add(CIBObject(id: ObjectID(.resource, "a"), element: resource))
        let output = try await Oracle("crm_verify", package: "pacemaker-cli-utils").judge(CIB.empty.applying(edits).xml, ["-VV", "-x", "FILE"])
        let lines = (output.error + output.text).split(separator: "\n")
        return Set(
            lines.compactMap { line in
                let parts = line.split(separator: "Using 0 instead of '", maxSplits: 1)
                return parts.count == 2 && parts[1].hasSuffix("'") ? String(parts[1].dropLast()) : nil
            })
    }

    @Test("A date is one that Pacemaker reads, and only that", arguments: 0..<2 as Range<UInt64>)
    func dates(_ seed: UInt64) async throws {
        var random = Seeded(seed &+ 11)
        var readable = 0
        for text in Self.dates + (0..<120).map({ _ in Self.date(&random) }) where !text.hasPrefix("-") {
            let output = try await Command("iso8601", ["--date=\(text)"]).run()
            let isRead = output.text.contains("Date:")
            #expect(DateText.isReadable(text) == isRead, "\"\(text)\": \(output.text)\(output.error)")
            readable += isRead ? 1 : 0
        }
        #expect(readable > 20 && readable < 120)
    }

    private static let dates = [
        "2030-13-99", "2030-12-31", "2030-02-29", "2028-02-29", "20300101", "2030-366", "2028-366", "2030-W53-1", "2026-W53-1", "2030-W01-8",
        "2030-01-01 25:00", "2030-01-01T10:00Z", "2030-01-01 24:00:00", "2030-01-01 24:00:01", "epoch", "2030", "12:00", "T12", "foo", "2030-01-01x",
        "10-10-2030",
        "2030-01-01T10:00:00+02:00", "1996-09-00", "1996-01-00", "1996-W00-1", "1996-000",
    ]

    private static func date(_ random: inout Seeded) -> String {
        let (year, month, day) = (random.number(1970...2040), random.number(0...14), random.number(0...33))
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let date =
            switch random.number(0...4) {
            case 0: "\(year)\(two(month))\(two(day))"
            case 1: "\(year)-\(random.number(0...370))"
            case 2: "\(year)-W\(two(random.number(0...54)))-\(random.number(0...8))"
            default: "\(year)-\(two(month))-\(two(day))"
            }
        guard random.chance(2) else { return date }
        let time = "\(two(random.number(0...26))):\(two(random.number(0...62)))" + (random.chance(2) ? ":\(two(random.number(0...62)))" : "")
        return date + random.pick(["T", " "]) + time + random.pick(["", "Z", "+01:00", "-0330"])
    }
}

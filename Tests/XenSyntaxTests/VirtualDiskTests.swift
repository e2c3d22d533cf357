import Host
import TestKit
import Testing

@testable import XenSyntax

/// libxenlight.a has the function that libxenlight.so hides.
@Suite("Names of disks have the numbers that libxl gives them")
struct VirtualDiskTests {
    @Test("those at the edges, and those that are none")
    func edges() async throws {
        let letters = ["", "a", "b", "d", "e", "o", "p", "q", "z", "aa", "bglxo", "bglxp", "zzzzz", "A", "a ", "a-"]
        let partitions = ["", "0", "1", "01", "15", "16", "63", "64", "255", "256", "+1", " 1", "-1", "-0", "1x", "99999999999999999999"]
        let numbers = ["", "0", "5", "+5", " 5", "5 ", "-5", "010", "08", "0x", "0x10", "0xg", "0X1f", "51712", "2147483647", "2147483648", "1.5"]
        let pairs = ["0", "1", "15", "16", "0x3", "+3", " 3", "-1", "08", "1048575", "1048576", "255", "256", ""]
        try await compare(
            ["xvd", "hd", "sd", "vd", "XVD", ""].flatMap { prefix in letters.flatMap { letter in partitions.map { prefix + letter + $0 } } }
                + numbers + pairs.flatMap { disk in pairs.map { "d\(disk)p\($0)" } } + ["d", "d1", "dp", "d1p2p3", "d1p2 "])
    }

    @Test("and any others", arguments: 0..<4 as Range<UInt64>)
    func random(_ seed: UInt64) async throws {
        var random = Seeded(seed)
        let pieces = ["xvd", "hd", "sd", "d", "p", "a", "b", "c", "p", "z", "0", "1", "2", "9", "16", "0x", " ", "+", "-", "f"]
        try await compare((0..<2000).map { _ in random.several(1...6) { $0.pick(pieces) }.joined() })
    }

    private func compare(_ names: [String]) async throws {
        let numbers = try await Self.numbers(of: names)
        #expect(numbers.count == names.count)
        for (name, number) in zip(names, numbers) { #expect(VirtualDisk(name)?.id == number, "\"\(name)\"") }
    }

    /// Nil for those that it refuses.
    private static func numbers(of names: [String]) async throws -> [Int?] {
        let scratch = try Scratch()
        let source = #filePath.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/Oracle/vdev.c"
        // Of all that the library's other parts want, this one wants nothing.
        let options = ["-static", "-no-pie", "-w", "-Wl,--unresolved-symbols=ignore-all"]
        _ = try await Command("cc", options + ["-o", scratch.path + "/vdev", source, "-l:libxenlight.a"]).run().orThrow()
        let input = Array(names.map { $0 + "\n" }.joined().utf8)
        let output = try await Command(scratch.path + "/vdev", [], input: input).run().orThrow()
        return output.text.split(separator: "\n").map { Int($0).flatMap { $0 < 0 ? nil : $0 } }
    }
}

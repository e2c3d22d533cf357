/// Where the lines of one text begin.
final class LineTable: Sendable {
    private let starts = Once<[Int]>()

    /// The line in which an offset lies: its number, counted from 1, and its first byte.
    func line(at offset: Int, in bytes: [UInt8]) -> (number: Int, start: Int) {
        let starts = self.starts.value { Self.starts(in: bytes) }
        let number = Self.count(of: starts, upTo: offset)
        return (number, starts[number - 1])
    }

    private static func starts(in bytes: [UInt8]) -> [Int] {
        var starts = [0]
        bytes.withUnsafeBufferPointer { bytes in
            for index in bytes.indices where bytes[index] == UInt8(ascii: "\n") { starts.append(index + 1) }
        }
        return starts
    }

    /// By halving; there is always the first one.
    private static func count(of starts: [Int], upTo offset: Int) -> Int {
        var (low, high) = (1, starts.count)
        while low < high {
            let middle = (low + high + 1) / 2
            if starts[middle - 1] <= offset { low = middle } else { high = middle - 1 }
        }
        return low
    }
}

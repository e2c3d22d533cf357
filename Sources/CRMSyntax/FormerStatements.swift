internal import Diagnostics
internal import Glibc

/// The statements of an earlier document, to be found again by their bytes.
///
/// Most of a changed file is what it was: the statement behind the last one found is tried first, and only where it
/// differs are the others looked up by a hash of their bytes, which is then compared with the bytes themselves.
struct FormerStatements {
    private let document: CRMDocument
    private var expected = 0
    private var byHash: [Int: Int] = [:]

    init(_ document: CRMDocument) { self.document = document }

    /// The earlier statement whose bytes are the same and about which there was nothing to say.
    mutating func statement(like range: Range<Int>, of text: UnsafeBufferPointer<UInt8>) -> CRMStatement? {
        let bytes = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(text)[range])
        guard let index = index(of: bytes) else { return nil }
        expected = index + 1
        let statement = document.statements[index]
        return statement.isClean ? statement : nil
    }

    private mutating func index(of bytes: UnsafeRawBufferPointer) -> Int? {
        document.source.bytes.withUnsafeBytes { former in
            if isSame(expected, bytes, former) { return expected }
            if byHash.isEmpty { index(former) }
            guard let candidate = byHash[Self.hash(bytes)], isSame(candidate, bytes, former) else { return nil }
            return candidate
        }
    }

    private func isSame(_ index: Int, _ bytes: UnsafeRawBufferPointer, _ former: UnsafeRawBufferPointer) -> Bool {
        guard document.statements.indices.contains(index) else { return false }
        let range = document.statements[index].range
        guard range.count == bytes.count, let ours = bytes.baseAddress, let theirs = former.baseAddress else {
            return false
        }
        return memcmp(ours, theirs + range.lowerBound, range.count) == 0
    }

    private mutating func index(_ former: UnsafeRawBufferPointer) {
        byHash.reserveCapacity(document.statements.count)
        for (index, statement) in document.statements.enumerated() {
            byHash[Self.hash(UnsafeRawBufferPointer(rebasing: former[statement.range]))] = index
        }
    }

    private static func hash(_ bytes: UnsafeRawBufferPointer) -> Int {
        var hasher = Hasher()
        hasher.combine(bytes: bytes)
        return hasher.finalize()
    }
}

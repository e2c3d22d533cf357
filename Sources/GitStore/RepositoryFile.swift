internal import Catalogue
public import Diagnostics

/// One file of a commit or of a checkout, its bytes not yet read.
public struct RepositoryFile: Hashable, Sendable {
    /// Relative to the directory that was asked for: `crm/xps-101.crm`.
    public let path: String
    /// Relative to the repository's root: what findings name.
    public let location: String
    public let isExecutable: Bool
    /// Equal in two commits means that the bytes are equal: read them once.
    public let blob: GitObjectID
    /// In bytes, at most `largest`.
    public let size: Int
    /// What a file of a checkout held when it was listed: its name as a blob comes of that. Nil where the bytes are git's.
    var content: [UInt8]?

    /// Larger blobs are refused. Each parser has a bound of its own for its text; this is the widest of them, that of a .crm file.
    public static let largest = 64 << 20
}

/// The files of a commit or of a checkout, sorted by path, and what was refused: not both are empty.
public struct FileListing: Hashable, Sendable {
    public internal(set) var files: [RepositoryFile] = []
    public internal(set) var findings: [Finding] = []
}

/// What can give the text of files that it has listed.
public protocol FileReading: Sendable {
    /// - Throws: a `Finding` for text that is not UTF-8.
    func text(of file: RepositoryFile) async throws -> SourceText
}

extension FileReading {
    /// The texts of all files of a listing; the findings are those of the listing and of the reading.
    ///
    /// - Parameter known: gives texts that were read before, and need not be read again.
    public func texts(
        of listing: FileListing, knowing known: (RepositoryFile) -> SourceText? = { _ in nil }
    ) async throws -> (texts: [(file: RepositoryFile, text: SourceText)], findings: [Finding]) {
        var texts: [(file: RepositoryFile, text: SourceText)] = []
        var findings = listing.findings
        for file in listing.files {
            do {
                if let text = known(file) { texts.append((file, text)) } else { texts.append((file, try await text(of: file))) }
            } catch let finding as Finding {
                findings.append(finding)
            }
        }
        return (texts, findings)
    }
}

extension SourceText {
    /// The text of a file of the repository.
    /// - Throws: a finding at the first byte that is not UTF-8.
    init(utf8 bytes: [UInt8], at path: String) throws(Finding) {
        self.init(path: path, bytes: bytes)
        if bytes.starts(with: Self.pointer) {
            throw Finding(
                .refusedFile, "\(path.terminalSafe) is a pointer of Git LFS, and not the file itself", at: place(at: 0),
                remedy: "take it out of .gitattributes, then: git rm --cached FILE; git add FILE")
        }
        if let encoding = bytes.wideEncoding {
            throw Finding(
                .foreignEncoding, "the file is text in \(encoding)", at: place(at: 0), expected: "a text file in UTF-8",
                remedy: "convert it: iconv -f \(encoding) -t UTF-8")
        }
        guard let offset = bytes.firstInvalidUTF8 else { return }
        throw Finding(
            .foreignEncoding, "byte \(offset + 1) is not UTF-8 text", at: place(at: offset), expected: "a text file in UTF-8",
            remedy: "convert it, for instance: iconv -f ISO-8859-1 -t UTF-8")
    }
}

extension SourceText {
    /// "Each line MUST be of the form {key} {value} … The first key is always version" (Git LFS, docs/spec.md).
    fileprivate static let pointer = Array("version https://git-lfs.github.com/spec/".utf8)
}

extension [UInt8] {
    /// UTF-32 or UTF-16, by its byte order mark, or by the zeros beside each letter of a Western text.
    fileprivate var wideEncoding: String? {
        // The mark of UTF-32 begins with that of UTF-16.
        if starts(with: [0xFF, 0xFE, 0, 0]) || starts(with: [0, 0, 0xFE, 0xFF]) { return "UTF-32" }
        if count >= 4, count.isMultiple(of: 4), self[0] != 0, self[1...3].allSatisfy({ $0 == 0 }) { return "UTF-32LE" }
        if count >= 4, count.isMultiple(of: 4), self[3] != 0, self[0...2].allSatisfy({ $0 == 0 }) { return "UTF-32BE" }
        if starts(with: [0xFF, 0xFE]) || starts(with: [0xFE, 0xFF]) { return "UTF-16" }
        guard count >= 4, count.isMultiple(of: 2) else { return nil }
        if self[1] == 0, self[3] == 0, self[0] != 0 { return "UTF-16LE" }
        return self[0] == 0 && self[2] == 0 && self[1] != 0 ? "UTF-16BE" : nil
    }

    var firstInvalidUTF8: Int? {
        guard String(validating: self, as: UTF8.self) == nil else { return nil }
        var (decoder, bytes, offset) = (UTF8(), makeIterator(), 0)
        while case .scalarValue(let scalar) = decoder.decode(&bytes) { offset += UTF8.width(scalar) }
        return offset
    }
}

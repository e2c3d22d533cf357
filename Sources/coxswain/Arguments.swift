internal import GitStore
internal import Glibc
internal import Host

/// The words behind the program's name.
enum Arguments {
    /// Reads them, and takes the passwords of addresses out of what ps(1) shows to everybody.
    ///
    /// proc(5), /proc/pid/cmdline: "the process could have overwritten the memory region that holds its command-line arguments".
    static func take() -> [String] {
        let words = Array(CommandLine.arguments.dropFirst())
        let secrets = words.flatMap(Remote.secrets)
        if !secrets.isEmpty { region?.overwrite(secrets.map { Array($0.utf8) }) }
        return joined(words)
    }

    /// `--limit -3` is a value that is wrong, and no missing one: the argument parser takes whatever begins so for an option. None is called by a number.
    static func joined(_ words: [String]) -> [String] {
        guard let end = words.firstIndex(of: "--") else { return words.reduce(into: [], join) }
        return words[..<end].reduce(into: [], join) + words[end...]
    }

    private static func join(_ words: inout [String], _ word: String) {
        let isNumber = word.first == "-" && word.dropFirst().first?.isWholeNumber == true
        guard isNumber, let option = words.last, option.first == "-", option.count > 1, !option.contains("=") else { return words.append(word) }
        words[words.count - 1] = "\(option)=\(word)"
    }

    /// Where they stand in memory. proc(5), /proc/pid/stat: the fields 48 and 49 are arg_start and arg_end, and behind the name of the program,
    /// the second one, which may have any characters in it, stands a parenthesis.
    private static var region: UnsafeMutableBufferPointer<UInt8>? {
        guard let bytes = try? FileTree().read("/proc/\(Machine.process)/stat", limit: 4096) else { return nil }
        let fields = String(decoding: bytes, as: UTF8.self).split(separator: ")").last?.split(separator: " ") ?? []
        guard fields.count > 46, let start = UInt(fields[45]), let end = UInt(fields[46]), start < end else { return nil }
        return UnsafeMutableBufferPointer(start: UnsafeMutablePointer(bitPattern: start), count: Int(end - start))
    }
}

extension UnsafeMutableBufferPointer<UInt8> {
    fileprivate func overwrite(_ secrets: [[UInt8]]) {
        for secret in secrets where secret.count <= count {
            for start in 0...(count - secret.count) where self[start..<start + secret.count].elementsEqual(secret) {
                for index in start..<start + secret.count { self[index] = UInt8(ascii: "*") }
            }
        }
    }
}

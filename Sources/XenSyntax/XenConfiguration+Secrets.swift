public import Diagnostics

extension XenConfiguration {
    /// Every password of a file, whatever else is wrong with it: `vncpasswd` and `spicepasswd`, `vncpasswd=` in `vfb`, what the script of a disk,
    /// Ceph, QEMU or the domU's kernel is told in the midst of other words, and those of addresses.
    public static func secrets(in source: SourceText) -> [Secret] {
        guard source.mayHoldSecret else { return [] }
        var secrets: [Secret] = []
        var lexer = Lexer(source)
        var token = lexer.next()
        var key = ""
        while token.kind != .end {
            switch token.kind {
            case .key(let word): key = word
            case .text(let text) where passwords.contains(key):
                secrets.append(Secret(path: [key], value: text, range: token.range) { Value.text($0).description })
            case .text where !token.range.isEmpty: secrets += EmbeddedSecrets(key, in: source, token.range).all
            default: break
            }
            token = lexer.next()
        }
        return secrets
    }

    private static let passwords: Set<String> = ["vncpasswd", "spicepasswd"]
}

extension SourceText {
    /// What stands before a secret in one way or another: in a file without any of it there is none.
    private static let signs = ["passw", "passph", "rootpw", "sshpw", "bindpw", "secret", "key", "token", "://", "iscsi:"].map { Array($0.utf8) }

    /// By byte, whether one of them begins with it.
    private static let beginnings = (0...UInt8.max).map { byte in signs.contains { $0[0] == byte | 0x20 } }

    fileprivate var mayHoldSecret: Bool {
        let beginnings = Self.beginnings
        return bytes.indices.contains { start in
            beginnings[Int(bytes[start])]
                && Self.signs.contains { sign in
                    sign.count <= bytes.count - start && zip(sign, bytes[start...]).allSatisfy { $0 == $1 | 0x20 }
                }
        }
    }
}

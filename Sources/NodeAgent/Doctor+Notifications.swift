internal import Diagnostics
internal import Glibc
internal import Host
internal import Notifying
internal import Presenting

extension Doctor {
    /// Whether those who are to be told can be: nothing is sent.
    func notifying() async -> [Diagnosis] {
        var found: [Diagnosis] = []
        for rule in configuration.notifications { found.append(await diagnosis(of: rule)) }
        return found
    }

    private func diagnosis(of rule: NotificationRule) async -> Diagnosis {
        if case .command(let words) = rule.target { return Self.diagnosis(ofCommand: words[0]) }
        do {
            _ = try await Command("curl", ["--version"], limit: .seconds(10)).run().orThrow()
        } catch {
            return Diagnosis("notify", .bad, "\(rule.name) can't be told: curl does not run", remedy: "apt-get install curl")
        }
        do {
            for secret in [rule.secret].compactMap(\.self) { _ = try NodeSecret.read(secret, "its") }
        } catch {
            let finding = error as? Finding
            return Diagnosis("notify", .bad, "\(rule.name) can't be told: \(finding?.message ?? "\(error)")", remedy: finding?.remedy)
        }
        if rule.showsSecret {
            return Diagnosis(
                "notify", .remark, "\(rule.name) gets its token for all on the way to read", remedy: "https://, with a certificate that curl trusts")
        }
        return Diagnosis("notify", .good, "\(rule.name) is told of \(rule.events.map(\.rawValue).sorted().joined(separator: ", "))")
    }

    private static func diagnosis(ofCommand path: String) -> Diagnosis {
        let shown = path.terminalSafe
        guard access(path, F_OK) == 0 else {
            return Diagnosis("notify", .bad, "there is no \(shown)", remedy: "put it there on every node, or take it out of notify:")
        }
        let real = (try? FileTree().realPath(of: path)) ?? path
        guard access(path, X_OK) == 0, (try? FileTree().kind(of: real)) == .regular else {
            return Diagnosis("notify", .bad, "\(shown) can't be executed", remedy: "chmod 755 \(shown)")
        }
        return Diagnosis("notify", .good, "\(shown) is there")
    }
}

internal import ArgumentParser
internal import Planning
internal import Safety

extension Evidence {
    /// Says what speaks against the plan, as apply and run judge it. What only has to settle is no reason to refuse it.
    /// - Parameter atOnce: whether a suspension counts as a refusal, as it does for apply, which does not wait for people.
    /// - Throws: the exit code, where it would not be carried out.
    func requireApproval(atOnce: Bool = false) throws {
        switch judge() {
        case .waiting(let objections) where atOnce && objections.contains { $0.kind == .pause }: try Self.refuse(objections, "refused", .refused)
        case .refused(let objections): try Self.refuse(objections, "refused", .refused)
        case .undecided(let objections): try Self.refuse(objections, "can't be judged", ExitCode(1))
        case .waiting(let objections): for objection in objections { Terminal.complain("it would wait: \(objection)") }
        case .approved: break
        }
    }

    private static func refuse(_ objections: [Objection], _ word: String, _ code: ExitCode) throws {
        Terminal.complain(objections.map { "\(word): \($0)" }.joined(separator: "\n"))
        throw code
    }
}

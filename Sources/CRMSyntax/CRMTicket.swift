internal import Diagnostics
internal import XML

// Resources that may run only where a ticket of booth(8) has been granted.

extension StatementParser {
    private static let lossPolicies = ["stop", "demote", "fence", "freeze"]

    /// `rsc_ticket id ticket: rsc[:role] [loss-policy=…]`, or sets
    mutating func ticket() throws(Abandoned) -> Element {
        var ticket = Element("rsc_ticket", [.init("id", try objectName(of: "rsc_ticket"))])
        guard let name = token?.beforeFinalColon else { throw missing("a ticket and a colon, such as ticketA:") }
        ticket.attributes.append(.init("ticket", name))
        try advance()
        let (count, last) = remaining()
        guard let last, let policy = last.value(of: "loss-policy=") else {
            try members(count, .role, ["rsc"], into: &ticket)
            return ticket
        }
        if !Self.lossPolicies.contains(policy) {
            report(
                .error, "\"\(policy)\" is nothing to do when a ticket is lost", at: last.range,
                expected: Self.lossPolicies.joined(separator: ", "),
                remedy: Self.lossPolicies.nearMiss(policy).map { "did you mean \"\($0)\"?" })
        }
        ticket.attributes.append(.init("loss-policy", policy))
        drop(last: last)
        try members(count - 1, .role, ["rsc"], into: &ticket)
        return ticket
    }
}

extension CRMPrinter {
    func ticketLines(_ ticket: Element) -> [String]? {
        var words = ["rsc_ticket", CRMQuoting.word(ticket.id ?? ""), CRMQuoting.word("\(ticket["ticket"] ?? ""):")]
        words += members(ticket, .role, ["rsc"])
        if let policy = ticket["loss-policy"] { words.append("loss-policy=\(policy)") }
        return [words.joined(separator: " ")]
    }
}

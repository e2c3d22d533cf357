internal import Catalogue
internal import Diagnostics

extension CorosyncConfiguration {
    /// Options of votequorum(5) that can't stand together, or don't do what they seem to.
    func quorumFindings(in source: SourceText) -> [Finding] {
        Quorum(self, source).findings
    }
}

private struct Quorum {
    private let quorum: CorosyncQuorum
    private let nodes: [CorosyncNode]
    private let entries: [CorosyncConfiguration.Entry]
    private let origin: Origin
    private let source: SourceText

    init(_ configuration: CorosyncConfiguration, _ source: SourceText) {
        let sections = configuration.entries.sections("quorum")
        (quorum, nodes) = (configuration.cluster.quorum, configuration.cluster.nodes)
        entries = sections.flatMap(\.entries)
        origin = sections.first?.origin ?? Origin()
        self.source = source
    }

    var findings: [Finding] { [provider, device, twoNodes, tieBreaker, lastMan, waiting, votes].compactMap { $0 } }

    /// `provider: corosync_votequorum` is what "will enable votequorum service" (votequorum(5)).
    private var provider: Finding? {
        guard !entries.isEmpty, !quorum.hasProvider else { return nil }
        return warning("provider", "without a provider nothing counts votes", "write \"provider: corosync_votequorum\"")
    }

    /// "two_node and quorum device cannot be configured at the same time!" (corosync, votequorum.c)
    private var device: Finding? {
        guard quorum.hasDevice else { return nil }
        let excluded = [
            ("two_node", quorum.isTwoNode), ("last_man_standing", quorum.keepsLastMan), ("auto_tie_breaker", quorum.breaksTies),
            ("allow_downscale", quorum.scalesDown),
        ]
        guard let option = excluded.first(where: \.1)?.0 else { return nil }
        return Finding(
            .corosyncSyntax, "\(option) beside a quorum device", at: place(option),
            remedy: "remove \(option): the device has the casting vote")
    }

    /// "If more than 2 nodes join the cluster, the two_node option is automatically disabled." (votequorum(5))
    private var twoNodes: Finding? {
        guard quorum.isTwoNode, !quorum.hasDevice else { return nil }
        if quorum.breaksTies {
            return warning("two_node", "two_node is turned off by auto_tie_breaker", "remove auto_tie_breaker, or else two_node")
        }
        guard nodes.count > 2 else { return nil }
        return warning("two_node", "two_node is off with \(nodes.count) nodes", "remove two_node")
    }

    /// "wait_for_all (mandatory for ATB in odd-numbered clusters)" (corosync, votequorum.c)
    private var tieBreaker: Finding? {
        guard quorum.breaksTies else {
            guard entries.value("auto_tie_breaker_node") != nil else { return nil }
            return warning("auto_tie_breaker_node", "auto_tie_breaker_node does nothing alone", "write \"auto_tie_breaker: 1\"")
        }
        guard !quorum.hasDevice, !nodes.isEmpty, expectedVotes % 2 == 1, quorum.waitsForAll != true, !quorum.isTwoNode else { return nil }
        if quorum.keepsLastMan {
            return Finding(
                .corosyncSyntax, "auto_tie_breaker and last_man_standing of an odd number of votes, without wait_for_all",
                at: place("auto_tie_breaker"), remedy: "write \"wait_for_all: 1\"")
        }
        return warning(
            "auto_tie_breaker", "auto_tie_breaker is off with an odd number of votes",
            "write \"wait_for_all: 1\", or remove auto_tie_breaker: an odd number has no ties")
    }

    /// "It is essential to enable WFA when using LMS in High Availability clusters." (votequorum(5))
    private var lastMan: Finding? {
        guard quorum.keepsLastMan, !quorum.breaksTies, !quorum.hasDevice, !(quorum.waitsForAll ?? quorum.isTwoNode) else { return nil }
        return warning("last_man_standing", "last_man_standing without wait_for_all", "write \"wait_for_all: 1\"")
    }

    private var waiting: Finding? {
        guard quorum.isTwoNode, quorum.waitsForAll == false else { return nil }
        return warning(
            "wait_for_all", "each of two nodes that boots alone fences the other one", "remove wait_for_all: two_node brings it with it")
    }

    /// "the quorum.expected_votes value will override the one calculated from the nodelist" (votequorum(5))
    private var votes: Finding? {
        guard let expected = quorum.expectedVotes, expected != 0, !nodes.isEmpty, !quorum.hasDevice else { return nil }
        guard expected != expectedVotes else { return nil }
        return warning(
            "expected_votes", "expected_votes is \(expected), and the nodes have \(expectedVotes) votes",
            "remove expected_votes: it is counted from the nodelist")
    }

    private var expectedVotes: Int { nodes.reduce(0) { $0 &+ ($1.votes ?? 1) } }

    private func warning(_ key: String, _ message: String, _ remedy: String) -> Finding {
        Finding(.futileQuorum, message, at: place(key), remedy: remedy)
    }

    private func place(_ key: String) -> Place { source.place(of: entries.pair(key)?.origin ?? origin) }
}

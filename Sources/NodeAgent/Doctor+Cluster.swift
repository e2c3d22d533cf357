internal import CIB
internal import ClusterModel
internal import Diagnostics
internal import LiveState
internal import Observing
internal import Presenting
internal import XML

extension Doctor {
    // MARK: The cluster

    func cluster() async -> [Diagnosis] {
        let status: ClusterStatus
        do {
            status = try await ClusterObserver().status()
        } catch {
            return [Diagnosis("cluster", .bad, Self.words(of: error), remedy: "systemctl start pacemaker; crm_mon has to work here")]
        }
        return [quorum(status), nodes(status), await versions(status), await fencing()].compactMap(\.self)
    }

    private func quorum(_ status: ClusterStatus) -> Diagnosis {
        guard status.hasQuorum else {
            return Diagnosis(
                "quorum", .bad, "this partition has none: nothing is changed", remedy: "bring the missing nodes back: corosync-quorumtool -s")
        }
        guard let dc = status.dc else { return Diagnosis("quorum", .bad, "no DC is elected", remedy: "crm_mon; journalctl -u pacemaker") }
        return Diagnosis("quorum", .good, "there, and \(dc) is the DC")
    }

    private func nodes(_ status: ClusterStatus) -> Diagnosis {
        let missing = status.nodes.filter { !$0.isOnline || $0.isUnclean }.map(\.name)
        guard missing.isEmpty else {
            return Diagnosis("nodes", .remark, "not online: \(missing.joined(separator: ", "))", remedy: "it catches up when it is back")
        }
        return Diagnosis("nodes", .good, "\(status.nodes.count) online")
    }

    /// Nodes whose programs differ may not understand each other, and judge one commit in two ways.
    private func versions(_ status: ClusterStatus) async -> Diagnosis? {
        guard let programs = try? await ClusterObserver().programs() else { return nil }
        let online = status.nodes.filter(\.isOnline).map { NodeName($0.name) }
        let others = online.filter { programs[$0].map { $0 != program } ?? false }
        guard others.isEmpty else {
            let words = others.map { "\($0.text) has \(programs[$0] ?? "")" }.joined(separator: ", ")
            return Diagnosis(
                "versions", .bad, "\(words), and this is \(program)", remedy: "install the same version on all nodes, and restart coxswain there")
        }
        let silent = online.filter { programs[$0] == nil }.map(\.text)
        guard silent.isEmpty else {
            return Diagnosis(
                "versions", .remark, "no daemon has said its version on \(silent.joined(separator: ", "))", remedy: "systemctl start coxswain there")
        }
        return Diagnosis("versions", .good, "\(program) on \(online.map(\.text).joined(separator: ", "))")
    }

    /// Clusters of DRBD with two primaries lose data without it. It is on by default, and then: "Resource start-up disabled since no STONITH resources
    /// have been defined" (crm_verify).
    private func fencing() async -> Diagnosis? {
        guard let cib = try? await settings.cib.read() else { return nil }
        let isOff = cib.objects.contains { object in
            object.id.kind == .properties
                && object.element.children.contains {
                    ["stonith-enabled", "fencing-enabled"].contains($0["name"]) && Scalar.boolean.same($0["value"] ?? "", "false")
                }
        }
        guard !isOff else {
            return Diagnosis(
                "fencing", .remark, "switched off: a node that is lost can't be made sure of", remedy: "coxswain explain CXS121 tells what it costs")
        }
        let tree = cib.resourceTree
        guard cib.objects.contains(where: { tree.agent(of: $0)?.standard == "stonith" }) else {
            return Diagnosis(
                "fencing", .remark, "switched on, and there is no device: Pacemaker starts nothing then", remedy: "coxswain explain CXS135 tells more"
            )
        }
        return Diagnosis("fencing", .good, "switched on")
    }
}

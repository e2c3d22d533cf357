internal import Catalogue
internal import DRBDSyntax
internal import Diagnostics
internal import Repository

/// Options that drbdadm takes one by one, and the kernel module not together: `_check_net_options` (drbd_nl.c, 8.3 to 9).
enum ReplicationRules: RuleSet {
    static func findings(in cluster: DeclaredCluster) -> [Finding] {
        contradictions(in: cluster) + overridden(in: cluster)
    }

    /// In one file drbdadm's own review says so.
    private static func overridden(in cluster: DeclaredCluster) -> [Finding] {
        let files = cluster.files.drbd.filter { !$0.content.commonOptions.isEmpty }
        guard let file = files.first else { return [] }
        let common = Dictionary(file.content.commonOptions.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
        return cluster.resources.filter { $0.path != file.source.path }.flatMap { definition in
            definition.boundOptions.compactMap { option -> Finding? in
                guard let other = common[option.name], other != option.value else { return nil }
                return Finding(
                    .contradictoryResource, "DRBD 9 refuses another value here than that of \(file.name): \(other)",
                    at: definition.place(of: option.origin),
                    remedy: "say it in one place, or for the whole resource")
            }
        }
    }

    private static func contradictions(in cluster: DeclaredCluster) -> [Finding] {
        cluster.resources.flatMap { definition in
            var told: Set<String> = []
            return cluster.replication(of: definition).flatMap(contradictions).filter { told.insert($0.message).inserted }.map { message, words in
                Finding(
                    .kernelRefusal, "the kernel refuses \(definition.name): \(message)", at: place(of: words, in: definition, cluster),
                    remedy: Rule.kernelRefusal.remedy)
            }
        }
    }

    private static func contradictions(_ options: ReplicationOptions) -> [(message: String, words: [String])] {
        // protocol is C where nothing else is said.
        let writeProtocol = options.writeProtocol ?? "C"
        var found: [(String, [String])] = []
        if options.allowsTwoPrimaries == true, writeProtocol != "C" {
            found.append(("two primaries need protocol C, and it is \(writeProtocol)", ["allow-two-primaries", "protocol"]))
        }
        if options.fencing == "resource-and-stonith", writeProtocol == "A" {
            found.append(("fencing resource-and-stonith does not go with protocol A", ["resource-and-stonith", "protocol"]))
        }
        if let policy = options.onCongestion, policy != "block", writeProtocol != "A" {
            found.append(("on-congestion \(policy) needs protocol A, and it is \(writeProtocol)", ["on-congestion", "protocol"]))
        }
        return found
    }

    /// Where the resource says one of them; else its name, for then it is `common` that does.
    private static func place(of words: [String], in definition: ResourceDefinition, _ cluster: DeclaredCluster) -> Place {
        let word = words.first { definition.says($0) }
        return definition.place(of: word ?? definition.name)
    }
}

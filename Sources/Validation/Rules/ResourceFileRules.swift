internal import CIB
internal import Catalogue
internal import DRBDSyntax
internal import Diagnostics
internal import Repository
internal import XML
internal import XenSyntax

/// DRBD's files against each other and against the resources of the cluster.
enum ResourceFileRules: RuleSet {
    static func findings(in cluster: DeclaredCluster) -> [Finding] {
        unmatched(in: cluster) + repeated(in: cluster) + repeatedCommon(in: cluster)
            + cluster.files.drbd.compactMap(foreign)
            + missingIncludes(in: cluster)
    }

    /// Only where the repository holds DRBD's files at all: without any they are kept elsewhere.
    private static func unmatched(in cluster: DeclaredCluster) -> [Finding] {
        guard !cluster.resources.isEmpty else { return [] }
        var guesses = Guesses(among: cluster.resources.map(\.name))
        let missing = cluster.drbdPrimitives.filter { cluster.resourceByName[$0.resource] == nil }.map { drbd in
            Finding(
                .missingResource, "no file of drbd/ defines the resource \"\(drbd.resource)\"",
                at: drbd.declaration.place(of: drbd.resource),
                remedy: guesses.didYouMean(drbd.resource) ?? Rule.missingResource.remedy)
        }
        let unused = cluster.resources.filter { cluster.drbdByResource[$0.name] == nil }.map { definition in
            Finding(
                .unusedResource, "no primitive of ocf:linbit:drbd uses \(definition.name)",
                at: definition.place(of: definition.name), remedy: Rule.unusedResource.remedy)
        }
        return missing + unused
    }

    private static func repeated(in cluster: DeclaredCluster) -> [Finding] {
        var first: [String: ResourceDefinition] = [:]
        return cluster.resources.compactMap { definition in
            guard let known = first[definition.name] else {
                first[definition.name] = definition
                return nil
            }
            guard known.path != definition.path else { return nil }
            return Finding(
                .repeatedResource, "the resource \"\(definition.name)\" is defined in \(known.path) too",
                at: definition.place(of: definition.name), remedy: Rule.repeatedResource.remedy)
        }
    }

    /// "conflicting use of resource section 'common'" (drbdadm)
    private static func repeatedCommon(in cluster: DeclaredCluster) -> [Finding] {
        let files = cluster.files.drbd.filter { $0.content.common != nil }
        return files.dropFirst().map { file in
            Finding(
                .repeatedResource, "there is a common section in \(files[0].source.path) too", at: file.source.place(of: "common"),
                remedy: "drbdadm takes one of a host: bring the two together in \(HostFile.commonName)")
        }
    }

    private static func foreign(_ file: ReadFile<DRBDFile>) -> Finding? {
        guard file.source.isManagedByLINSTOR else { return nil }
        return Finding(
            .managedByLINSTOR, "LINSTOR wrote this file, and will write it again", at: file.source.place(at: 0),
            remedy: Rule.managedByLINSTOR.remedy)
    }

    /// `include file-pattern`: drbdadm reads a file once, however often it is included. What lies outside of the directory that
    /// the repository fills is another one's.
    private static func missingIncludes(in cluster: DeclaredCluster) -> [Finding] {
        let names = cluster.files.drbd.map(\.name)
        return cluster.files.drbd.flatMap { file in
            file.content.includes.compactMap { include in
                guard !include.isPattern, let name = include.name(within: cluster.policy.drbdDirectory), !names.contains(name) else { return nil }
                return Finding(
                    .missingInclude, "drbd/ has no file \(name)", at: file.source.place(of: include.path, from: include.origin),
                    remedy: didYouMean(name, among: names) ?? Rule.missingInclude.remedy)
            }
        }
    }
}

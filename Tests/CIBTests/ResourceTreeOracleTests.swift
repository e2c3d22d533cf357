import CIB
import Host
import TestKit
import Testing
import XML

/// What holds for a resource in the end, beside what crm_resource(8) says: "-g, --get-parameter: Display named parameter for resource".
struct ResourceTreeOracleTests {
    @Test("parameters and options, through templates, groups, clones and lists that are taken over", arguments: 0..<6 as Range<UInt64>)
    func values(_ seed: UInt64) async throws {
        var random = Seeded(seed)
        let cib = CIB(crm: try RandomCluster(seed: seed, size: 40).crm + Self.others)
        let scratch = try Scratch()
        let file = try scratch.write(cib.xml, to: "cib.xml")
        let tree = cib.resourceTree
        let primitives = cib.objects.filter { $0.id.kind == .resource && $0.element.name == "primitive" }
        var answered = 0
        for set in ["instance_attributes", "meta_attributes"] {
            let names = Self.names(in: set, of: cib)
            for object in primitives.shuffled(using: &random).prefix(20) + primitives.filter({ $0.id.name.hasPrefix("own-") }) {
                for name in names.shuffled(using: &random).prefix(3) {
                    let ours = set == "instance_attributes" ? tree.parameter(name, of: object) : tree.meta(name, of: object)
                    let theirs = try await Self.crmResource(object.id.name, name, isMeta: set == "meta_attributes", file)
                    if theirs != nil { answered += 1 }
                    // Of a clone nobody says it for it is 1: a rule of the scheduler's, and no value of the configuration.
                    if ours == nil, theirs == "1", name == "resource-stickiness" { continue }
                    #expect(ours == theirs, "\(name) of \(object.id.name) in \(set)")
                }
            }
        }
        #expect(answered >= 4)
    }

    private static let others = """

        rsc_template own-t ocf:heartbeat:IPaddr2 params ip=192.0.2.1 nic=eth0 meta migration-threshold=3
        primitive own-a @own-t params ip=192.0.2.2
        primitive own-b @own-t meta migration-threshold=5
        primitive own-c Dummy params $id-ref=own-d-instance_attributes
        primitive own-d Dummy params $id=own-d-instance_attributes fake=x
        primitive own-e Dummy
        group own-g own-e params fake=y meta resource-stickiness=7
        primitive own-f Dummy
        clone own-h own-f params fake=z meta failure-timeout=60s

        """

    private static func names(in set: String, of cib: CIB) -> [String] {
        var names: Set<String> = []
        cib.configuration.walk { element in
            if element.name == set { names.formUnion(element.children.compactMap { $0.name == "nvpair" ? $0["name"] : nil }) }
        }
        return names.sorted()
    }

    private static func crmResource(_ resource: String, _ name: String, isMeta: Bool, _ file: String) async throws -> String? {
        let words = ["--resource", resource, "--get-parameter", name] + (isMeta ? ["--meta"] : [])
        let output = try await Command("crm_resource", words, environment: ["CIB_file": file]).run()
        // It prints nothing, and not always fails, for what there is not.
        return output.text.isEmpty ? nil : output.text.split(separator: "\n").joined(separator: "\n")
    }
}

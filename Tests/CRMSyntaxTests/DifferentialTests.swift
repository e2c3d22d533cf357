import CRMSyntax
import Diagnostics
import Testing
import XML

/// Our reading, printing and naming against that of crmsh.
struct DifferentialTests {
    @Test("random configurations: the same CIB, ids included, and the same text", arguments: [1, 2])
    func random(_ seed: UInt64) async throws {
        try await compare(configuration(seed: seed))
    }

    @Test("every form that the grammar has", arguments: ["Forms", "Objects"])
    func forms(_ name: String) async throws {
        try await compare(TestFile("Fixtures/\(name).crm").text)
    }

    @Test("a monitor statement is the operation that crmsh adds to the resource")
    func monitor() async throws {
        let statements = "primitive a Dummy\nms m a\nmonitor a 30s:10s\nmonitor a:master 20"
        let crmsh = try await Crmsh(loading: statements)
        var operations = CRMDocument.parse(SourceText(path: "a.crm", text: statements)).statements.suffix(2).map(\.element)
        var identifiers = CRMIdentifiers()
        for index in operations.indices {
            operations[index]["rsc"] = nil
            identifiers.fill(&operations[index], under: "a")
        }
        let theirs = crmsh.cib.first("configuration")?.first("resources")?.first("master")?.first("primitive")?.first("operations")
        #expect(theirs?.children.map(\.sorted.xml) == operations.map(\.sorted.xml))
    }

    private func compare(_ configuration: String) async throws {
        let document = CRMDocument.parse(SourceText(path: "a.crm", text: configuration))
        try #require(document.findings.isEmpty, "\(Findings(document.findings))")
        let crmsh = try await Crmsh(loading: configuration)
        compareElements(document, crmsh)
        try compareText(crmsh)
    }

    /// Statement by statement: our element with ids and members filled in is the one in crmsh's CIB.
    private func compareElements(_ document: CRMDocument, _ crmsh: Crmsh) {
        let theirs = Objects(cib: crmsh.cib)
        var identifiers = CRMIdentifiers()
        var compared = 0
        for statement in document.statements {
            var element = statement.element
            identifiers.fill(&element)
            let object = ["rsc_defaults", "op_defaults"].contains(element.name) ? element.children[0] : element
            let found = theirs.byName[Objects.key(object)]
            #expect(found?.sorted.xml == object.sorted.xml)
            compared += 1
        }
        #expect(compared == theirs.byName.count)
    }

    /// Object by object: our text of crmsh's CIB is crmsh's, and its text reads as that CIB.
    private func compareText(_ crmsh: Crmsh) throws {
        let shown = CRMDocument.parse(SourceText(path: "shown.crm", text: crmsh.text))
        #expect(shown.findings.isEmpty, "\(Findings(shown.findings))")
        let printer = CRMPrinter(identifiers: .only([]))  // crmsh 4.4.1 shows no list's id, even if referred to
        let objects = Objects(cib: crmsh.cib)
        #expect(shown.statements.count == objects.byName.count)
        for statement in shown.statements {
            let bytes = shown.source.bytes[statement.range]
            let isDefault = ["rsc_defaults", "op_defaults"].contains(statement.element.name)
            let key = Objects.key(isDefault ? statement.element.children[0] : statement.element)
            let object = try #require(objects.byName[key], "\(key)")
            let whole = isDefault ? Element(statement.element.name, [], children: [object]) : object
            if statement.keyword == .xml {
                #expect(statement.element.sorted == object.sorted)
                continue
            }
            let ours = try printer.text(of: whole)
            #expect(ours == String(decoding: bytes, as: UTF8.self))
        }
    }

    /// Hundreds of statements, each with a name of its own.
    private func configuration(seed: UInt64) throws -> String {
        var random = RandomElement(seed: seed)
        random.forCrmsh = true
        let primitives = (0..<120).map { _ in random.primitive() }
        let names = primitives.compactMap(\.id)
        var elements = (0..<12).map { _ in random.node() } + primitives
        for index in 0..<30 {
            elements.append(random.container(of: Array(names[2 * index..<2 * index + 1 + index % 2])))
        }
        for _ in 0..<40 { elements += [random.location(names), random.colocation(names), random.order(names)] }
        for _ in 0..<10 { elements += [random.property(), random.defaults()] }
        return try elements.map { try CRMPrinter().text(of: $0) }.joined(separator: "\n")
    }
}

/// The objects of a CIB, members replaced by references, by tag and name.
private struct Objects {
    var byName: [String: Element] = [:]

    init(cib: Element) {
        let sections = cib.first("configuration")?.children ?? []
        for section in sections where section.name != "fencing-topology" {
            for object in section.children { add(object) }
        }
        for topology in sections where topology.name == "fencing-topology" { add(topology) }
    }

    private mutating func add(_ object: Element) {
        var object = object
        let members = object.children.filter { ["primitive", "group", "clone", "master", "bundle"].contains($0.name) }
        object.children.removeAll { members.contains($0) }
        object.children += members.map { Element(CRMStatement.memberTag, ["id": $0.id ?? ""]) }
        byName[Self.key(object)] = object
        for member in members { add(member) }
    }

    static func key(_ element: Element) -> String { "\(element.name) \(element["uname"] ?? element.id ?? "")" }
}

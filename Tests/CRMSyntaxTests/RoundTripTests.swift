import CRMSyntax
import Diagnostics
import TestKit
import Testing
import XML

struct RoundTripTests {
    @Test("what is printed is read again as the same element", arguments: 0..<40)
    func roundTrip(_ seed: UInt64) throws {
        var random = RandomElement(seed: seed)
        let primitives = (0..<4).map { _ in random.primitive() }
        let names = primitives.compactMap(\.id)
        let others = [
            random.node(), random.container(of: names), random.container(of: [names[0]]), random.property(),
            random.defaults(), random.location(names), random.colocation(names), random.order(names),
            random.ticket(names), random.tag(names), random.fencing(), random.role(), random.alert(),
            random.bundle(names[0]),
        ]
        var printed = 0
        for element in primitives + others {
            guard let text = expressible(element) else { continue }
            printed += 1
            let document = CRMDocument.parse(SourceText(path: "a.crm", text: text))
            #expect(document.statements.map(\.element.sorted.xml) == [element.sorted.xml], "\(text)")
        }
        #expect(printed >= 12)
    }

    /// Random values make some elements unprintable: `a=x:` at the head of a list reads as a score, and a set of one as two resources.
    private func expressible(_ element: Element) -> String? {
        do {
            return try CRMPrinter().text(of: element)
        } catch {
            guard case .misread(let text) = error else {
                Issue.record(error)
                return nil
            }
            #expect(text.contains(":\"") || text.contains("@") || text.contains("_rsc_set_"), "\(text)")
            return nil
        }
    }

    @Test("no text makes the parser trap, and none is without an end", arguments: 0..<200)
    func mutilated(_ seed: UInt64) throws {
        var random = RandomElement(seed: seed)
        let elements = [random.primitive(), random.node(), random.location(["a", "b"]), random.order(["a", "b"])]
        var bytes = Array(elements.compactMap(\.crm).joined(separator: "\n").utf8)
        for _ in 0..<8 where !bytes.isEmpty {
            let index = Int.random(in: 0..<bytes.count, using: &random.random)
            switch Int.random(in: 0..<3, using: &random.random) {
            case 0: bytes.remove(at: index)
            case 1: bytes[index] = random.random.pick(Array("\"'\\\n=:@$(){}[]# \0\u{FF}".utf8))
            default: bytes.insert(contentsOf: Array("\" \\\n\trule ( : =".utf8.prefix(index % 12)), at: index)
            }
        }
        let document = CRMDocument.parse(SourceText(path: "a.crm", bytes: bytes))
        for statement in document.statements {
            #expect(statement.range.upperBound <= bytes.count)
            _ = document.place(of: "p", in: statement)
        }
    }
}

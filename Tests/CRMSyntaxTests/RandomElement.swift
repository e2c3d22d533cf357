import CRMSyntax
import TestKit
import XML

/// Makes elements as the parser would return them: anything that the syntax can say, and awkward values.
struct RandomElement {
    var random: Seeded
    /// Only what crmsh reads, too: it crashes or differs on some of the rest.
    var forCrmsh = false
    private var number = 0

    init(seed: UInt64) { random = Seeded(seed) }

    mutating func name(_ prefix: String) -> String {
        number += 1
        return "\(prefix)\(random.pick(forCrmsh ? ["", "-", "_"] : ["", "-", ".", "_"]))\(number)"
    }

    mutating func value() -> String {
        let plain = [
            "1", "true", "a-b.c", "/cluster/xen/a.cfg", "10s", "x y", "it's", "say \"hi\"", "a=b", "#uname", "(x)",
        ]
        let awkward = ["a\\b", "\\", "\\\\\"", "\t", " ", "", "'\"", "ü", "x:", "$id=x", "@a", "a\\"]
        return random.pick(forCrmsh ? plain : plain + awkward)
    }

    mutating func pair() -> Element {
        let names = ["target-role", "is-managed", "xmfile", "a_b", "x.y", "priority"] + (forCrmsh ? [] : ["#health"])
        let name = random.pick(names) + "\(random.next() % 100)"
        if random.chance(12), !name.hasPrefix("#") { return Element("nvpair", ["name": name]) }
        if !forCrmsh, random.chance(12) { return Element("nvpair", ["id-ref": self.name("ref"), "name": name]) }
        if !forCrmsh, random.chance(12) {
            return Element("nvpair", ["id": self.name("i"), "name": name, "value": "x"])
        }
        return Element("nvpair", ["name": name, "value": value()])
    }

    mutating func list(_ tag: String, rules: Bool = true) -> Element {
        var list = Element(tag)
        if !forCrmsh, random.chance(10) { return Element(tag, ["id-ref": name("ref")]) }
        if !forCrmsh, random.chance(6) { list["id"] = name("set") }
        if random.chance(6) { list["score"] = random.pick(["10", "-5", "INFINITY"]) }
        if rules, random.chance(4) { list.children += several(1...2) { $0.rule() } }
        list.children += several(1...4) { $0.pair() }
        return list
    }

    mutating func several(_ range: ClosedRange<Int>, _ make: (inout RandomElement) -> Element) -> [Element] {
        (0..<Int.random(in: range, using: &random)).map { _ in make(&self) }
    }
}

extension RandomElement {
    mutating func score() -> Element.Attribute {
        Element.Attribute("score", random.pick(["INFINITY", "-INFINITY", "100", "-1", "0"]))
    }

    mutating func rule() -> Element {
        var rule = Element("rule")
        if !forCrmsh, random.chance(8) { return Element("rule", ["id-ref": name("ref")]) }
        if !forCrmsh, random.chance(8) { rule["id"] = name("rule") }
        if random.chance(5) { rule["role"] = random.pick(["Master", "Slave", "Started"]) }
        rule.attributes.append(random.chance(6) ? .init("score-attribute", "pingd") : score())
        rule.children = several(1...3) { $0.expression() }
        if rule.children.count > 1, random.chance(2) { rule["boolean-op"] = "or" }
        return rule
    }

    mutating func expression() -> Element {
        switch Int.random(in: 0..<4, using: &random) {
        case 0:
            return Element("expression", ["operation": random.pick(["defined", "not_defined"]), "attribute": "pingd"])
        case 1: return dateExpression()
        default:
            var expression = Element(
                "expression",
                ["operation": random.pick(["lt", "gt", "lte", "gte", "eq", "ne"]), "attribute": "#uname"])
            if random.chance(3) { expression["type"] = random.pick(["string", "number", "version"]) }
            expression["value"] = random.pick(["a", "0", "10-b", "a:b"])
            if random.chance(4) { expression["value-source"] = random.pick(["meta", "param"]) }
            return expression
        }
    }

    mutating func dateExpression() -> Element {
        switch Int.random(in: 0..<5, using: &random) {
        case 0: return Element("date_expression", ["operation": "lt", "end": "2026-01-02 03:04"])
        case 1: return Element("date_expression", ["operation": "gt", "start": "2026-01-02"])
        case 2:
            return Element("date_expression", ["operation": "in_range", "start": "2026-01-02", "end": "2027-01-02"])
        case 3:
            let duration = Element("duration", ["hours": "5", "weeks": "1"])
            return Element("date_expression", ["operation": "in_range", "start": "2026-01-02"], children: [duration])
        default:
            let specification = Element("date_spec", ["hours": "9-16", "weekdays": "1-5"])
            return Element("date_expression", ["operation": "date_spec"], children: [specification])
        }
    }

    mutating func operation() -> Element {
        var operation = Element("op", ["name": random.pick(["start", "stop", "monitor"])])
        operation["interval"] = "\(random.next() % 1000)s"
        if random.chance(2) { operation["timeout"] = "20" }
        if random.chance(4) { operation["role"] = "Master" }
        if random.chance(4) { operation["on-fail"] = "fence" }
        if random.chance(4) { operation.children.append(list("instance_attributes", rules: false)) }
        if random.chance(8) { operation.children.append(list("meta_attributes")) }
        return operation
    }
}

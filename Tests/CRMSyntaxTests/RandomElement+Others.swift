import CRMSyntax
import TestKit
import XML

extension RandomElement {
    mutating func ticket(_ resources: [String]) -> Element {
        var ticket = Element("rsc_ticket", ["id": name("t"), "ticket": random.pick(["ticketA", "t-b"])])
        if random.chance(2) { ticket["loss-policy"] = random.pick(["stop", "demote", "fence", "freeze"]) }
        ticket["rsc"] = random.pick(resources)
        if random.chance(2) { ticket["rsc-role"] = "Master" }
        return ticket
    }

    mutating func tag(_ resources: [String]) -> Element {
        let names = resources.prefix(Int.random(in: 1...resources.count, using: &random))
        return Element("tag", ["id": name("tag")], children: names.map { Element("obj_ref", ["id": $0]) })
    }

    /// Levels of targets that have nothing in common, which crmsh would count together.
    mutating func fencing() -> Element {
        let targets: [[Element.Attribute]] = [
            [.init("target", "alice")], [.init("target", "bob.example.org")], [.init("target-pattern", "x.*[0-9]")],
            [.init("target-attribute", "rack"), .init("target-value", "1")],
        ]
        let chosen = targets.filter { _ in random.chance(2) }
        let levels = (chosen.isEmpty ? [[]] : chosen).flatMap { target in
            (1...Int.random(in: 1...3, using: &random)).map { index in
                let devices = random.pick(["st1", "st1,st2", "st-3.a"])
                return Element("fencing-level", target + [.init("index", "\(index)"), .init("devices", devices)])
            }
        }
        return Element("fencing-topology", [], children: levels)
    }

    mutating func role() -> Element {
        var role = Element("acl_role", ["id": name("role")])
        if random.chance(3) { role["description"] = "may \"it\"" }
        role.children = several(1...4) { generator in
            var permission = Element("acl_permission", ["kind": generator.random.pick(["read", "write", "deny"])])
            if generator.random.chance(4) { permission["description"] = "a b" }
            switch Int.random(in: 0..<3, using: &generator.random) {
            case 0:
                permission["xpath"] = generator.random.pick([
                    "/cib", "//x[@a='b c']", "//primitive[@id='p']/meta_attributes", "//nodes/node[@uname='n.1']",
                    "//primitive[@id='p']/instance_attributes/nvpair[@name='a-b']", "//nodes/node[@uname='1']",
                    "//rsc_location[@id='cli-prefer-p' and @rsc='p']", "//rsc_location[@id='cli-prefer-p' and @rsc='q']",
                ])
            case 1: permission["reference"] = "p"
            default:
                permission["object-type"] = "nvpair"
                if generator.random.chance(2) { permission["attribute"] = "value" }
            }
            return permission
        }
        return role
    }

    mutating func alert() -> Element {
        var alert = Element("alert", ["id": name("alert"), "path": random.pick(["/bin/mail", "/usr/share/x y.sh"])])
        if random.chance(3) { alert["description"] = "a b" }
        if random.chance(2) { alert.children.append(list("instance_attributes", rules: false)) }
        if random.chance(2) {
            let attributes = Element("select_attributes", [], children: [Element("attribute", ["name": "standby"])])
            alert.children.append(Element("select", [], children: [Element("select_nodes"), attributes]))
        }
        alert.children += several(0...3) { generator in
            var recipient = Element("recipient", ["value": generator.random.pick(["a@b", "/tmp/x y", "}"])])
            if generator.random.chance(3) { recipient["description"] = "who" }
            if generator.random.chance(2) { recipient.children.append(generator.list("meta_attributes", rules: false)) }
            return recipient
        }
        if random.chance(3) { alert.children.append(list("meta_attributes")) }
        return alert
    }

    mutating func bundle(_ resource: String) -> Element {
        var bundle = Element("bundle", ["id": name("b")])
        bundle.children.append(Element("docker", ["image": "pcmk:http", "options": "--log \"x\""]))
        if random.chance(2) {
            let mapping = Element("port-mapping", ["id": name("pm"), "port": "80"])
            bundle.children.append(Element("network", ["ip-range-start": "10.0.0.1"], children: [mapping]))
        }
        if random.chance(2) {
            let mapping = Element("storage-mapping", ["id": name("sm"), "source-dir": "/a b", "target-dir": "/x"])
            bundle.children.append(Element("storage", [], children: [mapping]))
        }
        if random.chance(2) { bundle.children.append(list("meta_attributes")) }
        if random.chance(2) { bundle.children.append(Element(CRMStatement.memberTag, ["id": resource])) }
        return bundle
    }
}

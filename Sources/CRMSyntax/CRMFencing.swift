internal import Diagnostics
internal import XML

// Which fencing devices are tried on a target, one level after the other.

extension StatementParser {
    /// `fencing_topology [target:|attr:name=value|pattern:regex] device[,device …] …`
    ///
    /// Levels are numbered in the order of the text. Without any target they hold for every node of the cluster; without
    /// any level, as crmsh shows an empty element, nothing is said.
    mutating func fencingTopology() throws(Abandoned) -> Element {
        var topology = Element("fencing-topology")
        var target: FencingTarget?
        var empty: Range<Int>?
        var depths: [String: Int] = [:]
        while let token {
            if let next = FencingTarget(token) {
                if target == nil, !topology.children.isEmpty { throw mixedTargets(token) }
                if let empty { reportEmpty(empty) }
                (target, empty) = (next, token.range)
            } else {
                empty = nil
                let counter = target?.counter ?? ""
                depths[counter, default: 0] += 1
                topology.children.append(try level(depths[counter, default: 1], of: target, token))
            }
            try advance()
        }
        if topology.children.isEmpty, target != nil { throw missing("a fencing device") }
        if let empty { reportEmpty(empty) }
        return topology
    }

    /// crmsh passes over it: the node has no level, whatever it looks like.
    private mutating func reportEmpty(_ target: Range<Int>) {
        report(.warning, "there is no device behind this target, and so no level for it", at: target, remedy: "name a device, or remove the target")
    }

    private mutating func mixedTargets(_ token: Token) -> Abandoned {
        fail(
            "the levels before have no target", at: token.range,
            expected: "a target before the first level, or none at all", remedy: "crmsh would ignore this target")
    }

    private mutating func level(
        _ depth: Int, of target: FencingTarget?, _ devices: Token
    ) throws(Abandoned) -> Element {
        let names = devices.string.split(separator: ",", omittingEmptySubsequences: false)
        guard names.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(\.isInDeviceName) }) else {
            throw fail(
                "\"\(devices.string)\" names no fencing devices", at: devices.range,
                expected: "a device, or several with commas and no blanks between them")
        }
        let level = [Element.Attribute("index", "\(depth)"), .init("devices", devices.string)]
        return Element("fencing-level", (target?.attributes ?? []) + level)
    }
}

/// What a level is for.
private enum FencingTarget: Hashable {
    case node(String)
    case pattern(String)
    case attribute(String, value: String)

    init?(_ token: Token) {
        if let pattern = token.value(of: "pattern:") {
            self = .pattern(pattern)
        } else if token.begins(with: "attr:"), token.equals > 5, token.equals + 1 < token.text.count {
            self = .attribute(token.string(5..<token.equals), value: token.string(from: token.equals + 1))
        } else if let node = token.beforeFinalColon {
            self = .node(node)
        } else {
            return nil
        }
    }

    init?(_ level: Element) {
        if let pattern = level["target-pattern"] {
            self = .pattern(pattern)
        } else if let name = level["target-attribute"] {
            self = .attribute(name, value: level["target-value"] ?? "")
        } else if let node = level["target"] {
            self = .node(node)
        } else {
            return nil
        }
    }

    var attributes: [Element.Attribute] {
        switch self {
        case .node(let node): [.init("target", node)]
        case .pattern(let pattern): [.init("target-pattern", pattern)]
        case .attribute(let name, let value): [.init("target-attribute", name), .init("target-value", value)]
        }
    }

    /// What crmsh counts the levels by: for an attribute its name alone.
    var counter: String {
        switch self {
        case .node(let name), .pattern(let name), .attribute(let name, _): name
        }
    }

    var text: String {
        switch self {
        case .node(let node): "\(node):"
        case .pattern(let pattern): "pattern:\(pattern)"
        case .attribute(let name, let value): "attr:\(name)=\(value)"
        }
    }
}

extension CRMPrinter {
    func fencingLines(_ topology: Element) -> [String]? {
        var lines = ["fencing_topology"]
        var current: FencingTarget?
        for level in topology.children {
            let target = FencingTarget(level)
            if let target, target != current { lines.append(CRMQuoting.word(target.text)) }
            current = target
            lines[lines.count - 1] += " \(CRMQuoting.word(level["devices"] ?? ""))"
        }
        return lines
    }
}

extension CRMForm {
    /// Levels by target, and for each in the order in which they are tried.
    func byTarget(_ levels: [Element]) -> [Element] {
        var order: [FencingTarget?: Int] = [:]
        for level in levels where order[FencingTarget(level)] == nil { order[FencingTarget(level)] = order.count }
        return levels.enumerated().sorted { a, b in
            let (x, y) = (order[FencingTarget(a.element)] ?? 0, order[FencingTarget(b.element)] ?? 0)
            if x != y { return x < y }
            let (i, j) = (a.element.depth, b.element.depth)
            return i != j ? i < j : a.offset < b.offset
        }.map(\.element)
    }
}

extension Element {
    fileprivate var depth: Int { self["index"].flatMap { Int($0) } ?? 0 }
}

extension UInt8 {
    /// The schema: `([a-zA-Z0-9_\.\-]+)(,[a-zA-Z0-9_\.\-]+)*`.
    fileprivate var isInDeviceName: Bool { isWordCharacter || self == UInt8(ascii: ".") || self == UInt8(ascii: "-") }
}

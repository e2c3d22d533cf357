internal import CIB
internal import XML

/// Which file an object goes into: one for each concern, and one for each domU with the storage that is its own.
struct SplitLayout {
    /// The file of each resource that has one with others.
    private var files: [String: String] = [:]

    init(_ objects: [CIBObject]) {
        let resources = ResourceForest(objects)
        for root in resources.roots {
            let all = resources.all(below: root)
            if resources.contains(root, where: \.isFencingDevice) { assign(all, to: "crm/fencing.crm") }
            if resources.contains(root, where: \.isDomain) { assign(all, to: "crm/domains/\(resources.domain(in: root).fileName).crm") }
        }
        let constraints = Constraints(objects)
        for root in resources.roots where resources.contains(root, where: \.isReplicatedDevice) {
            let all = resources.all(below: root)
            if let file = onlyDomain(among: constraints.on(all)) { assign(all, to: file) }
        }
    }

    /// The file of the one domU that constraints tie something to; nil for several, or none.
    private func onlyDomain(among constraints: [[String]]) -> String? {
        var only: String?
        for name in constraints.joined() {
            guard let file = files[name], file.hasPrefix("crm/domains/"), file != only else { continue }
            guard only == nil else { return nil }
            only = file
        }
        return only
    }

    private mutating func assign(_ names: Set<String>, to file: String) {
        for name in names { files[name] = file }
    }

    func path(of object: CIBObject) -> String {
        switch object.id.kind {
        case .properties, .resourceDefaults, .operationDefaults: "crm/cluster.crm"
        case .node: "crm/nodes.crm"
        case .fencing: "crm/fencing.crm"
        case .tag: "crm/tags.crm"
        case .alert: "crm/alerts.crm"
        case .role, .aclTarget, .aclGroup, .aclUser: "crm/access.crm"
        case .resource where object.element.name == "template": "crm/templates.crm"
        case .resource: files[object.id.name] ?? "crm/resources.crm"
        case .constraint: path(ofConstraintOn: object.references)
        }
    }

    /// With the one domU or device that it is about; what else it names is there for all.
    private func path(ofConstraintOn names: [String]) -> String {
        let own = Set(names.compactMap { files[$0] })
        if let file = own.first, own.count == 1 { return file }
        return own.isEmpty ? "crm/resources.crm" : "crm/constraints.crm"
    }
}

/// Which resources each constraint is about, found by any of them.
private struct Constraints {
    private let references: [[String]]
    private var positions: [String: [Int]] = [:]

    init(_ objects: [CIBObject]) {
        references = objects.filter { $0.id.kind == .constraint }.map(\.references)
        for (position, names) in references.enumerated() {
            for name in names { positions[name, default: []].append(position) }
        }
    }

    func on(_ names: Set<String>) -> [[String]] { names.flatMap { positions[$0] ?? [] }.map { references[$0] } }
}

/// Resources as they nest.
private struct ResourceForest {
    private let objects: [String: CIBObject]
    let roots: [String]

    init(_ objects: [CIBObject]) {
        let resources = objects.filter { $0.id.kind == .resource }
        let inside = Set(resources.flatMap(\.members))
        self.objects = Dictionary(resources.map { ($0.id.name, $0) }, uniquingKeysWith: { first, _ in first })
        roots = resources.map(\.id.name).filter { !inside.contains($0) }
    }

    func all(below root: String) -> Set<String> {
        Set((objects[root]?.members ?? []).flatMap { all(below: $0) } + [root])
    }

    func contains(_ root: String, where isMeant: (Element) -> Bool) -> Bool {
        all(below: root).contains { objects[$0].map { isMeant($0.element) } ?? false }
    }

    /// The domU's name; that of the group where there are several in it.
    func domain(in root: String) -> String {
        let domains = all(below: root).filter { objects[$0]?.element.isDomain ?? false }
        return domains.count == 1 ? domains.first ?? root : root
    }
}

extension Element {
    fileprivate var isDomain: Bool { self["type"] == "Xen" || self["type"] == "VirtualDomain" }
    fileprivate var isReplicatedDevice: Bool { self["type"] == "drbd" }
    fileprivate var isFencingDevice: Bool { self["class"] == "stonith" }
}

extension String {
    /// The id of a resource as the name of a file. Where no schema holds, an id may be anything: `a/b`, `..`, a text of any length.
    /// Two that become the same share a file.
    fileprivate var fileName: String {
        let name = map { $0.isLetter || $0.isNumber || "._-".contains($0) ? $0 : "-" }.drop { $0 == "." }
        return name.isEmpty ? "-" : String(name.prefix(60))
    }
}

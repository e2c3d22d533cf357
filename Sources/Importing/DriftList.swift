internal import CIB
internal import CRMSyntax
internal import ClusterModel
public import Diagnostics
public import Planning
internal import Steps
internal import XML

/// What is not as the commit in force says, by the names that its plan shows.
public struct DriftList: Sendable {
    /// What has become of an object since it was declared, or without ever having been.
    enum Fate: String, Sendable {
        case changed = "changed by hand"
        case held = "held by an operator"
        case created = "created by hand"
        case deleted = "deleted by hand"
    }

    private struct Item {
        var keyword: String
        var fates: [Fate] = []
        var fields: [String] = []
    }

    private var items: [ObjectID: Item] = [:]
    private var order: [ObjectID] = []
    /// Paths on this host.
    private let files: [String]

    /// - Parameter plan: of the commit in force.
    public init(_ plan: Plan) {
        files = plan.files.map(\.path.text) + plan.unmanagedFiles
        let made = Set(plan.changes.filter { $0.action == .create }.map(\.id))
        for change in plan.changes where change.action != .delete || made.contains(change.id) {
            note(change.id, change.tag, change.action == .create && plan.live[change.id] == nil ? .deleted : .changed)
            for field in change.fields where change.action == .change { note(field.path, of: change.id) }
        }
        for held in plan.held where held.holder == .operatorOverride || held.path == nil {
            note(held.object, plan.live[held.object]?.element.name ?? "", .held)
            if let path = held.path { note(path, of: held.object) }
        }
        for item in plan.unmanaged {
            note(item.object, item.tag, item.path == nil ? .created : .changed)
            if let path = item.path { note(path, of: item.object) }
        }
        for object in plan.live.objects where object.id.kind.isSet && items[object.id]?.fates == [.created] {
            for pair in object.element.children { pair["name"].map { note(FieldPath([$0]), of: object.id) } }
        }
    }

    /// All objects in it.
    public var wishes: [AdoptionWish] { order.map(AdoptionWish.object) }

    private mutating func note(_ id: ObjectID, _ tag: String, _ fate: Fate) {
        if items[id] == nil {
            order.append(id)
            items[id] = Item(keyword: tag.isEmpty ? id.kind.rawValue : CRMKeyword.word(forTag: tag))
        }
        if items[id]?.fates.contains(fate) == false { items[id]?.fates.append(fate) }
    }

    private mutating func note(_ path: FieldPath, of id: ObjectID) {
        if items[id]?.fields.contains(path.description) == false { items[id]?.fields.append(path.description) }
    }
}

extension DriftList {
    /// What the words of a person mean: `xps-101`, `property maintenance-mode`, `/etc/drbd.d/xps-101.res`.
    ///
    /// - Throws: `Findings`: each name that says nothing, or too much.
    public func wishes(for words: [String]) throws(Findings) -> [AdoptionWish] {
        var wishes: [AdoptionWish] = []
        var findings: [Finding] = []
        var rest = words.flatMap { $0.split(separator: " ").map(String.init) }[...]
        while let word = rest.popFirst() {
            let isKeyword = Self.keywords.contains(word) && matches(of: word, nil).isEmpty
            let (keyword, name) = isKeyword && !rest.isEmpty ? (word, rest.removeFirst()) : (nil, word)
            let found = matches(of: name, keyword)
            if found.count == 1 { wishes += found } else { findings.append(refusal(of: name, found)) }
        }
        guard findings.isEmpty else { throw Findings(findings) }
        return wishes.reduce(into: []) { all, wish in if !all.contains(wish) { all.append(wish) } }
    }

    /// What is said about it in a commit: `xps-101: held by an operator (meta target-role)`.
    public func summary(of wish: AdoptionWish) -> String {
        switch wish {
        case .file(let path): return "\(path): edited on the host"
        case .option(let name, let set): return "\(set.name) \(name): \(fates(of: set))"
        case .object(let id):
            let fields = items[id]?.fields ?? []
            let named = fields.count <= 6 ? fields.joined(separator: ", ") : "\(fields.count) fields"
            return "\(id.name): \(fates(of: id))" + (named.isEmpty ? "" : " (\(named))")
        }
    }

    private func fates(of id: ObjectID) -> String { items[id]?.fates.map(\.rawValue).joined(separator: ", ") ?? "" }

    private static let keywords = Set(ObjectID.Kind.allCases.map(\.rawValue) + CRMKeyword.allCases.map(\.rawValue) + ["file"])

    private func matches(of name: String, _ keyword: String?) -> [AdoptionWish] {
        let objects = order.filter { id in
            id.name == name && (keyword == nil || keyword == id.kind.rawValue || keyword == items[id]?.keyword)
        }
        if !objects.isEmpty { return objects.map(AdoptionWish.object) }
        if keyword == nil || keyword == "file", files.contains(name) { return [.file(name)] }
        let sets = order.filter { $0.kind.isSet && items[$0]?.fields.contains(name) == true }
        return sets.filter { keyword == nil || keyword == $0.kind.rawValue }.map { .option(name, of: $0) }
    }

    private func refusal(of name: String, _ found: [AdoptionWish]) -> Finding {
        guard found.isEmpty else {
            let words = found.compactMap(\.object).map { "\"\($0.kind.rawValue) \($0.name)\"" }
            return .error("\"\(name.terminalSafe)\" may be several things", expected: words.joined(separator: " or "))
        }
        let known = order.map(\.name) + files + items.values.filter { $0.keyword == "property" }.flatMap(\.fields)
        return .error(
            "nothing that differs from the commit in force is called \"\(name.terminalSafe)\"",
            remedy: didYouMean(name, among: known) ?? "coxswain drift shows what does")
    }
}

public import CIB
public import ClusterModel
internal import Diagnostics
internal import XML

/// What the cluster itself knows of its commits: a property set in the CIB, where Pacemaker replicates it.
public struct ClusterRecord: Hashable, Sendable {
    /// The commit that the last transaction was made for; written in that transaction itself.
    public var applied: CommitID?
    /// A commit of which a first part is in: what else it has must wait for that. Written with it; gone when all of it, or another one, is in.
    public var begun: CommitID?
    /// The last commit that was applied and found healthy.
    public var good: CommitID?
    /// A commit that was applied, was not healthy, and is not worked on until a newer one comes.
    public var held: CommitID? { didSet { if held != oldValue { whyHeld = nil } } }
    /// What was wrong with that one, for the notes of every node, whoever has judged it and has died since.
    public private(set) var whyHeld: String?
    /// The node that writes: another one that takes the lead says so first, which makes what the former had in hand a patch of
    /// an old version, and so refused.
    public var leader: NodeName?
    /// Where the commit in force stands; written with it.
    public var part: RepositoryPart?
    /// Whether a person lets nothing be changed for a while; it may be over.
    public var suspension: Suspension?
    /// What a person has held for longer than the policy allows: the DC's word, until it is put right.
    public var endedHolds: Set<String> = []
    /// Where a commit ought to be named and none is: somebody has edited it. By name.
    public private(set) var unreadable: [String: String] = [:]
    /// What another version of the program keeps here.
    private var others: [Element] = []

    public init(
        applied: CommitID? = nil, good: CommitID? = nil, held: CommitID? = nil, leader: NodeName? = nil, part: RepositoryPart? = nil,
        suspension: Suspension? = nil
    ) {
        self.part = part
        self.suspension = suspension
        self.applied = applied
        self.good = good
        self.held = held
        self.leader = leader
    }

    /// Bytes: the CIB goes to every node.
    private static let longestReason = 400

    /// - Parameter reason: is cut.
    public mutating func hold(_ commit: CommitID, because reason: String) {
        held = commit
        let lines = reason.split(separator: "\n").map { String($0).singleLine }
        whyHeld = lines.isEmpty ? nil : lines.joined(separator: "; ").beginning(ofBytes: Self.longestReason)
    }

    /// The commit whose objects the CIB has, for whoever brings `target` in: that one is compared with. Of one that was begun and never came to its end,
    /// what is there is git's own.
    public func basis(of target: CommitID?) -> CommitID? { begun.flatMap { $0 == target ? nil : $0 } ?? applied }

    /// The commit that every node works towards, when `head` is the newest one of the repository.
    public func target(head: CommitID) -> CommitID { head == held ? good ?? applied ?? head : head }
}

extension ClusterRecord {
    public static let set = ObjectID(.properties, "coxswain")
    /// Constraints that keep a resource stopped until it is deleted.
    public static let retirePrefix = "coxswain-retire-"

    public static func ban(of resource: ResourceID) -> ObjectID { ObjectID(.constraint, retirePrefix + resource.text) }

    public init(in cib: CIB) {
        self.init()
        var (cluster, path, reason): (String?, String?, String?)
        // In reverse: of several the first one counts.
        for pair in (cib[Self.set]?.element.children ?? []).reversed() {
            let value = pair["value"]
            switch pair["name"] {
            case "applied": applied = commit("applied", value)
            case "begun": begun = commit("begun", value)
            case "good": good = commit("good", value)
            case "held": held = commit("held", value)
            case "why-held": reason = value
            case "leader": leader = value.map(NodeName.init)
            case "cluster": cluster = value
            case "path": path = value
            case "suspended": suspension = value.map { Suspension(text: $0) }
            case "ended-holds": endedHolds = Set((value ?? "").split(separator: "|").map(Self.name))
            default: others.insert(pair, at: 0)
            }
        }
        if held != nil { whyHeld = reason }
        part = path.map { RepositoryPart(cluster: cluster, path: $0) }
    }

    private mutating func commit(_ name: String, _ value: String?) -> CommitID? {
        let commit = value.flatMap { CommitID($0) }
        unreadable[name] = commit == nil ? value ?? "" : nil
        return commit
    }

    /// The property set; without anything to say there is none.
    public var object: CIBObject? {
        let fields = [
            ("applied", applied?.hex), ("begun", begun?.hex), ("good", good?.hex), ("held", held?.hex), ("why-held", whyHeld),
            ("leader", leader?.text), ("cluster", part?.cluster), ("path", part?.path), ("suspended", suspension?.text), ("ended-holds", endedText),
        ]
        let pairs =
            fields.compactMap { name, value in
                (value ?? unreadable[name]).map { Element("nvpair", ["id": "coxswain-\(name)", "name": name, "value": $0]) }
            } + others
        guard !pairs.isEmpty else { return nil }
        return CIBObject(id: Self.set, element: Element("cluster_property_set", ["id": Self.set.name], children: pairs))
    }

    private static func name(_ text: Substring) -> String { String(text).replacing("%7C", with: "|").replacing("%25", with: "%") }

    private var endedText: String? {
        let names = endedHolds.sorted().map { $0.replacing("%", with: "%25").replacing("|", with: "%7C") }
        return names.isEmpty ? nil : names.joined(separator: "|")
    }

    /// Adds to the edits what makes this the record of the CIB.
    public func write(to edits: inout Edits, of cib: CIB) {
        guard self != ClusterRecord(in: cib) else { return }
        switch (object, cib[Self.set]) {
        case (let new?, nil): edits.add(new)
        case (let new?, _?): edits.change(Self.set, to: new.element)
        case (nil, _?): edits.remove(Self.set)
        case (nil, nil): break
        }
    }
}

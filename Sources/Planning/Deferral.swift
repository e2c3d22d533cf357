internal import CIB
internal import Repository
internal import XML

/// What a commit that brings a file system and domUs on it at once leaves for later: a domU must not be created before its
/// file is there, and the file can't be there before the file system is mounted. So the domUs, and the groups and
/// constraints around them, are planned again when it is.
struct Deferral {
    /// In the order of the declarations.
    let objects: [ObjectID]
    private let set: Set<ObjectID>

    init(of desired: DesiredState, live: CIB, unreachable: [String]) {
        var found: Set<ObjectID> = []
        let new = unreachable.isEmpty ? [] : desired.declarations.map(\.object).filter { live[$0.id] == nil }
        let unreachable = Set(unreachable)
        let tree = desired.resourceTree
        let coming =
            new.isEmpty ? [] : (ResourceTree(new).filesystems + Self.banned(tree, live) + Self.changed(tree, live)).map { $0.directory + "/" }
        for object in new {
            guard let file = tree.domainFile(of: object), unreachable.contains(file) else { continue }
            if coming.contains(where: file.hasPrefix) { found.insert(object.id) }
        }
        var count = -1
        while count != found.count {
            count = found.count
            for object in new where Self.concerns(object, found) { found.insert(object.id) }
        }
        set = found
        objects = new.map(\.id).filter(found.contains)
    }

    /// File systems that an earlier commit has begun to retire, and that stay after all: our own ban keeps them from being mounted until the
    /// transaction that takes it away.
    private static func banned(_ desired: ResourceTree, _ live: CIB) -> [ManagedFilesystem] {
        let bans = live.objects.filter(\.isRetirement).compactMap { $0.element["rsc"] }
        guard !bans.isEmpty else { return [] }
        let names = Set(bans.flatMap(live.resourceTree.within))
        return desired.filesystems.filter { names.contains($0.name) }
    }

    /// File systems that become other ones: as they are they can't be mounted, it may be, and just this commit mends that.
    private static func changed(_ desired: ResourceTree, _ live: CIB) -> [ManagedFilesystem] {
        let tree = live.resourceTree
        return desired.filesystems.filter { filesystem in
            guard let old = tree[filesystem.name], let new = desired[filesystem.name] else { return false }
            return ["device", "directory", "fstype", "options"].contains { tree.parameter($0, of: old) != desired.parameter($0, of: new) }
        }
    }

    var isEmpty: Bool { objects.isEmpty }

    func covers(_ id: ObjectID) -> Bool { set.contains(id) }

    private static func concerns(_ object: CIBObject, _ found: Set<ObjectID>) -> Bool {
        (object.members + object.references).contains { found.contains(ObjectID(.resource, $0)) }
    }
}

internal import Diagnostics

extension FileKind {
    /// Where a file is probably meant to stand that is passed over for its name; nil for one that is none of our business, and for one that is read.
    ///
    /// - Parameter path: relative to the root of the desired state.
    public static func intended(_ path: String) -> String? {
        guard FileKind(path: path) == nil, let name = path.split(separator: "/").last, name.first != "." || path == ".coxswain.yaml" else {
            return nil
        }
        let place = path.dropLast(name.count).split(separator: "/").first.map { $0.lowercased() }
        guard let place else { return topLevel(String(name)) }
        guard let directory = self.directory(meantBy: place), let stem = stem(of: String(name), in: directory),
            directory == "crm" || path.split(separator: "/").count == 2 || stem.lowercased() == name.lowercased()
        else { return nil }
        // A directory of nearly that name is what it is, unless its files are what belongs here.
        guard directories[place] != nil || stem == name else { return nil }
        let rest = directory == "crm" ? path.split(separator: "/").dropFirst().dropLast().map { $0 + "/" }.joined() : ""
        let meant = "\(directory)/\(rest)\(stem)"
        return FileKind(path: meant) == nil ? nil : meant
    }

    /// Whether such files may lie below a directory, given with a slash at its end.
    public static func mayHoldStrays(directory: String) -> Bool {
        let names = directory.split(separator: "/")
        return names.count <= 4 && names.first.map { self.directory(meantBy: $0.lowercased()) != nil } == true
    }

    private static func directory(meantBy name: String) -> String? {
        directories[name] ?? (name.utf8.count < 3 ? nil : nearest(to: name, among: directories.values))
    }

    /// What people call the directories; drbd.d is what a host has.
    private static let directories = ["crm": "crm", "drbd": "drbd", "drbd.d": "drbd", "xen": "xen", "lvm": "lvm", "corosync": "corosync"]

    private static func topLevel(_ name: String) -> String? {
        let lower = name.lowercased()
        switch lower {
        case "coxswain.yml", "coxswain.yaml", ".coxswain.yaml", "coxswain.conf": return "coxswain.yaml"
        case "corosync.conf": return "corosync/corosync.conf"
        case "cluster.conf": return "ocfs2/cluster.conf"
        case "global_common.conf": return "drbd/global_common.conf"
        case "xendomains", "o2cb": return "default/\(lower)"
        default: break
        }
        if ["lvm.yaml", "lvm.yml"].contains(lower) { return "lvm/lvm.yaml" }
        if lower.hasSuffix(".crm") { return "crm/" + name.dropLast(4) + ".crm" }
        return lower.hasSuffix(".res") ? "drbd/" + name.dropLast(4) + ".res" : nil
    }

    /// The name with the ending that it should have; nil for what is something else.
    private static func stem(of name: String, in directory: String) -> String? {
        if ["global_common.conf", "corosync.conf"].contains(name.lowercased()) { return name.lowercased() }
        guard let right = endings[directory] else { return nil }
        // Some editors, and some mail programs, put .txt behind everything.
        let name = name.lowercased().hasSuffix((right.last ?? "") + ".txt") ? String(name.dropLast(4)) : name
        let dot = name.lastIndex(of: ".") ?? name.endIndex
        let (stem, ending) = (name[..<dot], name[dot...].lowercased())
        guard right.contains(ending) || nearest(to: ending, among: right.suffix(1)) != nil, !stem.isEmpty,
            stem.first?.isUppercase != true || ending == right.last
        else {
            return nil
        }
        return stem + (right.last ?? "")
    }

    /// What stands behind the names that people give such files, the right one last. A domU's file often has no ending.
    private static let endings = [
        "crm": [".crm"], "drbd": [".conf", ".res"], "xen": ["", ".hvm", ".pv", ".pvh", ".xl", ".xm", ".conf", ".config", ".cfg"],
        "lvm": [".yml", ".yaml"],
    ]
}

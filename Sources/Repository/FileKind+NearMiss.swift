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
        if place == "etc" { return inEtc(String(path.dropFirst("etc/".count)), name) }
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
        if names.first?.lowercased() == "etc", names.count > 1 { return names.count == 2 }
        return names.count <= 4 && names.first.map { $0.lowercased() == "etc" || self.directory(meantBy: $0.lowercased()) != nil } == true
    }

    /// As it lies on a host: what has the right name there is told, and nothing else.
    private static func inEtc(_ path: String, _ name: Substring) -> String? {
        guard path.contains("/"), let meant = FileKind(path: path) == nil ? intended(path) : path else { return nil }
        return meant.split(separator: "/").last == name ? meant : nil
    }

    private static func directory(meantBy name: String) -> String? {
        directories[name] ?? (name.utf8.count < 3 ? nil : nearest(to: name, among: directories.values))
    }

    /// What people call the directories; drbd.d is what a host has.
    private static let directories = [
        "crm": "crm", "drbd": "drbd", "drbd.d": "drbd", "xen": "xen", "lvm": "lvm", "corosync": "corosync", "ocfs2": "ocfs2", "default": "default",
    ]

    private static func topLevel(_ name: String) -> String? {
        let lower = name.lowercased()
        if lower.hasPrefix("coxswain."), lower.hasSuffix(".txt") { return topLevel(String(name.dropLast(4))) ?? "coxswain.yaml" }
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
        if lower.hasSuffix(".cfg") {
            return lower.split(separator: ".").count == 2 && !settings.contains(lower) ? "xen/" + name.dropLast(4) + ".cfg" : nil
        }
        return lower.hasSuffix(".res") ? "drbd/" + name.dropLast(4) + ".res" : nil
    }

    /// What other programs want at the top of a repository.
    private static let settings: Set<String> = [
        "setup.cfg", "ansible.cfg", "buildout.cfg", "mypy.cfg", "pylint.cfg", "pytest.cfg", "tox.cfg", "flake8.cfg", "bumpversion.cfg", "logging.cfg",
        "config.cfg", "haproxy.cfg", "versioneer.cfg",
    ]

    /// The name with the ending that it should have; nil for what is something else.
    private static func stem(of name: String, in directory: String) -> String? {
        if let names = names[directory] { return nearest(to: name.lowercased(), among: names) }
        if name.lowercased() == "global_common.conf" { return name.lowercased() }
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

    /// Where each file has one name.
    private static let names = ["corosync": ["corosync.conf"], "ocfs2": ["cluster.conf"], "default": ["xendomains", "o2cb"]]

    /// What stands behind the names that people give such files, the right one last. A domU's file often has no ending.
    private static let endings = [
        "crm": [".crm"], "drbd": [".conf", ".res"], "xen": ["", ".hvm", ".pv", ".pvh", ".xl", ".xm", ".conf", ".config", ".cfg"],
        "lvm": [".yml", ".yaml"],
    ]
}

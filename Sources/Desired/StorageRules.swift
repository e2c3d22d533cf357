internal import CIB
internal import Diagnostics
internal import XML

/// What a senior Pacemaker engineer looks for first: storage, and what runs on it.
struct StorageRules {
    private(set) var findings: [Finding] = []
    private let declarations: Declarations
    private let filesystems: [Declaration]
    private let ties: Ties
    /// The promotable clone of each DRBD resource.
    private var clones: [String: Declaration] = [:]

    init(_ declarations: Declarations) {
        self.declarations = declarations
        ties = Ties(declarations.all)
        filesystems = declarations.primitives("heartbeat", "Filesystem")
        indexClones(of: declarations.primitives("linbit", "drbd"))
        checkOptions()
        for filesystem in filesystems { checkFilesystem(filesystem) }
        for domain in declarations.primitives("heartbeat", "Xen") { checkDomain(domain) }
    }

    private mutating func indexClones(of storage: [Declaration]) {
        for declaration in storage {
            guard let resource = declaration.object.element.parameter("drbd_resource") else { continue }
            let holder = ties.outermost(declaration.object.id.name)
            clones[resource] = declarations[ObjectID(.resource, holder)]
        }
        for clone in clones.values.sorted(by: { $0.object.id.name < $1.object.id.name }) { checkNotify(clone) }
    }

    // MARK: Cluster options

    private mutating func checkOptions() {
        guard let options = declarations.all.first(where: { $0.object.id.kind == .properties }) else { return }
        let element = options.object.element
        if element.pair("no-quorum-policy") == "ignore" {
            findings.append(
                .warning(
                    "without quorum a partition would go on, and start what the other one runs",
                    at: options.place(of: "no-quorum-policy"),
                    remedy: "drop no-quorum-policy=ignore; two nodes keep quorum through \"two_node: 1\" in corosync.conf"))
        }
        if element.pair("stonith-enabled").map({ Scalar.boolean.same($0, "false") }) == true {
            findings.append(unfenced(options))
        }
    }

    private func unfenced(_ options: Declaration) -> Finding {
        let dual = clones.values.contains { $0.object.element.isDualPrimary }
        return .warning(
            dual
                ? "two primaries without fencing: a split brain corrupts what both write"
                : "without fencing a node that hangs can't be taken over safely",
            at: options.place(of: "stonith-enabled"),
            remedy: "set up a fence device, test it, and set stonith-enabled=true")
    }

    private mutating func checkNotify(_ clone: Declaration) {
        let notify = clone.object.element.meta("notify") ?? "false"
        guard !Scalar.boolean.same(notify, "true") else { return }
        findings.append(
            .warning(
                "ocf:linbit:drbd needs notifications to set promotion scores",
                at: clone.place(of: clone.object.id.name), remedy: "add \"meta notify=true\""))
    }

    // MARK: What runs on DRBD

    private mutating func checkFilesystem(_ declaration: Declaration) {
        let element = declaration.object.element
        guard let device = element.parameter("device") else { return }
        let prefix = "/dev/drbd/by-res/"
        guard device.hasPrefix(prefix) else { return }
        let resource = device.dropFirst(prefix.count).prefix { $0 != "/" }
        if let clone = clones[String(resource)] { checkTies(declaration, to: clone) }
    }

    private mutating func checkDomain(_ declaration: Declaration) {
        let element = declaration.object.element
        guard let file = element.parameter("xmfile") else { return }
        if let clone = clones[domainName(file)] { checkTies(declaration, to: clone) }
        for other in filesystems {
            guard let directory = other.object.element.parameter("directory"), file.hasPrefix(directory + "/") else { continue }
            checkMount(declaration, file: file, on: other)
        }
    }

    /// By convention a domU's DRBD resource has its name.
    private func domainName(_ file: String) -> String {
        let name = file.split(separator: "/").last ?? ""
        return name.hasSuffix(".cfg") ? String(name.dropLast(4)) : String(name)
    }

    /// "Filesystem … order AND colocation": one without the other starts it too early, or in the wrong place.
    private mutating func checkTies(_ user: Declaration, to clone: Declaration) {
        let name = ties.outermost(user.object.id.name)
        let storage = clone.object.id.name
        if !ties.orders(storage, before: name) {
            findings.append(
                .warning(
                    "no order makes \(name) wait until \(storage) is promoted", at: user.place(of: user.object.id.name),
                    remedy: "add \"order \(name)-after-\(storage) Mandatory: \(storage):promote \(name):start\""))
        }
        if !ties.colocates(name, with: storage) {
            findings.append(
                .warning(
                    "no colocation keeps \(name) where \(storage) is promoted", at: user.place(of: user.object.id.name),
                    remedy: "add \"colocation \(name)-with-\(storage) inf: \(name) \(storage):Promoted\""))
        }
    }

    /// While the file system is not mounted the agent finds no file, and takes a running domU for stopped.
    private mutating func checkMount(_ domain: Declaration, file: String, on filesystem: Declaration) {
        let mount = ties.outermost(filesystem.object.id.name)
        let name = ties.outermost(domain.object.id.name)
        guard !ties.orders(mount, before: name) else { return }
        findings.append(
            .warning(
                "\(file) lies on \(filesystem.object.id.name), and no order makes \(name) wait until that is mounted",
                at: domain.place(of: domain.object.id.name),
                remedy: "add \"order \(name)-after-\(mount) Mandatory: \(mount) \(name)\""))
    }
}

extension Declarations {
    fileprivate func primitives(_ provider: String, _ type: String) -> [Declaration] {
        all.indices.lazy.filter { index in
            let element = all[index].object.element
            return element.name == "primitive" && element["type"] == type && element["provider"] == provider
        }.map { all[$0] }
    }
}

extension Element {
    fileprivate func parameter(_ name: String) -> String? { value(of: name, in: "instance_attributes") }

    fileprivate func meta(_ name: String) -> String? { value(of: name, in: "meta_attributes") }

    fileprivate func pair(_ name: String) -> String? { children.first { $0["name"] == name }?["value"] }

    private func value(of name: String, in set: String) -> String? {
        for candidate in children where candidate.name == set {
            if let value = candidate.pair(name) { return value }
        }
        return nil
    }

    fileprivate var isDualPrimary: Bool {
        (meta("promoted-max") ?? meta("master-max")).flatMap { Int($0) } ?? 1 > 1
    }
}

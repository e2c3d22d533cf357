internal import ClusterModel
internal import Reconciling
internal import Records
internal import Repository
internal import TestKit

/// What happens to a cluster from outside.
enum Disturbance: CaseIterable {
    case push, pushTwice, revert, forcePush, rewind, allowedRewind
    case slowGit, rejectingGit, blackHole
    case kill, freeze, cutPower, leave, changeDC, split, lag
    case toolsHang, toolsFail, stopHangs
    case stopResource, changeAddress, addObject, changeFile, removeFile, clash, cleanUp
    case reconcile, suspend, rollback
    case fillDisk
}

extension Cluster {
    /// Lets something happen. What it breaks is mended after a while.
    func disturb(_ disturbance: Disturbance, _ random: inout Seeded) {
        let name = random.pick(names)
        let node = node(name)
        let administrator = Administrator(cluster: self)
        let pause = random.number(2000...90000)
        let xen = (git.contents(git.head) ?? Contents()).xenDirectory
        switch disturbance {
        case .push:
            let contents = next(&random)
            push(contents, "change" + letGo(contents, &random))
        case .pushTwice:
            push(next(&random), "one")
            push(next(&random), "two")
        case .revert:
            let history = git.history(git.head)
            push(git.contents(random.pick(Array(history.prefix(4)))) ?? Contents(), "revert")
        case .forcePush:
            guard let parent = git.parent(git.head) else { return }
            push(next(&random), "amended", onto: parent)
        case .rewind:
            guard let parent = git.parent(git.head) else { return }
            say("git: rewound to \(parent.brief)")
            git.rewind(to: parent)
        case .allowedRewind:
            guard let parent = git.parent(git.head) else { return }
            push(next(&random), "rewound\n\nAllow-Rewind: \(git.head.hex)", onto: parent)
        case .slowGit: set(.slow, for: pause)
        case .rejectingGit: set(.rejecting, for: pause)
        case .blackHole: set(.blackHole, for: pause)
        case .kill: kill(name)
        case .freeze: freeze(name, for: pause)
        case .cutPower: cutPower(name, for: pause)
        case .leave:
            leave(name)
            simulation.after(pause) { [self] in join(name) }
        case .changeDC: partition(of: name).map(changeDC)
        case .split: split(name, for: pause)
        case .lag:
            node.lag = random.number(500...8000)
            simulation.after(pause) { node.lag = 0 }
        case .toolsHang: node.toolsHangUntil = simulation.now + pause
        case .toolsFail:
            node.toolsFailUntil = simulation.now + pause / 3
            node.judgesFailUntil = simulation.now + pause / 2
            node.disksFailUntil = simulation.now + pause
        case .stopHangs:
            let resource = random.pick(["web", "db", "ip", shared == nil ? "drbd-web" : "fs"])
            scheduler.stopsHangUntil[resource] = simulation.now + pause
        case .stopResource:
            let resource = random.pick(shared == nil ? ["web", "db", "ip"] : ["fs", "fs", "fs", "web", "db", "ip"])
            administrator.setRole(of: resource, "Stopped", on: name)
            simulation.after(pause) { administrator.setRole(of: resource, "Started", on: name) }
        case .changeAddress: administrator.changeAddress(on: name)
        case .addObject: administrator.addObject(on: name)
        case .changeFile: administrator.changeFile(random.pick(["\(xen)/web.cfg", "/etc/drbd.d/web.res", "\(xen)/db.cfg"]), on: name)
        case .removeFile: administrator.write(random.pick(["\(xen)/web.cfg", "\(xen)/db.cfg"]), nil, on: name)
        case .clash:
            let definition = "resource manual {\n  device /dev/drbd2;\n  disk /dev/vg0/m;\n  meta-disk internal;\n"
            let hosts = "  on alpha { address 10.1.0.1:7777; }\n  on bravo { address 10.1.0.2:7777; }\n}\n"
            administrator.write("/etc/drbd.d/manual.res", definition + hosts, on: name)
            simulation.after(pause) { administrator.write("/etc/drbd.d/manual.res", nil, on: name) }
        case .cleanUp: administrator.cleanUp(on: name)
        case .fillDisk:
            node.host.isFull = true
            simulation.after(pause) { node.host.isFull = false }
        case .reconcile: request(.reconcile, of: node)
        case .suspend:
            // On any node, or by itself.
            let until = random.chance(2) ? time + Int64(pause / 1000) : nil
            request(.suspend(Suspension(by: "person@\(name)", since: time, until: until)), of: node)
            let other = self.node(random.pick(names))
            if until == nil { simulation.after(pause) { [self] in request(.resume, of: other) } }
        case .rollback: request(.rollback, of: node)
        }
    }

    func push(_ contents: Contents, _ message: String, onto parent: CommitID? = nil) {
        let commit = git.push(contents, message + (message.contains("\n\n") ? "\n" : "\n\n") + Self.allowance, onto: parent)
        say("git: \(commit.id.brief) \(contents)\(parent.map { " onto \($0.brief)" } ?? "")")
    }

    /// The domUs may stop where what they stand on changes; nothing else may suffer.
    private static let allowance = "Allow-Disruption: web, db"

    private func next(_ random: inout Seeded) -> Contents {
        var contents = git.contents(git.head) ?? Contents()
        contents.text = .valid
        contents.stopsAll = false
        if contents.database == .hungry { contents.database = .plain }
        switch random.number(0...9) {
        case 0...3: contents.web = random.pick(Contents.Web.allCases)
        case 4...6: contents.database = random.pick(Contents.Database.common)
        case 7...8: contents.address = random.pick(Contents.Address.common)
        default: contents.text = .invalid
        }
        if contents.volumes != .undeclared, random.chance(4) { contents.volumes = random.pick([.plain, .larger]) }
        if shared != nil { furnish(&contents, &random) }
        if contents.web != .absent, contents.database == .onWebsMinor { contents.web = .absent }
        if isWild, whims.chance(8) { spoil(&contents) }
        return contents
    }

    private func spoil(_ contents: inout Contents) {
        switch whims.number(0...4) {
        case 0: contents.address = .ailing
        case 1: contents.address = .hanging
        case 2: contents.rollback = contents.rollback == .auto ? .off : .auto
        case 3: contents.stopsAll = true
        default: if contents.database == .plain { contents.database = .hungry }
        }
    }

    /// On a cluster file system domUs come and go oftener; it comes with the first of them, and may go with the last.
    private func furnish(_ contents: inout Contents, _ random: inout Seeded) {
        if random.chance(2) { contents.database = contents.database == .absent ? .plain : .absent }
        let isNew = contents.storage == .announced
        if contents.hasDomains { contents.storage = .shared } else if random.chance(2) { contents.storage = .announced }
        if isNew, contents.storage == .shared, whims.chance(4) { contents.storage = .broken }
    }

    /// Now and then the volumes may go with what stood on them.
    private func letGo(_ contents: Contents, _ random: inout Seeded) -> String {
        let former = git.contents(git.head) ?? Contents()
        let going = Set(former.disks).subtracting(contents.disks).sorted()
        guard contents.volumes != .undeclared, !going.isEmpty, random.chance(2) else { return "" }
        return "\n\n" + going.map { "\(Trailer.destroy): lv/vg0/\($0)" }.joined(separator: "\n")
    }

    private func set(_ mood: GitServer.Mood, for pause: Int) {
        say("git is \(mood) for \(pause / 1000) s")
        git.mood = mood
        simulation.after(pause) { [self] in git.mood = .answering }
    }

    private func split(_ name: NodeName, for pause: Int) {
        say("\(name) is cut off for \(pause / 1000) s")
        groups[name] = (groups[name] ?? 0) + 1
        regroup()
        fence()
        simulation.after(pause) { [self] in
            groups[name] = 0
            regroup()
        }
    }

    private func request(_ request: Event.Request, of node: Node) {
        guard node.isAlive else { return }
        say("a person asks \(node.name) to \(request.name)")
        deliver(.requested(request), to: node)
    }
}

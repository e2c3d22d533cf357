internal import CIB
internal import ClusterModel
internal import Diagnostics
internal import Host
internal import Observing
internal import Reconciling
internal import Repository
internal import Steps
internal import Synchronization

/// Tells when the cluster's configuration or a file of this host has moved.
///
/// The kernel says that something has (inotify), a few stat(2) calls say what. Where it can't - no watch is left, or other machines write there
/// too - the calls are made every second; else now and then all the same, for the kernel tells of no mount.
final class ChangeWatch: Sendable {
    private let settings: Settings
    private let known: Mutex<Stamps>
    private let policy = Mutex(Policy())
    /// When something was seen to have moved, and how long after it did.
    private let noticed = Mutex<(at: ContinuousClock.Instant, delay: Duration)?>(nil)
    /// Steps under way.
    private let held = Mutex(0)
    private let kernel: DirectoryWatch?
    private let wakes: AsyncStream<Void>
    private let wake: AsyncStream<Void>.Continuation

    /// What comes together is one change.
    private static let debounce = Duration.milliseconds(50)
    private static let unheard = Duration.seconds(1)
    private let heard: Duration

    /// Where Pacemaker keeps the configuration: replaced by a rename whenever it changes, not when the status does.
    private static let liveCIB = "/var/lib/pacemaker/cib/cib.xml"

    private struct Stamps: Hashable {
        var cib: FileStamp?
        /// Whether Pacemaker runs here; nil where nobody can say.
        var isClusterUp: Bool?
        /// By path.
        var files: [String: FileStamp] = [:]

        /// What was written since.
        func news(since last: Stamps) -> [FileStamp] {
            (cib == last.cib ? [] : [cib].compactMap(\.self))
                + (files == last.files ? [] : files.filter { last.files[$0.key] != $0.value }.map(\.value))
        }
    }

    /// - Parameter heard: after so long it looks although nothing was heard.
    init(_ settings: Settings, hearing isHearing: Bool = true, orAfter heard: Duration = .seconds(5)) {
        self.settings = settings
        self.heard = heard
        known = Mutex(Stamps())
        let (wakes, wake) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        (self.wakes, self.wake) = (wakes, wake)
        kernel = isHearing ? try? DirectoryWatch { wake.yield() } : nil
        look(nil)
    }

    /// Looks until the task is cancelled.
    func run(_ answer: @escaping World.Answer) async {
        var timer = listen(answer)
        for await _ in wakes {
            timer.cancel()
            try? await Task.sleep(for: Self.debounce)
            timer = listen(answer)
        }
        timer.cancel()
    }

    /// What moves from now on is heard of; what has moved before is looked for.
    /// - Returns: what wakes it when nothing is heard.
    private func listen(_ answer: @escaping World.Answer) -> Task<Void, any Error> {
        let unheard = kernel?.arm(directories)
        look(answer)
        let pause = unheard?.isEmpty == true ? heard : Self.unheard
        return Task.detached { [wake] in
            try await Task.sleep(for: pause)
            wake.yield()
        }
    }

    /// A step of this process begins: until it has ended, nobody can tell its change from others'.
    func hold() { held.withLock { $0 += 1 } }

    /// The step has ended: what it has changed is no news; whatever else was changed at the same time is.
    func release(after action: Action) {
        expect(action)
        held.withLock { $0 -= 1 }
        wake.yield()
    }

    private func expect(_ action: Action) {
        known.withLock { known in
            switch action {
            case .ban, .transact, .record: known.cib = FileTree().stamp(of: cib)
            case .writeFile(let change), .removeFile(let change): known.files[change.path.text] = tree.stamp(of: change.path.text)
            case .createVolume, .growVolume, .removeVolume, .createMetadata, .up, .firstSync, .resize, .adjust, .down, .changeDomain, .reloadCorosync,
                .registerNodes, .forgetFailures:
                break
            }
        }
    }

    /// Where the hosts keep the files of the commit in hand.
    func follow(_ policy: Policy) {
        guard self.policy.withLock({ former in former != policy }) else { return }
        self.policy.withLock { $0 = policy }
        look(nil)
        wake.yield()
    }

    private func look(_ answer: World.Answer?) {
        guard held.withLock({ $0 == 0 }) else { return }
        let now = stamps
        let last = known.withLock { known in
            defer { known = now }
            return known
        }
        note(now.news(since: last))
        if now.cib != last.cib || now.isClusterUp != last.isClusterUp { answer?(.moved(.cluster)) }
        if now.files != last.files { answer?(.moved(.host)) }
    }

    private func note(_ news: [FileStamp]) {
        guard let delay = news.map(\.age).max() else { return }
        noticed.withLock { $0 = (.now, delay) }
    }

    /// How long after a change it was noticed, where that was lately; it is told once.
    func takeDelay() -> Duration? {
        noticed.withLock { noticed in
            defer { noticed = nil }
            return noticed.flatMap { .now - $0.at < .seconds(60) ? $0.delay : nil }
        }
    }

    private var stamps: Stamps {
        Stamps(cib: FileTree().stamp(of: cib), isClusterUp: settings.cib == .cluster ? LocalPacemaker.isUp : nil, files: files)
    }

    private var files: [String: FileStamp] {
        guard settings.hasHost else { return [:] }
        var stamps: [String: FileStamp] = [:]
        for directory in hostDirectories {
            for name in (try? tree.regularFiles(in: directory)) ?? [] {
                stamps["\(directory)/\(name)"] = tree.stamp(of: "\(directory)/\(name)")
            }
        }
        return stamps
    }

    private var hostDirectories: [String] {
        let policy = self.policy.withLock { $0 }
        return [policy.drbdDirectory, policy.xenDirectory, NodeSecrets.directory]
    }

    /// Those of files that are replaced, where their entries change.
    private var directories: [String] {
        let own = String(cib.prefix(upTo: cib.lastIndex(of: "/") ?? cib.startIndex))
        return [own.isEmpty ? "/" : own] + (settings.hasHost ? hostDirectories.map(tree.location) : [])
    }

    private var tree: FileTree { FileTree(root: settings.root ?? "/") }

    private var cib: String {
        switch settings.cib {
        case .cluster: Self.liveCIB
        case .file(let path): path
        }
    }
}

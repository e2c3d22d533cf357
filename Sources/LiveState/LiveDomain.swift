/// A domU that runs on this host, as libxl has it at the moment.
public struct LiveDomain: Hashable, Sendable {
    public struct Disk: Hashable, Sendable {
        /// The device in the domU: `xvda`.
        public var device: String
        /// The device or file on the host; nil for a drive without a medium.
        public var target: String?
        public var isReadOnly: Bool
        /// What else xl was told of it, by the words of xl-disk-configuration(5); nil where that is not known.
        public var options: [String: String]?

        public init(device: String, target: String?, isReadOnly: Bool = false, options: [String: String]? = nil) {
            self.device = device
            self.target = target
            self.isReadOnly = isReadOnly
            self.options = options
        }
    }

    public struct Interface: Hashable, Sendable {
        /// `00:16:3e:00:00:01`.
        public var mac: String
        public var bridge: String?
        /// What else xl was told of it, by the words of xl-network-configuration(5); nil where that is not known.
        public var options: [String: String]?

        public init(mac: String, bridge: String?, options: [String: String]? = nil) {
            self.mac = mac
            self.bridge = bridge
            self.options = options
        }

        /// A rate as libxl counts it: bytes in so many microseconds.
        public static func rate(_ bytes: Int, in interval: Int) -> String { "\(bytes) bytes in \(interval) µs" }
    }

    /// Those that it may use now, and the most that it may ever use until it is started anew.
    public var vcpus, maxVCPUs: Int
    /// KiB: what it is asked to make do with, and the most that it may be given until it is started anew.
    public var memory, maxMemory: Int
    public var disks: [Disk]
    public var interfaces: [Interface]
    /// What else it was started with, by the keys of xl.cfg(5): an empty text for what was not given to it. What libxl does not tell is not here.
    public var settings: [String: String] = [:]

    /// Whether so many KiB are as good as so many MiB: a page or two is nobody's wish.
    public static func isSame(_ kibibytes: Int, as mebibytes: Int) -> Bool { abs(kibibytes - mebibytes << 10) < 1 << 10 }

    public init(vcpus: Int, maxVCPUs: Int, memory: Int, maxMemory: Int, disks: [Disk] = [], interfaces: [Interface] = []) {
        (self.vcpus, self.maxVCPUs, self.memory, self.maxMemory) = (vcpus, maxVCPUs, memory, maxMemory)
        (self.disks, self.interfaces) = (disks, interfaces)
    }
}

import Testing

/// The tests on real clusters, one cluster at a time: two of them would starve each other on a small machine.
@Suite("On a real cluster", .serialized, .enabled(if: Lab.obstacle == nil, "\(Lab.obstacle ?? "")"))
enum OnLab {}

/// What a cluster needs to run anything here, and a resource that costs nothing.
enum Text {
    static let options = """
        property cib-bootstrap-options: stonith-enabled=false no-quorum-policy=stop
        rsc_defaults rsc-options: resource-stickiness=100

        """

    static func dummy(_ name: String, _ rest: String = "") -> String {
        "primitive \(name) ocf:pacemaker:Dummy params fake=\(name) op monitor interval=10s timeout=20s \(rest)\n"
    }
}

import Testing

/// The tests on real clusters, two clusters at a time (`Room`): they mostly wait, and more of them would starve each other on a small machine.
///
/// Where no lab can run they fail, unless they are left out by COXSWAIN_WITHOUT_LAB=1.
@Suite("On a real cluster", .disabled(if: Lab.isLeftOut, "COXSWAIN_WITHOUT_LAB is set"))
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

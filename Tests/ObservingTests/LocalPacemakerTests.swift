import Testing

@testable import Observing

@Suite("Whether Pacemaker runs here")
struct LocalPacemakerTests {
    private let header = "Num       RefCount Protocol Flags    Type St Inode Path\n"

    @Test(
        "is seen by its socket",
        arguments: [
            ("0000: 00000002 00000000 00010000 0001 01 416563 @cib_ro@@@@@@@@@@", true),
            ("0000: 00000002 00000000 00010000 0001 01 416563 /var/run/crm/cib_ro", true),
            ("0000: 00000002 00000000 00010000 0001 01 416563 @cib_rw@@@@@@@@@@", false),
            ("0000: 00000003 00000000 00000000 0001 03 416563", false), ("0000: 00000002 00000000 00010000 0001 01 1 /run/not-cib_ro", false),
        ])
    func socket(line: String, isUp: Bool) { #expect(LocalPacemaker.isListening(in: Array((header + line + "\n").utf8)) == isUp) }

    @Test("the kernel's own table is read whole")
    func ownTable() { #expect(LocalPacemaker.isUp != nil) }
}

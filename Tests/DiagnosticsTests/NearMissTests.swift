import Testing

@testable import Diagnostics

struct NearMissTests {
    @Test(
        "what is left out, put in, changed or swapped is found",
        arguments: [
            ("drdb", "drbd"), ("memroy", "memory"), ("clustr", "cluster"), ("resource-stickines", "resource-stickiness"), ("XEN", "xen"),
            ("stonith-enabeld", "stonith-enabled"),
        ])
    func near(_ word: String, _ meant: String) {
        #expect(nearest(to: word, among: ["drbd", "memory", "cluster", "resource-stickiness", "xen", "stonith-enabled"]) == meant)
    }

    @Test("of several that are equally near the first in the alphabet, in whatever order they come")
    func ties() {
        #expect(nearest(to: "vm-d", among: ["vm-c", "vm-b", "vm-e"]) == "vm-b")
        #expect(nearest(to: "vm-1", among: ["vm-2", "vm-12", "vm-1"]) == "vm-1")
    }

    @Test("another number is another machine", arguments: [("xps-102", "xps-101"), ("r9", "r0"), ("databse-xps-102", "database-xps-101")])
    func numbers(_ word: String, _ other: String) {
        #expect(nearest(to: word, among: [other]) == nil)
        #expect(nearest(to: "xsp-101", among: ["xps-101"]) == "xps-101")
    }

    @Test("what is farther off than a third of its length is not", arguments: ["abcd", "xyz", "", "rsc"])
    func far(_ word: String) {
        #expect(nearest(to: word, among: ["drbd", "memory", "cluster"]) == nil)
    }

    @Test(
        "distances",
        arguments: [
            ("", "", 0), ("a", "", 1), ("ab", "ba", 1), ("abc", "ca", 3), ("kitten", "sitting", 3), ("abcdef", "badcfe", 3),
        ])
    func distance(_ a: String, _ b: String, _ expected: Int) {
        #expect(editDistance(a, b, limit: 9) == expected)
        #expect(editDistance(b, a, limit: 9) == expected)
        #expect(editDistance(a, b, limit: 0) == min(expected, 1))
    }
}

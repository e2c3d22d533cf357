import CIB
import Testing

struct ScalarTests {
    @Test(
        "these mean the same",
        arguments: [
            (Scalar.role, "Master", "Promoted"), (.role, "Slave", "Unpromoted"), (.role, "started", "Started"),
            (.role, "STOPPED", "Stopped"), (.duration, "20", "20s"), (.duration, "20", "20sec"),
            (.duration, "20s", "20000ms"), (.duration, "60", "1min"), (.duration, "1m", "PT1M"), (.duration, "1h", "3600"),
            (.duration, "2hr", "PT2H"), (.duration, "P1DT1S", "86401"), (.duration, "P1W", "604800"),
            (.boolean, "on", "true"), (.boolean, "yes", "1"), (.boolean, "Y", "TRUE"), (.boolean, "off", "false"),
            (.boolean, "no", "0"), (.boolean, "N", "False"), (.score, "INFINITY", "+INFINITY"), (.score, "+INFINITY", "1000000"),
            (.score, "-INFINITY", "-1000000"), (.score, "+5", "5"), (.score, "9999999", "INFINITY"), (.score, "007", "7"),
            (.orderKind, "mandatory", "Mandatory"), (.orderKind, "INFINITY", "Mandatory"), (.orderKind, "0", "Optional"),
            (.orderKind, "-5", "Mandatory"), (.orderKind, "serialize", "Serialize"), (.text, "a", "a"),
        ])
    func same(_ kind: Scalar, _ a: String, _ b: String) {
        #expect(kind.same(a, b))
        #expect(kind.canonical(a) == kind.canonical(b))
    }

    @Test(
        "these don't",
        arguments: [
            (Scalar.role, "Promoted", "Started"), (.duration, "20", "20ms"), (.duration, "1m", "1ms"),
            (.boolean, "true", "false"), (.boolean, "true", "2"), (.score, "0", "-0x0"), (.score, "INFINITY", "-INFINITY"),
            (.score, "inf", "INFINITY"), (.score, "infinity", "INFINITY"),
            (.orderKind, "0", "1"), (.text, "true", "yes"), (.text, "20", "20s"), (.duration, "20 apples", "20"),
        ])
    func different(_ kind: Scalar, _ a: String, _ b: String) { #expect(!kind.same(a, b)) }

    @Test(
        "what is not of the kind is kept as it is, and said to be wrong",
        arguments: [
            (Scalar.duration, ""), (.duration, "soon"), (.duration, "P"), (.duration, "P5"),
            (.duration, "99999999999999999999"), (.duration, "9223372036854775807h"), (.duration, "٣s"), (.duration, "-5"),
            (.boolean, "maybe"), (.boolean, ""), (.score, ""), (.score, "-"), (.score, "1e3"), (.score, "inf:"), (.score, "inf"),
            (.score, "-Infinity"),
            (.role, "Running"), (.orderKind, "Always"),
        ])
    func unreadable(_ kind: Scalar, _ value: String) {
        #expect(!kind.accepts(value))
        #expect(kind.canonical(value) == value)
    }
}

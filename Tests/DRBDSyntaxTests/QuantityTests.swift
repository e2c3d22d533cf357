import Testing

@testable import DRBDSyntax

@Suite("Numbers with units")
struct QuantityTests {
    @Test(
        "the default scales are those of drbdsetup",
        arguments: [
            "disk-options", "net-options", "peer-device-options", "resource-options",
        ])
    func scales(_ command: String) async throws {
        let help = try await DRBDAdm.optionsOfDRBDSetup(command)
        let options = help.matches(of: /<option name="([^"]+)" type="numeric">(?s:.*?)<unit_prefix>(.)<\/unit_prefix>/)
        #expect(!options.isEmpty)
        let factors: [Substring: UInt64] = ["1": 1, "k": 1024, "s": 512]
        for option in options where Quantity.scales[String(option.1)] != nil || option.2 != "1" {
            #expect(Quantity.scales[String(option.1)] == factors[option.2], "\(option.1)")
        }
    }

    @Test(
        "in bytes where they count bytes",
        arguments: [
            ("10M", "resync-rate", "10485760"), ("10", "resync-rate", "10240"), ("8s", "c-fill-target", "4096"),
            ("8", "c-fill-target", "4096"), ("060", "timeout", "60"), ("1g", "sndbuf-size", "1073741824"),
        ])
    func canonical(_ text: String, _ keyword: String, _ expected: String) {
        #expect(Quantity.canonical(text, of: keyword) == expected)
    }

    @Test(
        "what is no number stays as it is",
        arguments: [
            ("10M", "shared-secret"), ("M", "resync-rate"), ("", "resync-rate"), ("1.5M", "resync-rate"),
            ("-1", "timeout"),
            ("99999999999999999G", "resync-rate"), ("10T", "resync-rate"),
        ])
    func none(_ text: String, _ keyword: String) {
        #expect(Quantity.canonical(text, of: keyword) == nil)
    }
}

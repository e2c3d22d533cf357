public import CIB
internal import Diagnostics
internal import Host

/// Pacemaker's tools on this host, which read and write no CIB of a newer Pacemaker.
public enum PacemakerTools {
    /// Pacemaker 2.1.5's, the oldest one that is supported.
    private static let oldest = try? CIB(
        parsing: SourceText(path: "", text: "<cib crm_feature_set=\"3.16.1\" validate-with=\"pacemaker-3.9\"><configuration/></cib>"))

    /// An empty CIB as they make it; nil where they need not be asked: every supported one reads the live CIB.
    public static func newestCIB(reading live: CIB) async -> CIB? {
        guard let oldest, live.isNewer(than: oldest) else { return nil }
        guard let output = try? await Command("cibadmin", ["--empty"], limit: .seconds(10)).run(), output.succeeded else { return nil }
        return try? CIB(parsing: SourceText(path: "cibadmin --empty", bytes: output.bytes))
    }
}

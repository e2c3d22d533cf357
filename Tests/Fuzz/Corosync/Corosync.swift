import CorosyncSyntax
import Diagnostics
import Properties

/// corosync.conf(5): what is read without errors says the same when it is printed.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzz(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let source = source(data, count)
    let (configuration, findings) = CorosyncConfiguration.parse(source)
    source.requireShowable(findings + configuration.review(in: source))
    _ = configuration.cluster
    guard findings.isSound else { return 0 }
    let text = configuration.description
    let again = CorosyncConfiguration.parse(SourceText(path: "printed", text: text)).configuration
    require(again == configuration, "printed it is the same:\n\(text)")
    require(again.isEquivalent(to: configuration), "and means the same:\n\(text)")
    require(again.description == text, "the layout is final:\n\(text)")
    return 0
}

import DRBDSyntax
import Diagnostics
import Properties

/// drbd.conf(5): what is read without errors says the same when it is printed.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzz(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let source = source(data, count)
    let (configuration, findings) = DRBDConfiguration.parse(source)
    source.requireShowable(findings + configuration.dialectFindings(in: source))
    for resource in configuration.resources { _ = resource.volumes }
    guard findings.isSound else { return 0 }
    requirePrinted(configuration)
    return 0
}

private func requirePrinted(_ configuration: DRBDConfiguration) {
    let text = configuration.description
    let (again, findings) = DRBDConfiguration.parse(SourceText(path: "printed", text: text))
    require(findings.isSound, "no mistakes are made in printing:\n\(text)\n\(Findings(findings))")
    require(again == configuration, "printed it is the same:\n\(text)")
    require(again.isEquivalent(to: configuration), "and means the same:\n\(text)")
    require(again.description == text, "the layout is final:\n\(text)")
}

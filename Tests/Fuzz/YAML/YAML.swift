import Diagnostics
import Properties
import Repository

/// coxswain.yaml and the files of lvm/: YAML in two shapes.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzz(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let source = source(data, count)
    source.requireShowable(Policy.parse(source).findings)
    let (volumes, findings) = VolumeGroups.parse(source)
    source.requireShowable(findings)
    guard findings.isSound else { return 0 }
    let text = volumes.description
    let (again, mistakes) = VolumeGroups.parse(SourceText(path: "printed", text: text))
    require(mistakes.isSound, "no mistakes are made in printing:\n\(text)\n\(Findings(mistakes))")
    require(again == volumes, "printed it is the same:\n\(text)")
    require(again.isEquivalent(to: volumes), "and means the same:\n\(text)")
    require(again.description == text, "the layout is final:\n\(text)")
    return 0
}

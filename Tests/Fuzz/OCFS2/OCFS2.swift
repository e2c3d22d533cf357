import Diagnostics
import OCFS2Syntax
import Properties

/// o2cb's cluster.conf: what is read without errors says the same when it is printed.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzz(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let source = source(data, count)
    let (configuration, findings) = OCFS2Configuration.parse(source)
    source.requireShowable(findings + configuration.review(in: source))
    guard findings.isSound else { return 0 }
    let text = configuration.description
    let (again, mistakes) = OCFS2Configuration.parse(SourceText(path: "printed", text: text))
    require(mistakes.isSound, "no mistakes are made in printing:\n\(text)\n\(Findings(mistakes))")
    require(again == configuration, "printed it is the same:\n\(text)")
    require(again.isEquivalent(to: configuration), "and means the same:\n\(text)")
    require(again.description == text, "the layout is final:\n\(text)")
    return 0
}

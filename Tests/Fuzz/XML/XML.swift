import CIB
import CRMSyntax
import Diagnostics
import Properties
import XML

/// XML, and what a CIB is made of: its objects, their canonical form, patches, crmsh's text.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzz(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let source = source(data, count)
    let root: Element
    do throws(Finding) {
        root = try Element(parsing: source)
    } catch {
        source.requireShowable([error])
        return 0
    }
    requirePrinted(root)
    if let text = source.text(ofChild: "status"), let child = try? Element(parsing: SourceText(path: "status", bytes: text)) {
        require(child == root.first("status"), "the text of a child is the child:\n\(root.xml)")
    }
    let canonical = root.canonical()
    require(canonical.canonical() == canonical, "the canonical form is final:\n\(canonical.xml)")
    if root.name == "cib" { requireReadable(CIB(root)) }
    return 0
}

private func requirePrinted(_ root: Element) {
    let text = root.xml
    let again = try? Element(parsing: SourceText(path: "printed", text: text))
    require(again == root, "printed it is the same:\n\(text)")
    require(again?.xml == text, "the layout is final:\n\(text)")
}

private func requireReadable(_ cib: CIB) {
    require(Patch(from: cib, to: cib).isEmpty, "from a CIB to itself there is no change:\n\(cib.xml)")
    _ = Patch(from: CIB(Element("cib", children: [Element("configuration")])), to: cib)
    var identifiers = CRMIdentifiers { _ in false }
    for object in cib.objects {
        var named = object.element
        identifiers.fill(&named)
        requireCanonical(named)
        guard let text = object.element.crm else { continue }
        let document = CRMDocument.parse(SourceText(path: "printed", text: text))
        require(document.statements.count == 1, "an object is one statement:\n\(text)")
    }
}

private func requireCanonical(_ element: Element) {
    let canonical = element.canonical()
    require(canonical.canonical() == canonical, "the canonical form is final:\n\(canonical.xml)")
}

internal import CIB
internal import CRMSyntax
internal import Diagnostics
internal import XML

/// Writes objects as statements of crmsh; as `xml` what its syntax can't express.
struct StatementWriter {
    private(set) var findings: [Finding] = []
    private let printer: CRMPrinter

    init(referenced: Set<String>) { printer = CRMPrinter(identifiers: .only(referenced)) }

    /// Nil for what can't be written.
    mutating func text(of object: CIBObject) -> String? {
        let statement = statement(of: object)
        if let text = try? printer.text(of: statement), text.isReadByCrmsh { return text }
        do {
            return try printer.escape(statement)
        } catch {
            findings.append(.error("\(object.id.name) is left out: \(error)"))
            return nil
        }
    }

    private func statement(of object: CIBObject) -> Element {
        switch object.id.kind {
        case .resourceDefaults: Element("rsc_defaults", [], children: [object.element])
        case .operationDefaults: Element("op_defaults", [], children: [object.element])
        default: object.element
        }
    }
}

extension String {
    /// crmsh 4.4 turns characters beyond ASCII into references (`&#252;`), which stay so everywhere but in XML; it shows such
    /// objects as XML itself.
    fileprivate var isReadByCrmsh: Bool { utf8.allSatisfy { $0 < 0x80 } }
}

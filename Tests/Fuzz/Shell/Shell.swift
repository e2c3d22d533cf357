import Diagnostics
import Properties
import ShellSyntax

/// Files of /etc/default: not a byte is lost, and a variable that is set has its value then.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzz(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let source = source(data, count)
    let (variables, findings) = ShellVariables.parse(source)
    source.requireShowable(findings)
    guard findings.isSound else { return 0 }
    require(Array(variables.description.utf8) == source.bytes, "the text stays byte for byte")
    // A quote that is left open takes in what is added, and no line is read beyond the bound.
    guard findings.isEmpty, variables.lines.count < 10_000 else { return 0 }
    let names = Set(variables.lines.compactMap(\.assignment?.name)).union(["XENDOMAINS_AUTO"])
    for name in names.sorted().prefix(4) { requireSettable(name, in: variables) }
    return 0
}

private func requireSettable(_ name: String, in variables: ShellVariables) {
    for value in ["", "true", "a \"b\" $c `d` \\", "two\nlines"] {
        let changed = variables.setting(name, to: value)
        require(changed[name] == value, "\(name) is \(value) in\n\(changed)")
    }
}

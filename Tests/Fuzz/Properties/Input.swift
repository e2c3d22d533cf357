public import Diagnostics

/// What the fuzzer came up with, as a file.
public func source(_ data: UnsafePointer<UInt8>?, _ count: Int) -> SourceText {
    SourceText(path: "input", bytes: Array(UnsafeBufferPointer(start: data, count: count)))
}

/// A property that holds for every input. The fuzzer takes the trap for a crash, and keeps the input.
public func require(_ holds: Bool, _ property: @autoclosure () -> String) {
    guard !holds else { return }
    fatalError("broken: \(property())")
}

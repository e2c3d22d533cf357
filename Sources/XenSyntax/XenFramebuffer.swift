internal import Diagnostics

/// One of `vfb`: `vnc=1,vncunused=0,vncdisplay=3`.
public struct XenFramebuffer: Hashable, Sendable {
    /// As it stands in the file.
    public let specification: String
    private let parameters: DeviceParameters

    public init(_ specification: String) {
        self.specification = specification
        parameters = DeviceParameters(specification)
    }

    /// Nil for a key that stands where xl reads no further.
    public subscript(key: String) -> String? {
        parameters.all.prefix { $0.value != nil }.last { $0.key == key[...] }?.value.map { String($0) }
    }

    private static let keys = [
        "vnc", "vnclisten", "vncpasswd", "vncdisplay", "vncunused", "keymap", "sdl", "opengl", "display", "xauthority",
    ]

    private static let numbers: Set<Substring> = ["vnc", "vncdisplay", "vncunused", "sdl", "opengl"]

    var objections: [Objection] {
        if let end = parameters.all.firstIndex(where: { $0.value == nil }) {
            let word = parameters.all[end].key
            return parameters.all[..<end].compactMap(objection)
                + [.passedOver(word, "xl reads a vfb no further than to \(word)", expected: "key=value")]
        }
        return parameters.all.compactMap(objection)
    }

    private func objection(to parameter: DeviceParameters.Parameter) -> Objection? {
        let (key, value) = (String(parameter.key), parameter.value ?? "")
        if key == "type" { return .passedOver(key, "xl passes over type in a vfb, which xm read", remedy: "write vnc=1, or sdl=1") }
        if !Self.keys.contains(key) {
            return .passedOver(
                key, "xl passes over \(key) in a vfb", expected: Self.keys.joined(separator: ", "),
                remedy: didYouMean(key, among: Self.keys))
        }
        guard Self.numbers.contains(parameter.key), !value[...].isNumeral else { return nil }
        return .passedOver("\(key)=\(value)", "\(value) is no number for \(key) in a vfb", expected: "a number")
    }
}

internal import Diagnostics

/// What xl takes in the lists of devices that have a `KEY=VALUE,…` form and no view of their own (xl.cfg(5), "Devices").
struct DeviceForm {
    var keys: [String]
    var required: [String] = []
    /// What may stand after some of the keys, in any case.
    var words: [String: [String]] = [:]
    /// Whether xl passes over a key that it does not know, where it would refuse it.
    var isLenient = false
    /// Whether xl reads no further than to a word without a `=`, where it would refuse it.
    var endsAtWord = false

    /// Keys of Xen 4.14 to 4.21.
    static let all: [String: DeviceForm] = [
        "p9": DeviceForm(
            keys: ["tag", "path", "security_model", "backend", "type", "max-files", "max-open-files", "max-space", "auto-delete"],
            required: ["tag", "path", "security_model"], endsAtWord: true),
        "vtpm": DeviceForm(keys: ["backend", "uuid"], required: ["backend"], endsAtWord: true),
        "pvcalls": DeviceForm(keys: ["backend"], endsAtWord: true),
        "channel": DeviceForm(
            keys: ["backend", "name", "path", "connection"], required: ["connection"], words: ["connection": ["pty", "socket"]],
            isLenient: true),
        "usbctrl": DeviceForm(keys: ["type", "version", "ports"], words: ["type": ["auto", "pv", "devicemodel", "qusb"]]),
        "usbdev": DeviceForm(keys: ["type", "hostbus", "hostaddr", "controller", "port"], words: ["type": ["hostdev"]]),
        "vkb": DeviceForm(
            keys: [
                "backend", "backend-type", "unique-id", "feature-disable-keyboard", "feature-disable-pointer", "feature-abs-pointer",
                "feature-raw-pointer", "feature-multi-touch", "multi-touch-width", "multi-touch-height", "multi-touch-num-contacts",
                "width", "height",
            ], required: ["backend-type"], words: ["backend-type": ["qemu", "linux"]]),
        "vdispl": DeviceForm(keys: ["backend", "be-alloc", "connectors"], required: ["connectors"]),
    ]
}

// MARK: What xl objects to

extension DeviceForm {
    func objections(to specification: String, in list: String) -> [Objection] {
        let all = DeviceParameters(specification).all
        let end = endsAtWord ? all.firstIndex { $0.value == nil } ?? all.count : all.count
        let wrong =
            all[..<end].compactMap { objection(to: $0, in: list) }
            + all[end...].prefix(1).map {
                .passedOver($0.key, "xl reads a \(list) no further than to \($0.key)", expected: "key=value")
            }
        let given = Dictionary(all[..<end].map { ($0.key.trimmed, $0.value ?? "") }) { _, last in last }
        let needed = list == "channel" && given["connection"]?.trimmed == "socket" ? required + ["path"] : required
        return wrong + needed.filter { given[$0] == nil }.map { .refused("", "xl refuses a \(list) without \($0)", expected: "\($0)=…") }
    }

    private func objection(to parameter: DeviceParameters.Parameter, in list: String) -> Objection? {
        // "channel": blanks around keys and values don't count.
        let key = list == "channel" ? parameter.key.trimmed : String(parameter.key)
        guard let value = parameter.value else { return .refused(key, "xl refuses \(key) in a \(list)", expected: "key=value") }
        guard keys.contains(key) else {
            let (expected, remedy) = (keys.joined(separator: ", "), didYouMean(key, among: keys))
            return isLenient
                ? .passedOver(key, "xl passes over \(key) in a \(list)", expected: expected, remedy: remedy)
                : .refused(key, "xl refuses \(key) in a \(list)", expected: expected, remedy: remedy)
        }
        if let words = words[key], !words.contains(value.trimmed.lowercased()) {
            return .refused("\(key)=\(value)", "xl knows no \(key) \"\(value)\" of a \(list)", expected: words.joined(separator: ", "))
        }
        return Self.objection(to: value, of: key)
    }

    private static func objection(to value: Substring, of key: String) -> Objection? {
        switch key {
        case "uuid" where !value.isUUID: .refused("uuid=\(value)", "xl can't read the uuid \(value)", expected: "32 digits, as 8-4-4-4-12")
        case "connectors" where value.split(separator: ";").contains { $0.wholeMatch(of: /[^:]+:+\s*[0-9]+x\s*[0-9]+.*/) == nil }:
            .refused("connectors=\(value)", "xl refuses the connectors \(value)", expected: "ID:WIDTHxHEIGHT;…")
        default: nil
        }
    }
}

extension Substring {
    /// "8-4-4-4-12" hexadecimal digits: xl reads a uuid in no other form.
    var isUUID: Bool {
        wholeMatch(of: /[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}/) != nil
    }

    fileprivate var trimmed: String { String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
}

internal import LiveState
internal import XenSyntax

/// What a domU's file says beside its devices, processors and memory, in the form in which a running domU shows it.
struct DomainSettings {
    private let configuration: XenConfiguration
    private let domain: XenDomain

    init(_ configuration: XenConfiguration, _ domain: XenDomain) { (self.configuration, self.domain) = (configuration, domain) }

    /// An empty text for what is not given to the domU; nil where the file leaves it to Xen, or what it says can't be compared.
    subscript(key: String) -> String? {
        switch key {
        case "type": domain.kind?.rawValue
        case "uuid": configuration["uuid"]?.text?.lowercased()
        case "kernel": configuration.loadsHVMLoader ? "" : domain.kernel ?? ""
        case "cmdline": domain.commandLine ?? ""
        case "ramdisk", "bootloader", "boot", "keymap", "soundhw": configuration[key].map(\.text) ?? ""
        case "serial": configuration["serial"].map(\.text) ?? ""
        case "pci": addresses
        case _ where Self.events[key] != nil: domain.events[key] ?? Self.events[key]
        case _ where Self.flags[key] != nil: configuration[key].map { value in value.number.map { $0 == 0 ? "0" : "1" } } ?? Self.flags[key]
        default: configuration[key].flatMap { value in value.number.map(String.init) ?? value.text }
        }
    }

    /// What differs from what a running domU has.
    func differences(from live: LiveDomain) -> [String] {
        live.settings.sorted { $0.key < $1.key }.compactMap { key, has in
            guard let wants = self[key], wants != has else { return nil }
            return Self.bare.contains(key) ? key : "\(key) \(has.isEmpty ? "none" : has), not \(wants.isEmpty ? "none" : wants)"
        }
    }

    /// Whether a running domU that shows it can be compared with what the file says.
    func isComparable(_ key: String, with live: LiveDomain) -> Bool {
        let key = ["root", "extra"].contains(key) ? "cmdline" : key
        return live.settings[key] != nil && self[key] != nil
    }

    private var addresses: String? {
        let all = domain.devices.map(\.address)
        guard !all.contains(where: { $0?.contains("*") ?? true }) else { return nil }
        return all.compactMap(\.self).sorted().joined(separator: " ")
    }

    /// Long, and maybe nobody's business.
    private static let bare: Set = ["kernel", "ramdisk", "cmdline", "bootloader"]

    private static let events = [
        "on_poweroff": "destroy", "on_reboot": "restart", "on_watchdog": "destroy", "on_crash": "destroy", "on_soft_reset": "soft-reset",
    ]

    private static let flags = [
        "nomigrate": "0", "localtime": "0", "acpi": "1", "apic": "1", "pae": "1", "hpet": "1", "usb": "0", "xen_platform_pci": "1", "nestedhvm": "0",
        "hap": "1", "vnc": "1",
    ]
}

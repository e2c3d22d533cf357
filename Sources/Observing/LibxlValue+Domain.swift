internal import LiveState

// A domU's configuration ("libxl_domain_config"), in the words of its file. libxl keeps what xl told it when the domU was started; of a disk it
// always has the format then, and of a network interface the type.
extension LibxlValue {
    var domain: LiveDomain? {
        guard let build = self["b_info"], let memory = build["target_memkb"]?.number, let maxMemory = build["max_memkb"]?.number else { return nil }
        let most = build["max_vcpus"]?.number ?? 1
        var domain = LiveDomain(
            vcpus: build["avail_vcpus"].map(\.items.count) ?? most, maxVCPUs: most, memory: memory, maxMemory: maxMemory,
            disks: self["disks"]?.items.compactMap(\.disk) ?? [], interfaces: self["nics"]?.items.compactMap(\.interface) ?? [])
        domain.settings = settings(build)
        return domain
    }

    private var disk: LiveDomain.Disk? {
        guard let device = self["vdev"]?.text else { return nil }
        var options = texts(["format": "format", "backend": "backendtype", "script": "script"])
        if self["is_cdrom"]?.truth == true { options["devtype"] = "cdrom" }
        if self["direct_io_safe"]?.truth == true { options["direct-io-safe"] = "yes" }
        options["discard"] = self["discard_enable"]?.truth.map { $0 ? "yes" : "no" }
        return LiveDomain.Disk(
            device: device, target: self["pdev_path"]?.text, isReadOnly: self["readwrite"]?.truth != true,
            options: options["format"] == nil ? nil : options)
    }

    private var interface: LiveDomain.Interface? {
        guard let mac = self["mac"]?.text else { return nil }
        var options = texts([
            "model": "model", "script": "script", "ip": "ip", "ifname": "vifname", "gatewaydev": "gatewaydev", "nictype": "type",
        ])
        if options["type"] == "vif_ioemu" { options["type"] = "ioemu" }
        if let bytes = self["rate_bytes_per_interval"]?.number, bytes > 0 {
            options["rate"] = LiveDomain.Interface.rate(bytes, in: self["rate_interval_usecs"]?.number ?? 0)
        }
        options["mtu"] = self["mtu"]?.number.map(String.init)
        return LiveDomain.Interface(mac: mac.lowercased(), bridge: self["bridge"]?.text, options: options["type"] == nil ? nil : options)
    }

    /// Those of these members that are there, under other names.
    private func texts(_ names: [String: String]) -> [String: String] {
        Dictionary(names.compactMap { name, word in self[name]?.text.map { (word, $0) } }, uniquingKeysWith: { first, _ in first })
    }

    // MARK: The rest

    /// Nothing where it does not say of which type the domU is: that is no whole document.
    private func settings(_ build: LibxlValue) -> [String: String] {
        guard let creation = self["c_info"], let type = creation["type"]?.text else { return [:] }
        var settings = ["type": type]
        settings["uuid"] = creation["uuid"]?.text?.lowercased()
        for event in Self.events {
            settings[event] = (self[event]?.text ?? "destroy").replacing("_", with: "-")
        }
        let own = build["type.\(type)"]
        for key in ["kernel", "ramdisk", "cmdline", "bootloader"] { settings[key] = build[key]?.text ?? own?[key]?.text ?? "" }
        settings["pci"] = self["pcidevs"].map(\.items)?.compactMap(\.address).sorted().joined(separator: " ") ?? ""
        settings["nomigrate"] = build["disable_migrate"]?.truth == true ? "1" : "0"
        settings["localtime"] = build["localtime"]?.truth == true ? "1" : "0"
        for (member, key) in [("weight", "cpu_weight"), ("cap", "cap")] { settings[key] = build["sched_params"]?[member]?.number.map(String.init) }
        guard type == "hvm", let own else { return settings }
        for key in ["boot", "keymap", "serial", "soundhw"] { settings[key] = own[key]?.text ?? "" }
        for (key, usual) in Self.flags { settings[key] = (build[key] ?? own[key])?.truth ?? usual ? "1" : "0" }
        settings["nestedhvm"] = (build["nested_hvm"] ?? own["nested_hvm"])?.truth == true ? "1" : "0"
        settings["hap"] = creation["hap"]?.truth ?? true ? "1" : "0"
        settings["vnc"] = own["vnc"]?["enable"]?.truth ?? true ? "1" : "0"
        settings["vnclisten"] = own["vnc"]?["listen"]?.text
        settings["vga"] = own["vga"]?["kind"]?.text.map { $0 == "std" ? "stdvga" : $0 }
        return settings
    }

    private static let events = ["on_poweroff", "on_reboot", "on_watchdog", "on_crash", "on_soft_reset"]

    /// Of HVM domUs, with what holds where nobody says anything (xl.cfg(5)).
    private static let flags = [("acpi", true), ("apic", true), ("pae", true), ("hpet", true), ("usb", false), ("xen_platform_pci", true)]

    /// `0000:03:00.0`; numbers that are 0 are left out.
    private var address: String? {
        guard case .object = self else { return nil }
        let numbers = ["domain", "bus", "dev", "func"].map { self[$0]?.number ?? 0 }
        let parts = zip(numbers, [4, 2, 2, 1]).map { number, width in
            let digits = String(number, radix: 16)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        return "\(parts[0]):\(parts[1]):\(parts[2]).\(parts[3])"
    }
}

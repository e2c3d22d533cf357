/// What xl makes of keys: xl.cfg(5), and what xl_parse.c of Xen 4.14 to 4.21 asks for besides.
enum Keys {
    /// What a key may be set to. xl passes over a number that is none, a list where a text belongs, and the reverse; it refuses
    /// a word that it does not know.
    enum Form: Hashable, Sendable {
        case number, text, list, textOrList
        case word([String])
        /// A word in any case, as libxl reads it.
        case name([String])
        /// The number is the former way: that of a name.
        case nameOrNumber([String])
        /// The number says yes or no.
        case nameOrFlag([String])
    }

    static func form(of key: String) -> Form? { forms[key] }

    /// Those of a form that xl insists on: where it passes over another value, it refuses these.
    static let strict: Set<String> = [
        "max_grant_frames", "max_maptrack_frames", "max_grant_version", "mca_caps", "device_model_args", "device_model_args_pv",
        "device_model_args_hvm",
    ]

    /// "xlu_cfg_get_bounded_long (config, "max_grant_frames", 0, INT_MAX, &l, 1)" (xl_parse.c); the hole below 4 GiB is at least
    /// HVM_BELOW_4G_MMIO_LENGTH, and at most HVM_BELOW_4G_MMIO_START (hvm/e820.h).
    static let bounds: [String: ClosedRange<Int>] = [
        "max_grant_frames": 0...Int(Int32.max), "max_maptrack_frames": 0...Int(Int32.max), "max_grant_version": 0...Int(Int32.max),
        "mmio_hole": 256...3840,
    ]

    /// Lists of lists.
    static let nested: Set<String> = ["vnuma", "vsnd"]

    /// What xl asks for only when it builds an HVM domU.
    static let ofHVM: Set<String> = [
        "firmware_override", "bios_path_override", "bios", "pae", "acpi_s3", "acpi_s4", "acpi_laptop_slate", "nx", "hpet", "vpt_align",
        "apic",
        "viridian", "mmio_hole", "altp2mhvm", "smbios_firmware", "acpi_firmware", "ms_vm_genid", "rdm_mem_boundary", "mca_caps", "vga",
        "stdvga",
        "hdtype", "spice", "spiceport", "spicetls_port", "spicehost", "spicedisable_ticketing", "spicepasswd", "spiceagent_mouse",
        "spicevdagent", "spice_clipboard_sharing", "spiceusbredirection", "spice_image_compression", "spice_streaming_video", "nographic",
        "gfx_passthru", "serial", "boot", "usb", "usbversion", "usbdevice", "vkb_device", "soundhw", "xen_platform_pci", "vendor_device",
    ]

    static let inMebibytes: Set<String> = [
        "memory", "maxmem", "videoram", "shadow_memory", "stubdomain_memory", "mmio_hole", "rdm_mem_boundary",
    ]

    /// What people write for a number that says yes or no.
    static let flags = ["yes": "1", "on": "1", "true": "1", "no": "0", "off": "0", "false": "0"]

    static let known = Set(forms.keys).union(["device_model"])
    static let inOrder = known.sorted()

    /// Their values are the ACTIONs of xl.cfg(5), from destroy to soft-reset.
    static let events: Set<String> = ["on_poweroff", "on_reboot", "on_watchdog", "on_crash", "on_soft_reset"]

    private static let forms: [String: Form] = {
        var forms: [String: Form] = words
        for key in numberKeys { forms[key] = .number }
        for key in textKeys { forms[key] = .text }
        for key in listKeys { forms[key] = .list }
        for key in eitherKeys { forms[key] = .textOrList }
        for key in events { forms[key] = .word(actions) }
        return forms
    }()

    private static let actions = [
        "destroy", "restart", "rename-restart", "preserve", "coredump-destroy", "coredump-restart", "soft-reset",
    ]

    private static let words: [String: Form] = [
        "type": .word(["hvm", "pv", "pvh"]), "builder": .word(["hvm", "generic"]),
        "vga": .word(["stdvga", "cirrus", "none", "qxl"]), "device_model_version": .word(["qemu-xen", "qemu-xen-traditional"]),
        "ms_vm_genid": .word(["generate", "none"]),
        "bios": .name(["rombios", "seabios", "ovmf", "unknown"]), "hdtype": .name(["ide", "ahci"]),
        "vendor_device": .name(["none", "xenserver"]), "vuart": .name(["sbsa_uart", "unknown"]),
        "gic_version": .name(["default", "v2", "v3"]), "tee": .name(["none", "optee", "ffa"]),
        "passthrough": .name(["default", "disabled", "enabled", "sync_pt", "share_pt"]),
        "tsc_mode": .nameOrNumber(["default", "always_emulate", "native", "native_paravirt"]),
        "timer_mode": .nameOrNumber([
            "delay_for_missed_ticks", "no_delay_for_missed_ticks", "no_missed_ticks_pending", "one_missed_tick_pending",
        ]),
        "altp2m": .nameOrNumber(["disabled", "mixed", "external", "limited"]), "gfx_passthru": .nameOrFlag(["default", "igd"]),
    ]

    private static let numberKeys = [
        "memory", "maxmem", "vcpus", "maxvcpus", "cpu_weight", "cap", "max_event_channels", "shadow_memory", "videoram",
        "vncdisplay", "vncunused", "vnc", "vncviewer", "sdl", "opengl", "spice", "spiceport", "spicetls_port", "nographic", "localtime",
        "rtc_timeoffset", "acpi", "apic", "pae", "nx", "hap", "hpet", "nestedhvm", "xen_platform_pci", "usb", "usbversion",
        "max_grant_frames", "max_maptrack_frames", "stdvga", "nomigrate", "driver_domain", "acpi_laptop_slate",
        "max_grant_version", "mmio_hole", "msr_relaxed", "oos", "pvshim", "vpt_align", "acpi_s3", "acpi_s4", "pci_permissive",
        "pci_msitranslate", "pci_seize", "pci_power_mgmt", "device_model_stubdomain_override", "altp2mhvm", "e820_host",
        "dm_restrict", "vpmu", "vmtrace_buf_kb", "stubdomain_memory", "rdm_mem_boundary", "spicedisable_ticketing", "spiceagent_mouse",
        "spicevdagent", "spice_clipboard_sharing", "spiceusbredirection", "vkb_device", "xend_suspend_evtchn_compat", "extratime",
        "latency", "period", "slice", "altp2m_count", "bootloader_restrict", "hvm_pirq", "nr_spis", "trap_unmapped_accesses",
        "xen_platform_pci_bar_uc", "xenstore_feature_mask",
    ]

    private static let textKeys = [
        "name", "uuid", "kernel", "ramdisk", "cmdline", "root", "extra", "bootloader", "boot", "pool", "vnclisten", "vncpasswd", "keymap",
        "soundhw", "device_tree", "device_model_override", "device_model_user", "firmware", "firmware_override", "bios_path_override",
        "seclabel", "init_seclabel", "device_model_stubdomain_seclabel", "rdm", "smbios_firmware", "acpi_firmware",
        "spicehost", "spicepasswd", "spice_image_compression", "spice_streaming_video", "xauthority", "display",
        "arm_sci", "bootloader_user", "sve", "stubdomain_kernel", "stubdomain_ramdisk", "stubdomain_cmdline", "pvshim_path",
        "pvshim_cmdline",
        "pvshim_extra",
    ]

    private static let listKeys = [
        "disk", "vif", "vfb", "pci", "usbctrl", "usbdev", "channel", "vtpm", "p9", "pvcalls", "vdispl", "vsnd", "vkb", "iomem",
        "ioports", "irqs", "dtdev", "vnuma", "mca_caps", "device_model_args", "device_model_args_pv", "device_model_args_hvm", "llc_colors",
        "smbios", "virtio",
    ]

    private static let eitherKeys = [
        "cpus", "cpus_soft", "cpuid", "viridian", "serial", "usbdevice", "bootloader_args",
    ]

    /// Keys that xm read and xl does not, with what to write.
    static let ofXM: [String: String] = [
        "vcpu_avail": "set vcpus to what the domU starts with, and maxvcpus to the most",
        "bootargs": "write bootloader_args", "restart": "write on_reboot and on_crash",
        "vncviewer": "remove it: xl vncviewer NAME opens one", "vncconsole": "remove it: xl vncviewer NAME opens one",
        "dhcp": "write it into extra, as ip=…", "ip": "write it into extra, as ip=…",
        "netmask": "write it into extra, as ip=…", "gateway": "write it into extra, as ip=…",
        "hostname": "write it into extra, as ip=…", "interface": "write it into extra, as ip=…",
        "nfs_server": "write it into extra, as nfsroot=…", "nfs_root": "write it into extra, as nfsroot=…",
        "blkif": "remove it: xl.cfg has driver_domain", "netif": "remove it: xl.cfg has driver_domain",
        "vif2": "remove it: xl has no netchannel2", "irq": "write irqs", "cpu": "write cpus", "pvh": "write type = \"pvh\"",
        "claim_mode": "set it in xl.conf", "vhpt": "remove it", "cpuid_check": "remove it", "machine_address_size": "remove it",
        "on_xend_start": "remove it: Pacemaker starts the domU", "on_xend_stop": "remove it: Pacemaker stops the domU",
        "nics": "remove it: vif says how many", "cdrom": "write it into disk, as /dev/cdrom,raw,hdc,cdrom", "vscsi": "remove it",
        "access_control": "write seclabel", "tpmif": "write vtpm", "audio": "write soundhw", "monitor": "remove it", "isa": "remove it",
        "guest_os_type": "remove it", "suppress_spurious_page_faults": "remove it", "features": "remove it",
    ]
}

/// What xl makes of keys (xl.cfg(5)).
enum Keys {
    /// Those that xl reads as numbers.
    static let numbers: Set<String> = [
        "memory", "maxmem", "vcpus", "maxvcpus", "cpu_weight", "cap", "max_event_channels", "shadow_memory", "videoram",
        "vncdisplay", "vncunused", "vnc", "sdl", "opengl", "spice", "spiceport", "spicetls_port", "nographic", "localtime",
        "rtc_timeoffset", "acpi", "apic", "pae", "nx", "hap", "hpet", "nestedhvm", "viridian", "xen_platform_pci", "usb",
        "max_grant_frames", "max_maptrack_frames", "pvh", "stdvga", "nomigrate", "driver_domain", "timer_mode",
        "acpi_laptop_slate", "max_grant_version", "mmio_hole", "msr_relaxed", "oos", "pvshim", "vpt_align",
        "acpi_s3", "acpi_s4", "gfx_passthru", "pci_permissive", "pci_msitranslate",
        "pci_seize", "pci_power_mgmt", "device_model_stubdomain_override",
    ]

    /// Texts and lists.
    private static let others: Set<String> = [
        "name", "type", "builder", "uuid", "disk", "vif", "vfb", "pci", "usbctrl", "usbdev", "usbdevice", "kernel",
        "ramdisk", "cmdline", "root", "extra", "bootloader", "bootloader_args", "boot", "cpus", "cpus_soft", "pool",
        "on_poweroff", "on_reboot", "on_crash", "on_watchdog", "on_soft_reset", "vnclisten", "vncpasswd", "keymap",
        "serial", "vga", "soundhw", "channel", "vtpm", "p9", "vdispl", "vsnd", "vkb", "iomem", "ioports", "irqs", "dtdev",
        "device_tree", "device_model_version", "device_model_override", "device_model_args", "device_model_args_pv",
        "device_model_args_hvm", "device_model_user", "firmware", "firmware_override", "bios", "bios_path_override",
        "seclabel", "init_seclabel", "device_model_stubdomain_seclabel", "tsc_mode", "cpuid", "altp2m", "altp2mhvm",
        "vnuma", "claim_mode", "e820_host", "passthrough", "rdm", "rdm_mem_boundary", "smbios_firmware", "acpi_firmware",
        "vendor_device", "spicehost", "spicepasswd", "spicedisable_ticketing", "spiceagent_mouse", "spicevdagent",
        "spice_clipboard_sharing", "spiceusbredirection", "spice_image_compression", "spice_streaming_video", "xauthority",
        "mca_caps", "ms_vm_genid", "hdtype", "gic_version", "vuart", "dm_restrict", "tee", "xend_suspend_evtchn_compat",
        "vpmu", "vmtrace_buf_kb", "stubdomain_memory", "stubdomain_kernel", "stubdomain_ramdisk", "stubdomain_cmdline",
        "device_model", "pvshim_path", "pvshim_cmdline", "pvshim_extra", "vkb_device",
    ]

    static let known = numbers.union(others)
    static let inOrder = known.sorted()

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
        "irq": "write irqs", "vhpt": "remove it", "cpuid_check": "remove it", "machine_address_size": "remove it",
    ]
}

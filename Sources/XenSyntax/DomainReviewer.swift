internal import Catalogue
internal import Diagnostics

/// Settings that don't go together, each of which xl would take alone.
struct DomainReviewer {
    let configuration: XenConfiguration
    let source: SourceText
    let settings: [String: XenConfiguration.Value]
    private let domain: XenDomain

    init(configuration: XenConfiguration, source: SourceText, domain: XenDomain) {
        self.configuration = configuration
        self.source = source
        settings = configuration.settings
        self.domain = domain
    }

    func findings(isWhole: Bool) -> [Finding] {
        guard !configuration.assignments.isEmpty else { return [] }
        let missing = isWhole ? [name, kernel] : []
        let found =
            missing + [builder, uuid, firmware, vcpus, tooMany("vcpus"), tooMany("maxvcpus"), timer, display, pins("cpus"), pins("cpus_soft")]
        return found.compactMap { $0 } + overruled + repeatedDevices
    }

    private func refused(_ message: String, at key: String? = nil, remedy: String? = nil, expected: String? = nil) -> Finding {
        let assignment = configuration.assignments.last { $0.key == key }
        return Finding(
            .refusedKeyValue, message, at: assignment.map { source.place(of: $0.origin) } ?? source.place(at: 0), expected: expected,
            remedy: remedy)
    }

    /// "Domain name must be specified." (xl)
    private var name: Finding? {
        domain.name?.isEmpty ?? true ? refused("the domU has no name", at: "name", remedy: "write name = \"…\"") : nil
    }

    /// "Contradicting "builder" and "type" options specified." (xl)
    private var builder: Finding? {
        guard let type = settings["type"]?.text, let builder = settings["builder"]?.text,
            let kind = XenDomain.kind(type: type, builder: nil), let other = XenDomain.kind(type: nil, builder: builder), kind != other
        else { return nil }
        return refused("type and builder contradict each other", at: "type", remedy: "remove builder")
    }

    private var uuid: Finding? {
        guard let uuid = settings["uuid"]?.text, !uuid[...].isUUID else { return nil }
        return refused(
            "xl can't read the uuid", at: "uuid", remedy: "write what uuidgen prints, or leave it out: xl makes one",
            expected: "32 hexadecimal digits, as 8-4-4-4-12")
    }

    /// "Neither kernel nor bootloader specified" (xl)
    private var kernel: Finding? {
        guard let kind = domain.kind, kind != .hvm, ["kernel", "bootloader", "firmware"].allSatisfy({ settings[$0]?.text == nil }) else {
            return nil
        }
        return refused(
            "a domU of type \(kind.rawValue) has neither kernel nor bootloader", at: settings["type"] == nil ? "builder" : "type",
            remedy: settings["type"] == nil && settings["builder"] == nil
                ? "write type = \"hvm\", if it is one; else name a kernel or bootloader" : "name a kernel or bootloader")
    }

    /// "both kernel and firmware specified", "only pvgrub{32|64} supported as firmware options" (xl)
    private var firmware: Finding? {
        guard let kind = domain.kind, kind != .hvm, let firmware = settings["firmware"]?.text else { return nil }
        if settings["kernel"]?.text != nil { return refused("xl refuses a firmware beside a kernel", at: "firmware", remedy: "remove one") }
        return ["pvgrub32", "pvgrub64"].contains { $0.hasPrefix(firmware) }
            ? nil
            : refused(
                "xl knows no firmware \"\(firmware)\" for a domU of type \(kind.rawValue)", at: "firmware", expected: "pvgrub32, pvgrub64")
    }

    /// "maxvcpus < vcpus" (xl)
    private var vcpus: Finding? {
        guard let vcpus = domain.vcpus, let most = domain.maxVCPUs, most != 0, most < vcpus else { return nil }
        return refused("vcpus is more than maxvcpus", at: "vcpus", expected: "at most \(most)")
    }

    /// "HVM_MAX_VCPUS 128" and "MAX_VIRT_CPUS 8192" (Xen's headers for x86). xl counts through all of them, and then the hypervisor refuses the
    /// domU: "Requested vCPUs (%u) exceeds max (%u)" (arch_sanitise_domain_config). PVH is HVM to it.
    private func tooMany(_ key: String) -> Finding? {
        let limit = domain.kind.map { $0 == .pv ? 8_192 : 128 } ?? 8_192
        guard let count = settings[key]?.number, count > limit || count < 0 else { return nil }
        return refused("Xen can't give a domU \(count) processors", at: key, expected: "at most 128 for HVM and PVH, 8192 for PV")
    }

    /// "When cmdline="STRING" is set, root="STRING" and extra="STRING" will be ignored." (xl.cfg(5))
    private var overruled: [Finding] {
        guard settings["cmdline"]?.text != nil else { return [] }
        return ["root", "extra"].compactMap { key in
            configuration.assignments.last { $0.key == key }.map { assignment in
                Finding(
                    .ignoredKey, "xl ignores \(key) beside cmdline", at: source.place(of: assignment.origin),
                    remedy: "remove it, or move it into cmdline")
            }
        }
    }

    /// Of two disks with one name the domU gets one.
    private var repeatedDevices: [Finding] {
        var seen: Set<Int> = []
        return domain.disks.enumerated().compactMap { index, disk in
            guard let device = disk.device, let number = VirtualDisk(device), !seen.insert(number.id).inserted else { return nil }
            return Finding(
                .refusedKeyValue, "another disk is \(device) already", at: configuration.place(of: device, at: index, in: "disk", of: source),
                remedy: "give each disk a vdev of its own")
        }
    }

    /// ""timer_mode" option is not supported for PV guests." (xl)
    private var timer: Finding? {
        guard domain.kind == .pv, settings["timer_mode"]?.text != nil else { return nil }
        return refused("xl refuses timer_mode for a PV domU", at: "timer_mode", remedy: "remove it")
    }

    /// "Display specified both in vnclisten and vncdisplay!" (xl)
    private var display: Finding? {
        guard domain.kind == .hvm, settings["vnclisten"]?.text?.contains(":") == true, (settings["vncdisplay"]?.number ?? 0) != 0 else {
            return nil
        }
        return refused("vnclisten names a display, and vncdisplay does too", at: "vnclisten", remedy: "leave the display out of vnclisten")
    }

    /// "Silently ignore values corresponding to non existing vcpus" (xl_parse.c): those beyond maxvcpus, and all where no vcpus are set.
    private func pins(_ key: String) -> Finding? {
        let most = domain.maxVCPUs.flatMap { $0 == 0 ? nil : $0 } ?? domain.vcpus ?? 0
        guard let texts = settings[key]?.texts, texts.count > max(0, most) else { return nil }
        return Finding(
            .ignoredKeyValue, "xl pins \(most == 0 ? "no vcpu: vcpus is not set" : "the first \(most) vcpus only: there are no more")",
            at: configuration.place(of: texts[max(0, most)], at: max(0, most), in: key, of: source),
            expected: most == 0 ? "vcpus = \(texts.count)" : "at most \(most) in this list")
    }
}

internal import Diagnostics

extension Rule {
    static let drbd = [
        repeatedResource, repeatedMinor, repeatedAddress, managedByLINSTOR, becomesPrimary, missingInclude, repeatedDisk, missingLower, formerSection,
        formerPlace,
        formerWord, unknownStatement, refusedValue, retiredParameter, incompleteResource, contradictoryResource, lateDevice, kernelRefusal,
        missingHandler,
    ]

    public static let repeatedResource = Rule(
        "CXS301", .error, "a DRBD resource that two files define",
        because: "drbdadm reads all files of a host at once, and refuses all of them.",
        look: "drbd/*.res",
        remedy: "remove or rename one")

    public static let repeatedMinor = Rule(
        "CXS302", .error, "two volumes with one minor number",
        because:
            "A minor is one device node of a host. drbdadm refuses the files; if they came up one after the other, one disk would stand for the other.",
        look: "device in all .res files; \"drbdadm sh-minors\"",
        remedy: "give each volume a minor of its own")

    public static let repeatedAddress = Rule(
        "CXS303", .error, "two resources with one address and port",
        because: "Each resource needs a TCP port of its own on a host. drbdadm refuses the files.",
        look: "address in all .res files",
        remedy: "give each resource a port of its own")

    public static let managedByLINSTOR = Rule(
        "CXS304", .warning, "a file that LINSTOR writes",
        because: "LINSTOR writes its .res files again from its own database; what git says here would be overwritten, or overwrite it.",
        look: "the comment at the head of the file; \"linstor resource list\"",
        remedy: "remove the file from the repository, and leave the resource to LINSTOR")

    public static let becomesPrimary = Rule(
        "CXS305", .warning, "a resource that becomes Primary without Pacemaker",
        because: "become-primary-on makes DRBD's start script promote a resource that Pacemaker promotes too. Only one may decide.",
        look: "the startup section",
        remedy: "remove become-primary-on")

    public static let missingInclude = Rule(
        "CXS306", .warning, "an include of a file that is not there",
        because: "drbdadm refuses its whole configuration when a file that is named in full is missing. Patterns such as *.res may match nothing.",
        look: "drbd/; hosts.drbd in coxswain.yaml; the directory on a host",
        remedy: "add the file, or correct the name")

    public static let repeatedDisk = Rule(
        "CXS307", .error, "one disk under two volumes",
        because: "Two volumes that write to one backing device destroy each other. drbdadm refuses the files.",
        look: "disk and meta-disk in all .res files",
        remedy: "give each volume a disk of its own")

    public static let missingLower = Rule(
        "CXS308", .error, "a resource stacked on top of one that is not there",
        because: "The lower resource carries the disk and says which hosts there are. drbdadm refuses the files.",
        look: "stacked-on-top-of in the .res files",
        remedy: "add the lower resource, or correct the name")

    public static let formerSection = Rule(
        "CXS310", .warning, "a section of DRBD 8.3",
        because: "8.4 translates the syncer section. 9 reads some of it, and refuses the file where it has rate or c-….",
        look: "drbd.conf(5) of the DRBD that the hosts run",
        remedy: "rate is resync-rate in disk, verify-alg and csums-alg stand in net, cpu-mask in options")

    public static let formerPlace = Rule(
        "CXS311", .notice, "a parameter in the section in which DRBD 8 had it",
        because:
            "DRBD 9 refuses fencing in disk, and 8.4 knows it nowhere else: it has to move on the day that the hosts change. protocol is read in both places.",
        look: "drbd.conf(5) of the DRBD that the hosts run",
        remedy: "move it")

    public static let formerWord = Rule(
        "CXS312", .notice, "a parameter in a former spelling",
        because: "DRBD still reads it, and newer manuals do not mention it.",
        look: "drbd.conf(5) of the DRBD that the hosts run",
        remedy: "write it as the manual does; \"coxswain validate --fix\" does it")

    public static let unknownStatement = Rule(
        "CXS313", .error, "a word that no DRBD knows in its place",
        because: "drbdadm refuses a file with such a word, and with it every resource of the host. Only a newer DRBD might know it.",
        look: "drbd.conf(5) of the DRBD that the hosts run; \"drbdadm dump all\" on a host",
        remedy: "correct the spelling, or move it to its section")

    public static let refusedValue = Rule(
        "CXS314", .warning, "a parameter with a value that DRBD refuses",
        because:
            "drbdadm refuses a file with such a value, and with it every resource of the host, for it reads all files at once. It is an error where that of no generation takes the file.",
        look: "drbd.conf(5) of the DRBD that the hosts run; \"drbdsetup xml-help\" lists ranges and words",
        remedy: "give a value that the manual names")

    public static let retiredParameter = Rule(
        "CXS315", .notice, "a parameter that DRBD 9 no longer has",
        because: "8.3 and 8.4 read it, most of them without effect; 9 refuses the file.",
        look: "drbd.conf(5) of DRBD 9",
        remedy: "remove it before the hosts run DRBD 9")

    public static let incompleteResource = Rule(
        "CXS316", .warning, "a resource that lacks what drbdadm asks for",
        because:
            "Every host needs an address and, of each volume, a device and a disk; DRBD 9 asks for node-ids and connections besides. drbdadm refuses all files of the host. It is an error where that of no generation takes the file.",
        look: "drbd.conf(5) of the DRBD that the hosts run; \"drbdadm dump all\" on a host",
        remedy: "write what is missing")

    public static let contradictoryResource = Rule(
        "CXS317", .warning, "a resource that says one thing in two ways",
        because:
            "Two sections of one host, two addresses in one, one address for two hosts, an option with two values: drbdadm refuses all files of the host. It is an error where that of no generation takes the file.",
        look: "drbd.conf(5) of the DRBD that the hosts run; \"drbdadm sh-nop\" on a host",
        remedy: "keep one of them")

    public static let lateDevice = Rule(
        "CXS318", .warning, "a device behind the hosts that are to inherit it",
        because:
            "DRBD 9 lets every host inherit it. 8.4 reads on from top to bottom: the hosts before it get no volume at all, which \"drbdadm dump\" shows and nothing reports; 8.3 refuses the file.",
        look: "the order of the resource's statements; \"drbdadm dump NAME\" on a host",
        remedy: "move device, disk, meta-disk and the volumes before the first host")

    public static let kernelRefusal = Rule(
        "CXS319", .warning, "options that DRBD refuses together",
        because:
            "drbdadm takes each of them, and the kernel module not all at once: the resource does not come up, or keeps what it had, when the file is in place already.",
        look: "drbd.conf(5), allow-two-primaries, fencing, on-congestion, protocol; the net sections of the resource and of common",
        remedy: "two primaries and resource-and-stonith need protocol C; pull-ahead and disconnect need protocol A")

    public static let missingHandler = Rule(
        "CXS320", .warning, "a handler that drbd-utils do not bring",
        because:
            "drbdadm takes any command for a handler. One that is not there fails when it is needed: nobody is fenced, and nobody is told of a split brain.",
        look: "\"ls /usr/lib/drbd\" on a host; drbd.conf(5), handlers",
        remedy: "correct the path; or put a script of your own outside of /usr/lib/drbd")
}

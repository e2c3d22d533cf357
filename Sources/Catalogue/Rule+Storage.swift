internal import Diagnostics

extension Rule {
    static let storage = [
        notifyMissing, unordered, uncolocated, unmounted, missingResource, unusedResource, singlePrimary,
        migrationBlocked, dualPrimaryWithoutFencing, volumeMissing, volumeSizes, deviceIsDirectory,
        idleOrder, repeatedVolume, strayVolume, missingDevice, sharedDevice, repeatedOwner, neverPromoted, bypassedResource,
        unsafeClone, boundDomain,
    ]

    public static let notifyMissing = Rule(
        "CXS201", .warning, "a DRBD resource without notifications",
        because: "ocf:linbit:drbd sets its promotion scores when it is notified. Without, it may never be promoted, or on the wrong node.",
        look: "the meta attributes of the clone; \"crm ra info ocf:linbit:drbd\"",
        remedy: "add \"meta notify=true\" to the clone")

    public static let unordered = Rule(
        "CXS202", .warning, "storage whose promotion its user does not wait for",
        because: "A colocation says where, not when. The domU or file system may be started while DRBD is still Secondary, and fail.",
        look: "the constraints of both resources: \"crm_resource --constraints --resource NAME\"",
        remedy: "add \"order … Mandatory: STORAGE:promote USER:start\"")

    public static let uncolocated = Rule(
        "CXS203", .warning, "storage that its user is not kept with",
        because: "An order says when, not where. The domU or file system may be placed on the node on which DRBD is not Primary.",
        look: "the constraints of both resources: \"crm_resource --constraints --resource NAME\"",
        remedy: "add \"colocation … inf: USER STORAGE:Promoted\"")

    public static let unmounted = Rule(
        "CXS204", .warning, "a domU's file on a file system that the domU does not wait for",
        because: "While the file system is not mounted the Xen agent finds no file, and takes a running domU for stopped: it may be started twice.",
        look: "directory= of the Filesystem, xmfile= of the domU",
        remedy: "add an order and a colocation of the domU after and with the file system")

    public static let missingResource = Rule(
        "CXS205", .warning, "a DRBD resource without a .res file",
        because: "The agent's drbd_resource names what no file of drbd/ defines. On a host without the file it fails to start.",
        look: "drbd/*.res; \"drbdadm sh-resources\" on a host",
        remedy: "add the file, or correct the name")

    public static let unusedResource = Rule(
        "CXS206", .notice, "a .res file that no resource of the cluster uses",
        because: "Pacemaker neither brings it up nor promotes it. That may be meant; more often the primitive was forgotten.",
        look: "crm/*.crm, drbd_resource=",
        remedy: "add a primitive of ocf:linbit:drbd and its clone, or remove the file")

    public static let singlePrimary = Rule(
        "CXS207", .warning, "live migration of a domU whose disk can't be Primary on two nodes",
        because:
            "While a domU moves, both hosts hold its disk. With allow-migrate=true and one Primary every migration fails, and ends in a restart.",
        look: "allow-two-primaries in the .res, promoted-max of the clone, allow-migrate of the domU",
        remedy: "set \"allow-two-primaries yes\" and promoted-max=2, or drop allow-migrate")

    public static let migrationBlocked = Rule(
        "CXS208", .warning, "a clone whose options keep domUs from migrating",
        because:
            "With clone-max=1 there is no second node to migrate to; without interleave=true what depends on a clone waits for all its instances, and is restarted instead of migrated.",
        look: "the meta attributes of the DRBD clone",
        remedy: "set interleave=true, and clone-max to the number of nodes")

    public static let dualPrimaryWithoutFencing = Rule(
        "CXS209", .warning, "fencing in DRBD that two primaries lack, or that nothing carries out",
        because:
            "When the link is lost two primaries both go on writing. \"fencing resource-and-stonith\" stops I/O until the peer is fenced; and whatever the policy, nobody is fenced without a handler.",
        look: "drbd.conf(5), fencing; the handlers fence-peer and unfence-peer",
        remedy: "set \"fencing resource-and-stonith\" and the crm-fence-peer handlers")

    public static let volumeMissing = Rule(
        "CXS210", .warning, "a disk of DRBD or of a domU that no file of lvm/ declares",
        because: "The volume group is described in lvm/, and this volume of it is not: on a new host nobody would make it.",
        look: "lvm/*.yaml; \"lvs\" on a host",
        remedy: "add the volume with its size, or correct the path")

    public static let volumeSizes = Rule(
        "CXS211", .warning, "volumes of one DRBD resource that differ in size",
        because: "DRBD takes the smaller one; and a size in the .res that is larger than the volume keeps it from attaching.",
        look: "lvm/*.yaml; size in the disk section of the .res",
        remedy: "give the volume the same size on every host")

    public static let deviceIsDirectory = Rule(
        "CXS212", .warning, "a directory used as a device",
        because:
            "udev makes /dev/drbd/by-res/NAME the device itself only for a resource without volume sections; with them it is a directory with one link for each volume.",
        look: "the volume sections of the .res; /lib/udev/rules.d/65-drbd.rules",
        remedy: "append the volume's number: /dev/drbd/by-res/NAME/0")

    public static let idleOrder = Rule(
        "CXS213", .warning, "an order that orders nothing",
        because:
            "Without an action of its own the second resource gets that of the first. What is no promotable clone is never promoted, so that \"order … STORAGE:promote USER\" makes USER wait for nothing.",
        look: "\"crm configure show\"; Pacemaker Explained, then-action",
        remedy: "write the action of the second resource: \"order … STORAGE:promote USER:start\"")

    public static let repeatedVolume = Rule(
        "CXS214", .error, "a logical volume that two files of lvm/ declare",
        because:
            "Both may say another size, and nobody knows which one is meant. A group may be in several files, a volume of it on one host in one only.",
        look: "lvm/*.yaml",
        remedy: "keep one of them, or give each the hosts that it is for")

    public static let strayVolume = Rule(
        "CXS215", .error, "a logical volume on a host that does not have its group",
        because: "The hosts of a group are those that have its disks: a volume can be on these only.",
        look: "hosts of the group and of the volume, in lvm/*.yaml",
        remedy: "correct the name, or add the host to the group")

    public static let missingDevice = Rule(
        "CXS216", .warning, "a device of DRBD that no .res file defines",
        because: "The path looks like one of DRBD's, and no volume of drbd/ has it: what is to use it can't start.",
        look: "drbd/*.res; \"ls -l /dev/drbd/by-res\" on a host",
        remedy: "correct the path, or add the volume")

    public static let sharedDevice = Rule(
        "CXS217", .warning, "a device in two hands",
        because: "Two domUs that write to one disk, or a domU and a host that has it mounted, destroy its file system. Xen notices only on one host.",
        look: "disk in all .cfg files; device= of the Filesystems",
        remedy: "give each its own device, or let all of them only read it")

    public static let repeatedOwner = Rule(
        "CXS218", .warning, "two primitives that run the same thing",
        because:
            "Pacemaker takes them for different resources: it starts on one node what runs on another one already, and stops one under the other.",
        look: "drbd_resource= and xmfile= in crm/*.crm",
        remedy: "remove one of the two, or correct its parameter")

    public static let neverPromoted = Rule(
        "CXS219", .warning, "a DRBD resource in no promotable clone",
        because:
            "Only a promotable clone has instances that become Primary. Any other resource of ocf:linbit:drbd stays Secondary, and nothing can use its disk.",
        look: "the clone or ms statement around the primitive; \"crm ra info ocf:linbit:drbd\"",
        remedy: "put it into a clone with promotable=true and notify=true")

    public static let bypassedResource = Rule(
        "CXS220", .warning, "a disk of DRBD used beneath it",
        because:
            "Who writes to the backing device writes past DRBD: the peer never gets it, and with internal metadata DRBD's own end of the disk is overwritten.",
        look: "disk in the .res files; disk in the .cfg files and device= of the Filesystems",
        remedy: "use the resource's device: /dev/drbd/by-res/NAME")

    public static let unsafeClone = Rule(
        "CXS221", .warning, "a file system for one node, mounted on several",
        because:
            "Each node takes itself for the only one that writes: two mounts of ext4 or xfs destroy it. ocf:heartbeat:Filesystem refuses to start such a clone, unless force_clones is set.",
        look: "fstype= of the Filesystem; the clone around it",
        remedy: "use ocfs2 or gfs2, or take the file system out of the clone")

    public static let boundDomain = Rule(
        "CXS222", .warning, "live migration of a domU that is bound to its host",
        because:
            "A domU that moves takes its memory along and nothing else: the other host has no such volume or file, or one with other data in it; a PCI device stays where it is. With allow-migrate=true Pacemaker tries all the same.",
        look: "allow-migrate of the domU; disk and pci in its .cfg; xl-disk-configuration(5)",
        remedy: "put the disk on DRBD or a file system that both hosts mount, or drop allow-migrate")
}

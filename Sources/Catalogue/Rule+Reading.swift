internal import Diagnostics

extension Rule {
    static let reading = [
        crmSyntax, drbdSyntax, xenSyntax, policySyntax, corosyncSyntax, ocfs2Syntax, shellSyntax, volumesSyntax,
        refusedFile, foreignEncoding, emptyRepository, strayFile,
    ]

    public static let crmSyntax = Rule(
        "CXS001", .error, "a statement of a .crm file that can't be read",
        because: "crmsh would refuse it, or read something else than it seems to say. Nothing of a commit with such a file is applied.",
        look: "the line under the finding; crm(8), \"crm help configure\"",
        remedy: "write the statement as \"crm configure show\" prints it")

    public static let drbdSyntax = Rule(
        "CXS002", .error, "a file of DRBD that can't be read",
        because: "drbdadm refuses a file with such a mistake, and with it every resource of the host, for it reads all files at once.",
        look: "the line under the finding; drbd.conf(5); \"drbdadm dump all\" on a host",
        remedy: "correct the line")

    public static let xenSyntax = Rule(
        "CXS003", .error, "a domU's file that xl can't read",
        because: "xl refuses the file, so the domU can't start, at the next failover at the latest. xm read these files as Python; xl does not.",
        look: "the line under the finding; xl.cfg(5); \"xl -N create FILE\" on a host",
        remedy: "write out what Python computed, and quote texts")

    public static let policySyntax = Rule(
        "CXS004", .error, "a coxswain.yaml that can't be understood",
        because: "A policy that is half understood is none: an unknown key may have been meant to forbid what is done now.",
        look: "deploy/schemas/coxswain.schema.json, which editors can check against",
        remedy: "correct the key or the value")

    public static let corosyncSyntax = Rule(
        "CXS005", .error, "a corosync.conf that can't be read",
        because: "corosync does not start with it, and the node stays out of the cluster after its next boot.",
        look: "the line under the finding; corosync.conf(5); \"corosync -t\" on a host",
        remedy: "correct the line")

    public static let ocfs2Syntax = Rule(
        "CXS006", .error, "an OCFS2 cluster.conf that can't be read",
        because: "o2cb registers no cluster from it, and no OCFS2 file system can be mounted.",
        look: "the line under the finding; o2cb(7), ocfs2.cluster.conf(5)",
        remedy: "correct the line")

    public static let shellSyntax = Rule(
        "CXS007", .warning, "a line of /etc/default that sets nothing plainly",
        because:
            "Such files are shell, and a shell would run what is not an assignment. Coxswain runs nothing: it does not know what the line does to the values.",
        look: "the line under the finding",
        remedy: "write NAME=value, without commands and other variables")

    public static let volumesSyntax = Rule(
        "CXS008", .error, "a file of lvm/ that can't be understood",
        because: "A size or a name that is misread would make a volume of the wrong size.",
        look: "deploy/schemas/lvm.schema.json, which editors can check against",
        remedy: "correct the key or the value")

    public static let refusedFile = Rule(
        "CXS009", .error, "a file of the repository that is not read",
        because: "A symbolic link, a submodule or a name that no checkout would make can lead out of the repository. Files are read up to 64 MiB.",
        look: "\"git ls-tree -r HEAD\"",
        remedy: "put a plain file in its place, or take it out of the directories of the desired state")

    public static let foreignEncoding = Rule(
        "CXS010", .error, "a file that is no text in UTF-8",
        because: "The same bytes mean other letters in other encodings: in a name or a password that would be a silent change.",
        look: "\"file FILE\"",
        remedy: "convert it, for instance: iconv -f ISO-8859-1 -t UTF-8")

    public static let emptyRepository = Rule(
        "CXS011", .error, "a repository that declares nothing",
        because: "An empty state never means \"delete everything\": more likely the directory is the wrong one.",
        look: "--path; crm/, drbd/ and xen/ in the repository",
        remedy: "name the directory of the desired state by --path")

    public static let strayFile = Rule(
        "CXS012", .warning, "a file that is passed over, and looks as if it was meant",
        because:
            "Only files of certain names in certain places are read; one with another name has no part in the desired state, and nobody is told.",
        look: "the layout in the README; \"coxswain import\" writes one",
        remedy: "git mv it to where it belongs, or out of the way")
}

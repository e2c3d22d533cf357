internal import Diagnostics

extension Rule {
    static let secrets = [plainSecret, secretName]

    public static let plainSecret = Rule(
        "CXS601", .warning, "a password in the repository",
        because: "Who may read the repository, its clones or its backups can read the password, and history keeps it for good.",
        look: "the line under the finding; /etc/coxswain/secrets on the nodes",
        remedy: "write secret:NAME in its place, put the value into /etc/coxswain/secrets/NAME on each node (mode 0600), and change it: it is known")

    public static let secretName = Rule(
        "CXS602", .error, "a reference to a secret that there can't be",
        because:
            "secret:NAME stands for what the file /etc/coxswain/secrets/NAME of the node holds, so NAME must be fit for a file. Asterisks, which are shown in the "
            + "place of a secret, would be its value.",
        look: "the line under the finding",
        remedy: "give the secret a name of letters, digits, -, _ and dots")
}

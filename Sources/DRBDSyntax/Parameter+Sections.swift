extension Section {
    /// What drbdadm knows of a parameter here; nil where none of them does. `no-…` counts as the parameter that it negates.
    func parameter(_ name: String) -> Parameter? {
        let known = Self.parameters[self] ?? [:]
        if let parameter = known[name] { return parameter }
        guard let negated = Parameter.negated(by: name), let parameter = known[negated], parameter.form == .boolean else { return nil }
        return Parameter(name, .flag, in: parameter.dialects == .v9 || !Parameter.negations83.contains(name) ? .v9 : .all)
    }

    /// The names of the parameters that may stand here.
    var parameterNames: [String] { (Self.parameters[self] ?? [:]).keys.sorted() }

    private static let parameters: [Section: [String: Parameter]] = [
        .file: [Parameter("include", .text())] + Parameter.comparisons,
        .global: [
            Parameter("minor-count", .number(1...255)), Parameter("dialog-refresh", .number(0...600)),
            Parameter("disable-ip-verification", .flag), Parameter("usage-count", .word(["yes", "no", "ask"])),
            Parameter("udev-always-use-vnr", .flag, in: .since84), Parameter("cmd-timeout-short", .number(0...900), in: .since84),
            Parameter("cmd-timeout-medium", .number(0...900), in: .since84),
            Parameter("cmd-timeout-long", .number(0...900), in: .since84),
        ],
        .common: Parameter.shared,
        .resource: Parameter.shared + [
            Parameter("floating", .address), Parameter("template-file", .text(), in: .v9),
        ],
        .host: Parameter.device + Parameter.host,
        .stackedOnTopOf: [Parameter("device", .device)] + Parameter.host,
        .volume: Parameter.device,
        .volumeOfStacked: [Parameter("device", .device)],
        .connection: Parameter.peers + [Parameter("_peer_node_id", .number(0...31), in: .v9), Parameter("_is_standalone", .flag, in: .v9)],
        .path: Parameter.peers,
        .connectionMesh: [Parameter("hosts", .anything, in: .v9)],
        .net: Parameter.net + Parameter.retired,
        .disk: Parameter.disk + Parameter.peerDevice + Parameter.retired,
        .diskOfConnection: Parameter.peerDevice.map { $0.only(in: .v9) },
        .syncer: Parameter.syncer,
        .startup: Parameter.startup + Parameter.retired,
        .handlers: Parameter.handlers + Parameter.retired,
        .options: Parameter.resourceOptions + Parameter.retired,
        .proxy: Parameter.proxy + Parameter.retired + Parameter.idleInProxy,
        .proxyOnHost: [Parameter("inside", .address), Parameter("outside", .address)],
    ].mapValues { Dictionary($0.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first }) }
}

extension Parameter {
    func only(in dialects: Dialects) -> Parameter { Parameter(name, form, in: dialects, usual: usual, former: former) }

    /// `tcp-cork` of `no-tcp-cork`.
    static func negated(by name: String) -> String? { name.hasPrefix("no-") ? String(name.dropFirst(3)) : nil }

    /// The negations that DRBD 8 knows; 9 takes `no-` before any option.
    static let negations83: Set<String> = ["no-disk-barrier", "no-disk-drain", "no-disk-flushes", "no-md-flushes", "no-tcp-cork"]
}

extension Parameter {
    /// The options by name, wherever they stand: where two sections have one of a name they count in the same unit.
    static let options: [String: Parameter] = Dictionary(
        (net + disk + peerDevice + resourceOptions).map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

    /// Those whose values compare as more than words.
    static let compared = options.merging((startup + host).map { ($0.name, $0) }) { first, _ in first }

    /// Words that statements begin with, wherever they stand.
    static let keywords: Set<String> = Set(
        [
            Section.file, .global, .resource, .host, .connection, .connectionMesh, .net, .disk, .syncer, .startup, .handlers, .options,
            .proxy,
        ]
        .flatMap(\.parameterNames) + ["inside", "outside"]
    ).union(negations83)
}

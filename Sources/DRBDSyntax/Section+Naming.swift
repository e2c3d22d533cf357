extension Section {
    /// `in the net section`.
    var here: String {
        switch self {
        case .file: "outside of all sections"
        case .host: "in the section of a host"
        case .volumeOfStacked: "in a stacked volume"
        case .volumeOfConnection: "in the volume of a connection"
        case .diskOfConnection: "in the disk section of a connection"
        case .proxyOnHost: "in the proxy section of a host"
        default: "in the \(name) section"
        }
    }

    private var name: String {
        switch self {
        case .global: "global"
        case .common: "common"
        case .resource: "resource"
        case .stackedOnTopOf: "stacked-on-top-of"
        case .volume: "volume"
        case .connection: "connection"
        case .connectionMesh: "connection-mesh"
        case .path: "path"
        case .disk: "disk"
        case .net: "net"
        case .syncer: "syncer"
        case .startup: "startup"
        case .handlers: "handlers"
        case .options: "options"
        case .proxy: "proxy"
        default: "same"
        }
    }

    /// The sections of options in which a parameter is at home: what is written in the wrong one can be moved there.
    static func homes(of parameter: String) -> [String] {
        [Section.net, .disk, .options, .startup, .handlers, .global].filter { section in
            section.parameter(parameter)?.dialects.contains(.v9) ?? false
        }.map(\.name)
    }

    /// What a file and a resource have once.
    static let single: [Section: Set<String>] = [.file: ["global", "common"], .resource: singleOptions, .common: singleOptions]

    private static let singleOptions: Set<String> = ["net", "disk", "syncer", "startup", "handlers", "options", "proxy"]

    /// What is wrong with what stands between a section's keyword and its brace: which word, nil for a missing one.
    static func objection(to arguments: [String], of keyword: String) -> (index: Int?, expected: String)? {
        switch keyword {
        case "on": arguments.isEmpty ? (nil, "the host's name, as uname -n prints it") : nil
        case "resource", "stacked-on-top-of": one(arguments, "the resource's name")
        case "volume": one(arguments, "the volume's number") ?? (Quantity.number(arguments[0], scale: .one) == nil ? (0, "a number") : nil)
        case "floating": Address.objection(to: arguments)
        case "proxy": arguments.isEmpty || arguments.first == "on" && arguments.count > 1 ? nil : (0, "on and the host's name, or nothing")
        case "connection": arguments.count > 1 ? (1, "{") : nil
        case "host", "skip": nil
        default: arguments.isEmpty ? nil : (0, "{")
        }
    }

    private static func one(_ arguments: [String], _ expected: String) -> (index: Int?, expected: String)? {
        switch arguments.count {
        case 0: (nil, expected)
        case 1: nil
        default: (1, "{")
        }
    }
}

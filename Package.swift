// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let nio = ["NIOCore", "NIOHTTP1", "NIOPosix"].map { Target.Dependency.product(name: $0, package: "swift-nio") }
let systemPackage = Target.Dependency.product(name: "SystemPackage", package: "swift-system")

/// A module of Coxswain. It imports only what stands above it in the list below.
func module(_ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = []) -> Target {
    .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: settings)
}

func tests(of name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: [.byName(name: name)] + dependencies, exclude: exclude,
        swiftSettings: settings)
}

/// A program for libFuzzer, which brings `main`: it can be linked by deploy/fuzz only, and is known only there.
func fuzzer(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(
        name: "fuzz-\(name)", dependencies: ["Properties", "Diagnostics"] + dependencies, path: "Tests/Fuzz/\(name)",
        swiftSettings: settings + [.unsafeFlags(["-parse-as-library"])])
}

let fuzzers: [Target] =
    Context.environment["COXSWAIN_FUZZ"] == nil
    ? []
    : [
        .target(  // what must hold for every parser, whatever it is given
            name: "Properties", dependencies: ["Diagnostics"], path: "Tests/Fuzz/Properties", swiftSettings: settings),
        fuzzer("CRM", ["CRMSyntax", "XML"]),
        fuzzer("XML", ["CIB", "CRMSyntax", "XML"]),
        fuzzer("DRBD", ["DRBDSyntax"]),
        fuzzer("Xen", ["XenSyntax"]),
        fuzzer("Corosync", ["CorosyncSyntax"]),
        fuzzer("OCFS2", ["OCFS2Syntax"]),
        fuzzer("Shell", ["ShellSyntax"]),
        fuzzer("YAML", ["Repository"]),
        fuzzer("Records", ["ClusterModel", "Records"]),
    ]

let package = Package(
    name: "coxswain",
    products: [.executable(name: "coxswain", targets: ["coxswain"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
    ],
    targets: [
        // What the system brings.
        .systemLibrary(name: "CLibgit2", pkgConfig: "libgit2", providers: [.apt(["libgit2-dev"])]),
        .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CLinux"),  // what Swift's Glibc leaves out of it
        .systemLibrary(name: "CLibxml2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(name: "CLibyaml", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),

        // Values: no clock, no process, no file.
        module("ClusterModel"),  // the vocabulary: commits, nodes, clusters
        module("Diagnostics"),  // findings: what is wrong, where, and what to do
        module("Catalogue", ["Diagnostics"]),  // what is looked for: a code, an explanation and a remedy each
        module("XML", ["CLibxml2", "Diagnostics"]),  // XML text as a value tree, through libxml2
        module("YAML", ["CLibyaml"]),  // one document of YAML, through libyaml
        module("CIB", ["XML", "Diagnostics"]),  // the cluster information base: meaning, identity, patch
        module("CIBGrammar", ["CIB", "XML"]),  // Pacemaker's schemas, 1.0 to 3.9: what a CIB may hold, and since when
        module("CRMSyntax", ["CIB", "XML", "Diagnostics"]),  // crmsh configuration text: parse, print
        module("DRBDSyntax", ["Catalogue", "Diagnostics"]),  // drbd.conf(5): parse, print, compare
        module("XenSyntax", ["Catalogue", "Diagnostics"]),  // xl.cfg(5): parse, print, compare
        module("CorosyncSyntax", ["Catalogue", "Diagnostics"]),  // corosync.conf(5): parse, print, compare, review
        module("OCFS2Syntax", ["Catalogue", "Diagnostics"]),  // o2cb's cluster.conf: parse, print, compare, review
        module("ShellSyntax", ["Diagnostics"]),  // /etc/default: the assignments of a shell file, the rest untouched

        module(
            "Repository",  // the files of a commit: desired state
            [
                "CIB", "CIBGrammar", "CRMSyntax", "Catalogue", "ClusterModel", "CorosyncSyntax", "DRBDSyntax", "Diagnostics", "OCFS2Syntax",
                "ShellSyntax", "XML", "XenSyntax", "YAML",
            ]),
        module(
            "Validation",  // what is wrong with a commit, or not as it should be
            [
                "CIB", "CIBGrammar", "CRMSyntax", "Catalogue", "CorosyncSyntax", "DRBDSyntax", "Diagnostics", "OCFS2Syntax", "Repository",
                "ShellSyntax", "XML", "XenSyntax",
            ]),
        module("Records", ["CIB", "ClusterModel", "Diagnostics", "XML"]),  // what is written down: in the cluster, and as a note on the commit
        // what is: each part known, or unknown
        module("LiveState", ["CIB", "ClusterModel", "DRBDSyntax", "Diagnostics", "Records", "Repository", "XML"]),
        // what is done: where, when, why, how it is undone, what it risks
        module("Steps", ["CIB", "ClusterModel", "Diagnostics", "Records", "Repository"]),
        // base, desired and live: what changes, as a plan, a crm script, a patch
        module(
            "Planning",
            [
                "CIB", "CIBGrammar", "CRMSyntax", "ClusterModel", "CorosyncSyntax", "DRBDSyntax", "Diagnostics", "LiveState", "OCFS2Syntax",
                "Records", "Repository", "ShellSyntax", "Steps", "XML", "XenSyntax",
            ]),
        module(  // a live cluster as the files of a repository
            "Importing",
            [
                "CIB", "CRMSyntax", "ClusterModel", "CorosyncSyntax", "DRBDSyntax", "Diagnostics", "LiveState", "Planning", "Records", "Repository",
                "Steps", "XML", "XenSyntax",
            ]),
        // plan and cluster: a verdict
        module("Safety", ["CIB", "ClusterModel", "Diagnostics", "LiveState", "Planning", "Records", "Repository", "Steps", "XML", "XenSyntax"]),
        module("Health", ["CIB", "ClusterModel", "LiveState", "XML"]),  // what was touched, and what wasn't: is it well?
        // the state machine: events in, directives out
        module("Reconciling", ["CIB", "ClusterModel", "Diagnostics", "Health", "LiveState", "Planning", "Records", "Repository", "Safety", "Steps"]),
        module(  // plans, notes and findings for people and for scripts
            "Presenting",
            [
                "CIB", "CRMSyntax", "Catalogue", "ClusterModel", "Diagnostics", "LiveState", "Planning", "Reconciling", "Records", "Repository",
                "Safety", "Steps", "XML",
            ]),

        // The world.
        module("Host", ["CLinux", "Diagnostics", subprocess, systemPackage]),  // processes and files: the only place that starts a process
        module("GitStore", ["CLibgit2", "Catalogue", "ClusterModel", "Diagnostics", "Host"]),  // objects, notes and transport of git
        module(  // reads the cluster and its hosts
            "Observing",
            ["CIB", "ClusterModel", "DRBDSyntax", "Diagnostics", "Host", "LiveState", "Planning", "Repository", "Steps", "Validation", "XML"]),
        module(  // the only module that changes the cluster
            "Executing",
            ["CIB", "ClusterModel", "Diagnostics", "GitStore", "Host", "LiveState", "Observing", "Records", "Repository", "Safety", "Steps"]),
        module(  // answers people, programs and browsers: HTTP
            "Serving", ["CCrypto", "Diagnostics", "Presenting", "Reconciling", "Records"] + nio,
            resources: [.embedInCode("Resources/status.html"), .embedInCode("Resources/openapi.json")]),
        // tells others of what happens: commands, webhooks, the states of commits
        module("Notifying", ["Diagnostics", "Host", "Presenting", "Records", "Serving"]),
        module(  // obeys the reconciler's directives
            "NodeAgent",
            [
                "CIB", "Catalogue", "ClusterModel", "Diagnostics", "Executing", "GitStore", "Host", "LiveState", "Notifying", "Observing", "Planning",
                "Presenting", "Reconciling", "Records", "Repository", "Safety", "Serving", "Steps", "Validation", "XML", "YAML",
            ]),

        .executableTarget(  // the command line
            name: "coxswain",
            dependencies: [
                "CIB", "CLinux", "CRMSyntax", "Catalogue", "ClusterModel", "NodeAgent", "Repository", "Diagnostics", "GitStore", "Host",
                "Importing", "LiveState", "Notifying", "Observing", "Planning", "Presenting", "Reconciling", "Records", "Safety", "Serving",
                argumentParser,
            ], swiftSettings: settings),

        .target(  // what tests share: scenes of a plan, random clusters, scratch directories
            name: "TestKit",
            dependencies: [
                "CIB", "CRMSyntax", "ClusterModel", "Diagnostics", "Host", "LiveState", "Planning", "Records", "Repository", "Safety", "Validation",
                "XML", "XenSyntax",
            ],
            path: "Tests/TestKit", swiftSettings: settings),
        .executableTarget(  // deploy/conformance: import, print and patch of CIBs, verdicts on files of DRBD and Xen, beside those of the real tools
            name: "conformance",
            dependencies: [
                "CIB", "ClusterModel", "DRBDSyntax", "Diagnostics", "Host", "Importing", "LiveState", "Observing", "Planning", "Records",
                "Repository",
                "Safety", "TestKit", "Validation", "XML", "XenSyntax",
            ],
            path: "Tests/Conformance", swiftSettings: settings),
        .target(  // nodes, Pacemaker, git and hosts in memory and in virtual time, and what has to hold there
            name: "SimulatedCluster",
            dependencies: [
                "CIB", "ClusterModel", "DRBDSyntax", "Diagnostics", "LiveState", "Planning", "Reconciling", "Records", "Repository", "Safety",
                "Steps", "TestKit", "XML",
            ], path: "Tests/SimulatedCluster", swiftSettings: settings),
        .executableTarget(  // deploy/simulate: histories of a simulated cluster, one for each seed
            name: "simulate", dependencies: ["SimulatedCluster"], path: "Tests/Simulate", swiftSettings: settings),
        .executableTarget(  // deploy/bench: what reading a file costs
            name: "reading", dependencies: ["CRMSyntax", "DRBDSyntax", "Diagnostics", "Host", "XenSyntax"],
            path: "Tests/Reading", swiftSettings: settings),
        .executableTarget(  // deploy/bench: what the same plan costs once more
            name: "replanning",
            dependencies: ["CIB", "ClusterModel", "Diagnostics", "GitStore", "LiveState", "NodeAgent", "Observing", "Planning", "Safety"],
            path: "Tests/Replanning", swiftSettings: settings),
        tests(of: "Diagnostics", ["TestKit"]),
        tests(of: "XML", ["Diagnostics"]),
        tests(of: "YAML"),
        tests(of: "CIB", ["CRMSyntax", "Diagnostics", "Host", "TestKit", "XML"]),
        tests(of: "CIBGrammar", ["CIB", "CRMSyntax", "Host", "TestKit", "XML"]),
        tests(of: "CRMSyntax", ["Diagnostics", "Host", "TestKit", "XML"], exclude: ["Fixtures", "Golden"]),
        tests(of: "DRBDSyntax", ["Diagnostics", "TestKit"], exclude: ["Fixtures"]),
        tests(of: "XenSyntax", ["Diagnostics", "Host", "TestKit"], exclude: ["Fixtures", "Oracle"]),
        tests(of: "CorosyncSyntax", ["Diagnostics", "Host", "TestKit"]),
        tests(of: "OCFS2Syntax", ["Diagnostics", "Host", "TestKit"]),
        tests(of: "ShellSyntax", ["Diagnostics", "Host", "TestKit"]),
        tests(of: "Repository", ["CIB", "Diagnostics", "Host", "Records", "TestKit"]),
        tests(of: "Validation", ["CIB", "Catalogue", "Diagnostics", "Host", "Repository", "TestKit", "XML"]),
        tests(
            of: "Planning",
            [
                "CIB", "ClusterModel", "DRBDSyntax", "Diagnostics", "Host", "LiveState", "Observing", "Presenting", "Records", "Repository", "Safety",
                "Steps", "TestKit", "Validation", "XML",
            ],
            exclude: ["Golden"]),
        tests(
            of: "Importing",
            [
                "CIB", "ClusterModel", "DRBDSyntax", "Diagnostics", "Host", "LiveState", "Observing", "Planning", "Repository", "Steps", "TestKit",
                "XML",
            ]),
        tests(of: "LiveState", ["CIB", "ClusterModel", "Diagnostics", "Records", "TestKit", "XML"]),
        tests(of: "Safety", ["CIB", "ClusterModel", "Diagnostics", "LiveState", "Planning", "Records", "Repository", "Steps", "TestKit", "XML"]),
        // faults from the field, set up by hand in a simulated cluster
        tests(of: "Reconciling", ["CIB", "ClusterModel", "Diagnostics", "LiveState", "Records", "Repository", "SimulatedCluster", "Steps", "XML"]),
        tests(of: "Health", ["CIB", "ClusterModel", "LiveState", "TestKit"]),
        tests(
            of: "Presenting",
            [
                "CIB", "Catalogue", "ClusterModel", "Diagnostics", "Host", "LiveState", "Planning", "Reconciling", "Records", "Repository", "Safety",
                "Steps", "TestKit", "XML",
            ]),
        tests(of: "Host", ["Diagnostics"]),
        tests(
            of: "Observing",
            [
                "CIB", "ClusterModel", "DRBDSyntax", "Repository", "Diagnostics", "Host", "LiveState", "Planning", "Presenting", "Safety", "Steps",
                "TestKit", "Validation", "XML",
            ],
            exclude: ["Fixtures"]),
        tests(
            of: "Executing",
            ["CIB", "ClusterModel", "Diagnostics", "Host", "LiveState", "Observing", "Planning", "Repository", "Safety", "Steps", "TestKit"]),
        tests(of: "GitStore", ["ClusterModel", "Diagnostics", "Host"]),
        tests(
            of: "Serving", ["ClusterModel", "Diagnostics", "Host", "Planning", "Presenting", "Reconciling", "Records", "Safety", "TestKit"],
            exclude: ["Browser"]),
        tests(of: "Notifying", ["Diagnostics", "Host", "Presenting", "Serving", "TestKit"]),
        tests(
            of: "NodeAgent",
            [
                "CIB", "Diagnostics", "Notifying", "ClusterModel", "Executing", "GitStore", "Host", "Observing", "Presenting", "Reconciling",
                "Records",
                "Repository", "Steps", "TestKit",
            ]),
        .testTarget(  // the program on real clusters, and on CIB files
            name: "LabTests", dependencies: ["coxswain", "Host"], swiftSettings: settings),
    ] + fuzzers
)

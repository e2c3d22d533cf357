internal import XML

/// What excludes what in one element, as the schemas say ("choice" of RELAX NG). Where git says the one, the other goes, whoever has written it:
/// nothing can have both.
enum Alternatives {
    /// Whether an element with what git says of it has no place for another attribute.
    static func exclude(attribute name: String, from desired: Element) -> Bool {
        if name == "provider", desired["class"] != nil { return true }  // of agents, those of class ocf alone have one
        guard let sides = attributes(of: desired.name), let own = sides.first(where: { $0.contains(name) }) else { return false }
        return sides.contains { side in side != own && side.contains { desired[$0] != nil } }
    }

    /// Whether it has no place for another child: one engine runs a bundle's containers.
    static func exclude(child name: String, from desired: Element) -> Bool {
        desired.name == "bundle" && engines.contains(name) && desired.children.contains { engines.contains($0.name) && $0.name != name }
    }

    private static let engines: Set = ["docker", "podman", "rkt"]

    private static func attributes(of element: String) -> [Set<String>]? {
        switch element {
        case "primitive": [["class", "provider", "type"], ["template"]]
        case "op": [["start-delay"], ["interval-origin"]]
        case "port-mapping": [["port", "internal-port"], ["range"]]
        case "storage-mapping": [["source-dir"], ["source-dir-root"]]
        case _ where engines.contains(element): [["masters"], ["promoted-max"]]
        default: nil
        }
    }
}

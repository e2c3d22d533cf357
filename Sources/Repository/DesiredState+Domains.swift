extension DesiredState {
    /// The domUs that its files define, by where the files belong on the host.
    package var domains: [String: DomainDefinition] {
        Dictionary(read.xen.map { ("\(policy.xenDirectory)/\($0.name)", $0.content) }, uniquingKeysWith: { first, _ in first })
    }
}

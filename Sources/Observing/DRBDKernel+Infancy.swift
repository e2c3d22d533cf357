internal import Host

extension DRBDKernel {
    /// - Throws: `CommandError`.
    public func infancy(of resource: String) async throws -> DRBDInfancy {
        let sides = try await sides(of: resource)
        var generations: [Int: UInt64] = [:]
        for (volume, state) in sides.disks where state == "Inconsistent" {
            let output = try await Command("drbdadm", ["get-gi", "\(resource)/\(volume)"], limit: .seconds(20)).run().orThrow()
            generations[volume] = DRBDDisks.generation(in: output.text)
        }
        return DRBDInfancy(resource, sides, generations: generations)
    }

    private func sides(of resource: String) async throws -> DRBDSides {
        guard try await isUp(resource) else { return DRBDSides("", of: resource) }
        let output = try await Command("drbdsetup", ["events2", "--now", resource], limit: .seconds(20)).run().orThrow()
        return DRBDSides(output.text, of: resource)
    }
}

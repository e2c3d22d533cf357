internal import ClusterModel
internal import Steps
internal import TestKit

/// What becomes of an effect.
enum Fate: Hashable, CaseIterable {
    case normal, killBefore, killAfter, powerCutBefore, powerCutAfter, freezeBefore, freezeAfter
    /// It comes late.
    case late
    /// The tool fails, and has done nothing.
    case fails
    /// The tool fails, and has done its work.
    case lies
}

/// Draws what goes wrong. Each draw has a number, so that a history can be lived again without some of them.
final class Faults {
    var isOn = true
    private var random: Seeded
    /// One effect in so many goes wrong.
    private let rarity: Int
    /// Draws that are left out.
    private let spared: Set<Int>
    private(set) var drawn = 0
    /// The numbers of the draws that made something go wrong.
    private(set) var numbers: [Int] = []
    private(set) var counts: [Fate: Int] = [:]

    /// What becomes of the next effect of this name, whatever is drawn.
    private var arranged: [(node: NodeName, step: StepID, fate: Fate)] = []

    init(seed: UInt64, rarity: Int, sparing spared: Set<Int> = []) {
        random = Seeded(seed)
        self.rarity = rarity
        self.spared = spared
    }

    /// The next time that a node does this, it goes so.
    func arrange(_ fate: Fate, of step: StepID, on node: NodeName) { arranged.append((node, step, fate)) }

    /// Nothing that was arranged happens any more.
    func disarrange() { arranged = [] }

    func fate(of step: StepID, on node: NodeName) -> Fate {
        let drawn = fate()
        guard let index = arranged.firstIndex(where: { $0.node == node && $0.step == step }) else { return drawn }
        return arranged.remove(at: index).fate
    }

    func fate() -> Fate {
        let number = drawn
        drawn += 1
        guard rarity > 0, random.chance(rarity) else { return .normal }
        let fate = random.pick(Array(Fate.allCases.dropFirst()))
        guard isOn, !spared.contains(number) else { return .normal }
        numbers.append(number)
        counts[fate, default: 0] += 1
        return fate
    }
}

internal import CIB
internal import Diagnostics

/// The key `drift` of `coxswain.yaml`: a treatment for each class, and `{hold: 4h}` for one that is held for a time.
///
/// `operator` and `limit` are for what persons set, where a class of it does not say something else.
extension DriftPolicy {
    private static let persons = DriftClass.allCases.filter(\.mayEnd)

    mutating func read(_ drift: YAMLReader.Value, with reader: inout YAMLReader) {
        let names = DriftClass.allCases.map(\.rawValue)
        let pairs = reader.pairs(of: drift, in: "drift", knowing: ["operator", "limit"] + names)
        for (_, value) in pairs.filter({ $0.key == "operator" }) { read(value, for: Self.persons, with: &reader) }
        for (key, value) in pairs { DriftClass(rawValue: key).map { read(value, for: [$0], with: &reader) } }
        for (_, value) in pairs.filter({ $0.key == "limit" }) {
            let limit = Self.span(value, with: &reader)
            for driftClass in Self.persons where self.limit(of: driftClass) == nil { self.limit(driftClass, to: limit) }
        }
    }

    private mutating func read(_ value: YAMLReader.Value, for classes: [DriftClass], with reader: inout YAMLReader) {
        guard value.isMapping else { return readTreatment(value, for: classes, with: &reader) }
        guard classes.allSatisfy(\.mayEnd) else {
            return reader.refuse(
                value, "\(classes[0].rawValue) can't be held for a time: whoever wrote it would write it anew",
                expected: Self.words(classes[0].treatments))
        }
        for (_, time) in reader.pairs(of: value, in: "a treatment", knowing: ["hold"]) {
            guard let limit = Self.span(time, with: &reader) else { return }
            for driftClass in classes {
                self[driftClass] = .hold
                self.limit(driftClass, to: limit)
            }
        }
    }

    private mutating func readTreatment(_ value: YAMLReader.Value, for classes: [DriftClass], with reader: inout YAMLReader) {
        let allowed = classes[0].treatments
        guard let treatment = value.text.flatMap(DriftClass.Treatment.init) else {
            return reader.refuse(value, "this is not a way to treat drift", expected: Self.words(allowed))
        }
        guard allowed.contains(treatment) else {
            return reader.refuse(
                value, "\(classes[0].rawValue) can't be treated so: \(classes[0].reason)", expected: Self.words(allowed))
        }
        for driftClass in classes { self[driftClass] = treatment }
    }

    private static func words(_ treatments: [DriftClass.Treatment]) -> String {
        treatments.count == 1 ? treatments[0].rawValue : treatments.map(\.rawValue).joined(separator: ", ")
    }

    private static func span(_ value: YAMLReader.Value, with reader: inout YAMLReader) -> Duration? {
        let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        let text = value.text ?? ""
        let digits = text.dropLast()
        guard let unit = text.last.flatMap({ units[$0] }), (1...4).contains(digits.count), digits.first != "0",
            digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(digits)
        else {
            reader.refuse(value, "this is not a length of time", expected: "1 to 9999 and s, m, h or d: 30m, 4h, 2d")
            return nil
        }
        return .seconds(number * unit)
    }
}

extension DriftClass {
    /// Why not everything may be done about it.
    fileprivate var reason: String {
        switch self {
        case .drbdFence: "without the constraint Pacemaker may promote outdated data"
        case .cluster: "the cluster writes it about itself"
        case .agent: "the agent decides by it, and an old value costs data"
        case .declared, .host: "nobody owns such a difference; coxswain suspend keeps everything as it is for a while"
        case .move, .nodeState, .resourceState, .maintenanceMode, .scores, .utilization, .memory: "it is not known"
        }
    }
}

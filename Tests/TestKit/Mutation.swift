/// The bytes with a few of them removed, doubled, replaced or cut off.
public func mutated(_ original: [UInt8], _ random: inout Seeded) -> [UInt8] {
    var bytes = original
    let spice = Array("{};\"'\\#:=[] \n\t\r$`,x+%(0é\u{0}".utf8) + [0xFF]
    for _ in 0..<random.number(1...3) where !bytes.isEmpty {
        let index = random.number(0...bytes.count - 1)
        let end = min(bytes.count, index + random.number(1...12))
        switch random.number(0...4) {
        case 0: bytes.removeSubrange(index..<end)
        case 1: bytes.insert(contentsOf: bytes[index..<end], at: index)
        case 2: bytes[index] = random.pick(spice)
        case 3: bytes.insert(random.pick(spice), at: index)
        default: if random.chance(10) { bytes.removeSubrange(index...) }
        }
    }
    return bytes
}

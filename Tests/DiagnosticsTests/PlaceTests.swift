import Diagnostics
import TestKit
import Testing

@Suite("Where something stands")
struct PlaceTests {
    @Test("lines and columns count from 1, in characters")
    func counting() {
        let source = SourceText(path: "a", text: "one\nzwölf drei\n")
        let place = source.place(11..<15)
        #expect((place.line, place.column, place.length, place.text) == (2, 7, 4, "zwölf drei"))
    }

    @Test("an accent by itself is a part of what people see as one character")
    func withinCharacter() {
        let source = SourceText(path: "a", text: "e\u{301}x")
        let accent = source.place(1..<4)
        #expect((accent.column, accent.length) == (2, 1))
    }

    @Test("whatever is meant lies in the line that is shown", arguments: 0..<50 as Range<UInt64>)
    func inside(_ seed: UInt64) {
        var random = Seeded(seed)
        let scraps: [[UInt8]] = [
            Array("a".utf8), Array("\u{301}".utf8), Array("🇩🇪".utf8), Array("\r".utf8), Array("\n".utf8), [0xF3, 0x91], [0x80], Array("👩‍👩‍👧".utf8),
            Array("\u{200D}".utf8), [0xFF],
        ]
        let source = SourceText(path: "a", bytes: random.several(0...12) { $0.pick(scraps) }.flatMap(\.self))
        for start in 0...source.bytes.count {
            for end in start...source.bytes.count {
                let place = source.place(start..<end)
                #expect((1...place.text.count + 1).contains(place.column), "\(start)..<\(end) of \(source.bytes)")
                #expect(place.column + place.length <= place.text.count + 2, "\(start)..<\(end) of \(source.bytes)")
            }
        }
    }
}

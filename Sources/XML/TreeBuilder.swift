internal import Diagnostics

/// Collects the events of one parse into a tree.
final class TreeBuilder {
    /// What stops the parser although libxml2 would go on, and in which line.
    enum Refusal {
        case doctype
        case bound(Bound)
    }

    private(set) var root: Element?
    private(set) var refusal: (reason: Refusal, line: Int)?
    /// Nil: all.
    private let leavingOut: Set<String>?
    /// The elements that are not ended yet, each with the number of `ended` before it.
    private var open: [(element: Element, mark: Int)] = []
    /// Those that are, and wait for the end of the one around them: behind its mark stand its children.
    private var ended: [Element] = []
    private var skippedDepth = 0
    private var elementCount = 0
    /// The part of the text that libxml2 has not been given yet.
    private var rest: Slice<UnsafeRawBufferPointer>
    /// How much it was given since an element began or ended.
    private var stretch = 0
    /// Where the last element began or ended.
    private var line = 1

    init(of text: UnsafeRawBufferPointer, leavingOut: Set<String>?) {
        rest = text[...]
        self.leavingOut = leavingOut
    }

    func refuse(_ reason: Refusal, line: Int) { refusal = refusal ?? (reason, line) }

    /// The bound that the next element breaks, if it does.
    func bound(attributes: Int) -> Bound? {
        elementCount += 1
        if elementCount > Bounds.elements.most { return Bounds.elements }
        return attributes > Bounds.attributes.most ? Bounds.attributes : nil
    }

    func reached(line: Int) {
        stretch = 0
        self.line = line
    }

    func start(_ name: String, _ attributes: () -> [Element.Attribute]) {
        guard skippedDepth == 0, leavingOut?.contains(name) == false else {
            skippedDepth += 1
            return
        }
        open.append((Element(name, attributes()), ended.count))
    }

    func end() {
        if skippedDepth > 0 {
            skippedDepth -= 1
        } else if let (parent, mark) = open.popLast() {
            var element = parent
            element.children = Array(ended[mark...])
            ended.removeSubrange(mark...)
            if open.isEmpty { root = element } else { ended.append(element) }
        }
    }

    /// Gives the next piece of the text; nil where it is refused.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int? {
        guard stretch <= Bounds.stretch.most else {
            refuse(.bound(Bounds.stretch), line: line)
            return nil
        }
        let piece = UnsafeRawBufferPointer(rebasing: rest.prefix(buffer.count))
        buffer.copyMemory(from: piece)
        rest.removeFirst(piece.count)
        stretch += piece.count
        return piece.count
    }
}

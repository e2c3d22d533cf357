/// Rows of cells, columns aligned. Colour goes around the padded cell, so that it takes no part in the measuring.
public struct Table {
    public typealias Cell = (text: String, tone: Style.Tone?)

    private var rows: [[Cell]] = []

    public init() {}

    public mutating func add(_ cells: [Cell]) { rows.append(cells) }

    public mutating func add(_ cells: String...) { rows.append(cells.map { ($0, nil) }) }

    public func lines(_ style: Style, indent: Int = 0, gap: Int = 2) -> [String] {
        let widths = self.widths
        return rows.map { row in
            var line = String(repeating: " ", count: indent)
            for (column, cell) in row.enumerated() {
                let isLast = column == row.count - 1
                let padding = isLast ? 0 : widths[column] + gap - cell.text.count
                line += cell.tone.map { style(cell.text, $0) } ?? cell.text
                line += String(repeating: " ", count: max(0, padding))
            }
            return line
        }
    }

    private var widths: [Int] {
        var widths: [Int] = []
        for row in rows {
            for (column, cell) in row.enumerated() {
                if column == widths.count { widths.append(0) }
                widths[column] = max(widths[column], cell.text.count)
            }
        }
        return widths
    }
}

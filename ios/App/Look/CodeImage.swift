import SwiftUI

/// A code out of its rows, black on white in every theme.
struct CodeImage: View {
    let rows: [String]

    var body: some View {
        Canvas { canvas, size in
            let side = size.width / CGFloat(max(rows.count, 1))
            for (y, row) in rows.enumerated() {
                for (x, module) in row.enumerated() where module == "1" {
                    let at = CGRect(x: CGFloat(x) * side, y: CGFloat(y) * side, width: side, height: side)
                    canvas.fill(Path(at), with: .color(Tone.code))
                }
            }
        }
        .aspectRatio(1, contentMode: .fit)
        .background(Tone.paper)
        .accessibilityHidden(true)
    }
}

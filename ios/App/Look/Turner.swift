import HandsetModel
import SwiftUI

/// Where one is among pages, and the ways to the pages beside.
struct Turner: View {
    /// From 0.
    let page: UInt32
    let count: UInt32
    let turn: (UInt32) async -> Void
    @Environment(AppModel.self) private var app

    var body: some View {
        HStack(spacing: Space.s4) {
            Button(app.say(.pageBefore), systemImage: "chevron.left") { Task { await turn(page - 1) } }
                .disabled(page == 0)
            Text(Word.pageOf.text(app.language, n: String(page + 1), m: String(count)))
                .frame(maxWidth: .infinity)
            Button(app.say(.pageAfter), systemImage: "chevron.right") { Task { await turn(page + 1) } }
                .disabled(page + 1 >= count)
        }
        .labelStyle(.iconOnly)
        .font(.title3.weight(.semibold))
        .frame(minHeight: Space.target)
    }
}

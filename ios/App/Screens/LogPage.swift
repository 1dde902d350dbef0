import HandsetModel
import QuanshengshiCore
import SwiftUI

/// What was done with this phone, newest first.
struct LogPage: View {
    @Environment(AppModel.self) private var app
    @State private var log: Shelf<ActivityLine>

    init(phone: Phone) { _log = State(initialValue: phone.activity()) }

    var body: some View {
        NavigationStack {
            ScrollView {
                LazyVStack(alignment: .leading, spacing: Space.s4) {
                    if let trouble = log.trouble { TroubleCard(trouble: trouble) { await log.load() } }
                    if log.lines.isEmpty, !log.loading, log.trouble == nil {
                        Text(app.say(.logEmpty)).foregroundStyle(Tone.ink2)
                    }
                    ForEach(log.lines, id: \.task) { line in Card { ReceiptFacts(line: line) } }
                }
                .padding(Space.s5)
            }
            .background(Tone.page)
            .navigationTitle(app.say(.activity))
            .task { await log.load() }
        }
    }
}

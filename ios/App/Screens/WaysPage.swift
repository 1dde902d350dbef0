import HandsetModel
import SwiftUI

/// Every way on when the face cannot work: other acts, a helper, other methods.
struct WaysPage: View {
    let confirm: ConfirmModel
    @Environment(AppModel.self) private var app
    @Environment(\.dismiss) private var dismiss

    var body: some View {
        NavigationStack {
            ScrollView {
                VStack(alignment: .leading, spacing: Space.s4) {
                    ForEach(confirm.offeredWays, id: \.code) { way in
                        Card {
                            Fact(label: way.text, value: way.title)
                            if let variant = way.variant {
                                Button(way.title) {
                                    dismiss()
                                    Task { await confirm.change(variant) }
                                }
                                .buttonStyle(.pressed(.outlined))
                            }
                        }
                    }
                }
                .padding(Space.s5)
            }
            .background(Tone.page)
            .navigationTitle(app.say(.otherWays))
            .toolbar {
                ToolbarItem(placement: .cancellationAction) { Button(app.say(.cancel)) { dismiss() } }
            }
        }
    }
}

import HandsetModel
import SwiftUI

/// The nine digits, for whoever cannot scan.
struct DigitsPage: View {
    let scan: ScanModel
    @Environment(AppModel.self) private var app
    @State private var digits = ""

    var body: some View {
        Sheet {
            if case .trouble(let trouble) = scan.phase {
                TroubleCard(trouble: trouble) { await scan.claimAgain() }
            }
            Text(app.say(.digitsHint)).foregroundStyle(Tone.ink2)
            TextField(app.say(.digitsTitle), text: $digits)
                .font(.title.monospacedDigit())
                .keyboardType(.numberPad)
                .textFieldStyle(.roundedBorder)
        } foot: {
            Button(app.say(.digitsGo)) { Task { await scan.type(digits) } }
                .buttonStyle(.pressed(.filled))
                .disabled(!ScanModel.isWhole(digits))
        }
        .navigationTitle(app.say(.digitsTitle))
        .toolbar {
            ToolbarItem(placement: .cancellationAction) { Button(app.say(.cancel)) { app.route.leave() } }
        }
        .onChange(of: scan.claimed?.taskId) { if let task = scan.claimed { app.route.open(task) } }
    }
}

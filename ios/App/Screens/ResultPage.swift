import HandsetModel
import QuanshengshiCore
import SwiftUI

/// How it ended, with the receipt.
struct ResultPage: View {
    let confirm: ConfirmModel
    let ending: ConfirmModel.Ending
    let text: String
    let reason: String?
    @Environment(AppModel.self) private var app
    @State private var result: ResultModel?

    var body: some View {
        Sheet {
            Label(text, systemImage: ending == .approved ? "checkmark.circle" : "info.circle")
                .font(.title.weight(.semibold))
                .foregroundStyle(ending == .approved ? Tone.green : Tone.ink)
            if let reason { Text(reason).foregroundStyle(Tone.ink2) }
            if let trouble = result?.trouble { TroubleCard(trouble: trouble) { await result?.load() } }
            if let receipt = result?.receipt {
                Card { ReceiptFacts(line: receipt) }
                Text(app.say(.resultKept)).font(.subheadline).foregroundStyle(Tone.hint)
            }
            if result?.kept.isEmpty == false { Notice(kind: .good, text: app.say(.copiesKept)) }
        } foot: {
            Button(app.say(.finish)) { app.route.leave() }.buttonStyle(.pressed(.filled))
        }
        .task {
            let model = confirm.result()
            result = model
            await model.load()
        }
    }
}

/// A receipt's rows.
struct ReceiptFacts: View {
    let line: ActivityLine
    @Environment(AppModel.self) private var app

    var body: some View {
        Fact(label: app.say(.receipt), value: line.title + " " + line.outcome)
        Fact(label: app.say(.receiptTime), value: when(line.decidedAtMs ?? line.claimedAtMs))
        Fact(label: app.say(.receiptPlace), value: line.place)
        Fact(label: app.say(.receiptAccount), value: line.account)
        if !line.purpose.isEmpty { Fact(label: app.say(.receiptPurpose), value: line.purpose) }
        Fact(label: app.say(.receiptNumber), value: line.receipt)
        Notice(
            kind: line.proven ? .good : .care, text: app.say(line.proven ? .logProven : .logUnproven))
    }
}

import HandsetModel
import QuanshengshiCore
import SwiftUI

/// What is asked, of whom, from where; made of exactly what is signed.
struct AskPage: View {
    let confirm: ConfirmModel
    let ask: AskScreen
    @Environment(AppModel.self) private var app

    var body: some View {
        Sheet {
            if let other = ask.otherPerson { Notice(kind: .bad, text: other.text) }
            Text(ask.title).font(.title.weight(.semibold)).foregroundStyle(Tone.ink)
            Card { ForEach(ask.lines, id: \.label) { Fact(label: $0.label, value: $0.value) } }
            Notice(kind: .care, text: ask.warning)
        } foot: {
            if ask.mayGoOn {
                Button(app.say(.itIsMe)) { confirm.itIsMe() }.buttonStyle(.pressed(.filled))
            }
            Button(app.say(.notMe)) { Task { await confirm.answer(.notMe) } }.buttonStyle(.pressed(.danger))
            Button(app.say(.decline)) { Task { await confirm.answer(.decline) } }
                .buttonStyle(.pressed(.outlined))
        }
        .navigationTitle(app.say(.askTitle))
    }
}

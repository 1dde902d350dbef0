import HandsetModel
import QuanshengshiCore
import SwiftUI

/// The separate consent to processing the face.
struct NoticePage: View {
    let confirm: ConfirmModel
    let notice: FaceNotice
    let ways: @MainActor () -> Void
    @Environment(AppModel.self) private var app
    @Environment(Speaker.self) private var speaker

    var body: some View {
        Sheet {
            Text(notice.title).font(.title.weight(.semibold)).foregroundStyle(Tone.ink)
            Card {
                ForEach(notice.parts, id: \.self) { Text($0.text) }
                Text(Word.noticeNumber.text(app.language, n: String(notice.version)))
                    .font(.subheadline)
                    .foregroundStyle(Tone.hint)
            }
            Button(app.say(.readAloud), systemImage: "speaker.wave.2") {
                speaker.say(notice.parts.map(\.text).joined(), in: app.language)
            }
            .frame(minHeight: Space.target)
        } foot: {
            Button(app.say(.agreeWithFace)) { Task { await confirm.answer(.agreeWithFace) } }
                .buttonStyle(.pressed(.filled))
            Button(app.say(.withoutFace), action: ways).buttonStyle(.pressed(.outlined))
        }
        .navigationBarBackButtonHidden()
        .toolbar {
            ToolbarItem(placement: .topBarLeading) {
                Button(app.say(.askTitle), systemImage: "chevron.backward") { confirm.askAgain() }
            }
        }
    }
}

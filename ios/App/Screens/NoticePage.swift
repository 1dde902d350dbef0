import HandsetModel
import SwiftUI

/// The separate consent to processing the face.
struct NoticePage: View {
    let confirm: ConfirmModel
    let version: UInt32
    let ways: @MainActor () -> Void
    @Environment(AppModel.self) private var app
    @Environment(Speaker.self) private var speaker

    var body: some View {
        Sheet {
            Text(app.say(.noticeTitle)).font(.title.weight(.semibold)).foregroundStyle(Tone.ink)
            Card {
                Text(app.say(.noticePurpose))
                Text(app.say(.noticeOptional))
                Text(Word.noticeNumber.text(app.language, n: String(version)))
                    .font(.subheadline)
                    .foregroundStyle(Tone.hint)
            }
            Button(app.say(.readAloud), systemImage: "speaker.wave.2") {
                speaker.say(app.say(.noticePurpose) + app.say(.noticeOptional), in: app.language)
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

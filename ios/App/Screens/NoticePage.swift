import HandsetModel
import SwiftUI

/// The separate consent to processing the face.
struct NoticePage: View {
    /// What a person is told before the face is looked at, in this order.
    private static let lines: [Word] = [.noticePurpose, .noticeSent, .noticeKept, .noticeOptional]

    let confirm: ConfirmModel
    let version: UInt32
    let ways: @MainActor () -> Void
    @Environment(AppModel.self) private var app
    @Environment(Speaker.self) private var speaker

    var body: some View {
        Sheet {
            Text(app.say(.noticeTitle)).font(.title.weight(.semibold)).foregroundStyle(Tone.ink)
            Card {
                ForEach(Self.lines, id: \.self) { Text(app.say($0)) }
                Text(Word.noticeNumber.text(app.language, n: String(version)))
                    .font(.subheadline)
                    .foregroundStyle(Tone.hint)
            }
            Button(app.say(.readAloud), systemImage: "speaker.wave.2") {
                speaker.say(Self.lines.map { app.say($0) }.joined(), in: app.language)
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

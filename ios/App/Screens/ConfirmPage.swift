import HandsetModel
import SwiftUI

/// One task from the question to the verdict. The capture and the sending after it belong to this page,
/// so that changing what is drawn does not stop them; leaving it does.
struct ConfirmPage: View {
    let confirm: ConfirmModel
    @Environment(AppModel.self) private var app
    @Environment(Speaker.self) private var speaker
    @State private var captures = 0
    @State private var repeats = 0
    @State private var showsWays = false

    var body: some View {
        Group {
            switch confirm.phase {
            case .asking(let ask): AskPage(confirm: confirm, ask: ask)
            case .noticing(let notice): NoticePage(confirm: confirm, notice: notice) { showsWays = true }
            case .ready, .facing:
                CapturePage(confirm: confirm, begin: { captures += 1 }, ways: { showsWays = true })
            case .waiting: WaitPage()
            case .over(let ending, let text, let reason):
                ResultPage(confirm: confirm, ending: ending, text: text, reason: reason)
            }
        }
        .safeAreaInset(edge: .top) {
            if let trouble = confirm.trouble {
                TroubleCard(trouble: trouble, ways: { showsWays = true }, again: { repeats += 1 })
                    .padding(Space.s5)
            }
        }
        .background(Tone.page)
        .toolbar {
            ToolbarItem(placement: .cancellationAction) { Button(app.say(.cancel)) { app.route.leave() } }
        }
        .sheet(isPresented: $showsWays) { WaysPage(confirm: confirm) }
        .task(id: captures) {
            if captures > 0 { await confirm.begin(helper: app.preferences.helper) }
        }
        .task(id: repeats) { if repeats > 0 { await confirm.again() } }
        .onChange(of: confirm.spoken) { _, sentence in
            if let sentence { speaker.say(sentence, in: app.language, aloud: app.preferences.voice) }
        }
        .onDisappear { speaker.hush() }
    }
}

/// The portal is asked.
struct WaitPage: View {
    @Environment(AppModel.self) private var app

    var body: some View {
        VStack(spacing: Space.s5) {
            Text(app.say(.faceDone)).font(.title.weight(.semibold))
            ProgressView()
            Text(app.say(.waiting)).foregroundStyle(Tone.ink2)
        }
        .frame(maxWidth: .infinity, maxHeight: .infinity)
    }
}

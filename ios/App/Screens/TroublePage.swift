import HandsetModel
import SwiftUI

/// What is in the way, and the ways on.
struct TroubleCard: View {
    let trouble: Trouble
    /// Calls again what failed.
    let again: () async -> Void
    var ways: (() -> Void)?
    var forget: (() async -> Void)?
    @Environment(AppModel.self) private var app
    @Environment(PhoneCamera.self) private var camera
    @Environment(\.openURL) private var openURL
    @State private var asksToReset = false

    init(
        trouble: Trouble, ways: (() -> Void)? = nil, forget: (() async -> Void)? = nil,
        again: @escaping () async -> Void
    ) {
        (self.trouble, self.ways, self.forget, self.again) = (trouble, ways, forget, again)
    }

    var body: some View {
        Card {
            Label(trouble.text, systemImage: "exclamationmark.circle")
                .font(.title3.weight(.semibold))
                .foregroundStyle(Tone.ink)
            Text(Word.quote.text(app.language, n: trouble.code))
                .font(.subheadline)
                .foregroundStyle(Tone.hint)
            ForEach(trouble.remedies, id: \.self) { remedy in
                Button(app.say(remedy.word)) { follow(remedy) }
                    .buttonStyle(.pressed(remedy == trouble.remedies.first ? .filled : .outlined))
            }
        }
        .confirmationDialog(app.say(.reset), isPresented: $asksToReset, titleVisibility: .visible) {
            Button(app.say(.reset), role: .destructive) { Task { await app.start.reset() } }
            Button(app.say(.cancel), role: .cancel) {}
        }
    }

    private func follow(_ remedy: Remedy) {
        switch app.follow(remedy) {
        case .again: Task { await again() }
        case .ways: if let ways { ways() } else { app.route.leave() }
        case .systemSettings: if let address = camera.systemSettings { openURL(address) }
        case .reset: asksToReset = true
        case .forget: Task { await (forget ?? again)() }
        case nil: break
        }
    }
}

/// A screen of its own for it.
struct TroublePage: View {
    let trouble: Trouble
    let again: () async -> Void

    var body: some View {
        ScrollView { TroubleCard(trouble: trouble, again: again).padding(Space.s5) }
            .background(Tone.page)
    }
}

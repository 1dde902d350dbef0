import HandsetModel
import QuanshengshiCore
import SwiftUI

/// Choices, a check of what is kept, the log to take along, and leaving.
struct SettingsPage: View {
    let phone: Phone
    @Environment(AppModel.self) private var app
    @State private var settings: SettingsModel
    @State private var asksToLeave = false

    init(phone: Phone) {
        self.phone = phone
        _settings = State(initialValue: SettingsModel(phone))
    }

    var body: some View {
        NavigationStack {
            Form {
                Section {
                    Picker(app.say(.language), selection: app.choice(\.language)) {
                        Text(app.say(.inChinese)).tag(TextLanguage.zh)
                        Text(app.say(.inEnglish)).tag(TextLanguage.en)
                    }
                    Picker(app.say(.textSize), selection: app.choice(\.textSize)) {
                        ForEach(TextSize.allCases, id: \.self) { Text(app.say($0.word)).tag($0) }
                    }
                    Toggle(isOn: app.choice(\.helper)) {
                        Fact(label: app.say(.helperHint), value: app.say(.helper))
                    }
                    Toggle(app.say(.voice), isOn: app.choice(\.voice))
                }
                Section {
                    NavigationLink(app.say(.devices)) { DevicesPage(phone: phone) }
                    Button(app.say(.export)) { Task { await settings.exportLog() } }
                    Button(app.say(.check)) { Task { await settings.check() } }
                    outcome
                }
                Section {
                    Button(app.say(.signOut), role: .destructive) { asksToLeave = true }
                        .frame(minHeight: Space.target)
                }
            }
            .navigationTitle(app.say(.settings))
            .confirmationDialog(app.say(.signOutAsk), isPresented: $asksToLeave, titleVisibility: .visible) {
                Button(app.say(.signOut), role: .destructive) { Task { await settings.signOut() } }
                Button(app.say(.cancel), role: .cancel) {}
            }
        }
    }

    @ViewBuilder private var outcome: some View {
        switch settings.phase {
        case .idle: EmptyView()
        case .working: ProgressView()
        case .exported(let text):
            ShareLink(item: text) { Label(app.say(.export), systemImage: "square.and.arrow.up") }
        case .checked(.damaged):
            Notice(kind: .care, text: app.say(.checkDamaged))
            Button(app.say(.mend)) { Task { await settings.mend() } }
        case .checked: Notice(kind: .good, text: app.say(.checkSound))
        case .mended: Notice(kind: .good, text: app.say(.mended))
        case .signedOut(let told):
            Notice(kind: told ? .good : .care, text: app.say(told ? .signedOut : .signedOutUntold))
        case .trouble(let trouble): TroubleCard(trouble: trouble) { await settings.check() }
        }
    }
}

import HandsetModel
import QuanshengshiCore
import SwiftUI

/// The phones that can act for this one's accounts, and the faces seen through it.
struct DevicesPage: View {
    @Environment(AppModel.self) private var app
    @State private var devices: Shelf<DeviceLine>
    @State private var people: Shelf<PersonLine>
    /// The device about which the person is asked before it is disabled.
    @State private var doubted: DeviceLine?
    @State private var asksToDisable = false

    private let phone: Phone

    init(phone: Phone) {
        self.phone = phone
        _devices = State(initialValue: phone.devices())
        _people = State(initialValue: phone.people())
    }

    var body: some View {
        ScrollView {
            VStack(alignment: .leading, spacing: Space.s4) {
                Text(app.say(.devicesLead)).foregroundStyle(Tone.ink2)
                if let trouble = devices.trouble { TroubleCard(trouble: trouble) { await devices.load() } }
                ForEach(devices.lines, id: \.device) { line in
                    Card {
                        if line.thisPhone { Notice(kind: .good, text: app.say(.thisPhone)) }
                        Fact(label: line.account, value: line.appVersion)
                        Text(Word.lastUsedAt.text(app.language, n: when(line.lastAtMs))).font(.subheadline)
                        if !line.thisPhone {
                            Button(app.say(.deviceDisable), role: .destructive) {
                                (doubted, asksToDisable) = (line, true)
                            }
                            .frame(minHeight: Space.target)
                        }
                    }
                }
                Notice(kind: .care, text: app.say(.devicesLost))
                Text(app.say(.people)).font(.title3.weight(.semibold))
                if let trouble = people.trouble { TroubleCard(trouble: trouble) { await people.load() } }
                ForEach(people.lines, id: \.label) { line in
                    let last = Word.lastUsedAt.text(app.language, n: when(line.lastAtMs))
                    Card { Fact(label: last, value: line.label) }
                }
            }
            .padding(Space.s5)
        }
        .background(Tone.page)
        .navigationTitle(app.say(.devices))
        .confirmationDialog(
            app.say(.deviceDisableAsk), isPresented: $asksToDisable, titleVisibility: .visible
        ) {
            Button(app.say(.deviceDisable), role: .destructive) {
                guard let device = doubted?.device else { return }
                Task { await devices.change { try await phone.disable(device, $0) } }
            }
            Button(app.say(.cancel), role: .cancel) {}
        }
        .task { await people.load() }
        .task { await devices.load() }
    }
}

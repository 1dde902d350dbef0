import HandsetModel
import SwiftUI

/// Scan, whoever holds the phone; go on with what was begun.
struct HomePage: View {
    let home: HomeModel
    @Environment(AppModel.self) private var app

    var body: some View {
        NavigationStack {
            ScrollView {
                VStack(alignment: .leading, spacing: Space.s4) {
                    if let trouble = home.trouble {
                        TroubleCard(trouble: trouble) { await home.appear() }
                    }
                    if home.offline { Notice(kind: .care, text: app.say(.homeOffline)) }
                    hero
                    ForEach(home.openTasks, id: \.self) { task in
                        Button(app.say(.resumeTask)) {
                            Task { if let confirm = await home.resume(task) { app.route.open(confirm) } }
                        }
                        .buttonStyle(.pressed(.outlined))
                    }
                    Card {
                        Toggle(isOn: app.choice(\.helper)) {
                            Fact(label: app.say(.helperHint), value: app.say(.helper))
                        }
                    }
                }
                .padding(Space.s5)
            }
            .background(Tone.page)
            .navigationTitle(app.say(.appName))
            .toolbar {
                ToolbarItem(placement: .topBarTrailing) {
                    Button(app.say(.scan), systemImage: "qrcode.viewfinder") {
                        app.route.openScanner(of: home)
                    }
                    .labelStyle(.titleAndIcon)
                    .buttonStyle(.borderedProminent)
                }
            }
            .task { await home.appear() }
        }
    }

    private var hero: some View {
        VStack(alignment: .leading, spacing: Space.s3) {
            Text(app.say(.scanHero)).font(.title.weight(.semibold))
            Text(app.say(.scanHeroHint)).font(.body)
            Button(app.say(.scan), systemImage: "qrcode.viewfinder") { app.route.openScanner(of: home) }
                .buttonStyle(.pressed(.outlined))
            Button(app.say(.typeDigits), systemImage: "keyboard") { app.route.openDigits(of: home) }
                .frame(minHeight: Space.target)
        }
        .foregroundStyle(Tone.paper)
        .padding(Space.s6)
        .frame(maxWidth: .infinity, alignment: .leading)
        .background(Tone.hero, in: RoundedRectangle(cornerRadius: Space.hero, style: .continuous))
    }
}

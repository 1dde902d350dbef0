import HandsetModel
import SwiftUI

/// The app: opening, open, or why it cannot be opened. Covered whenever somebody else may look on.
struct RootPage: View {
    @Environment(AppModel.self) private var app
    @Environment(\.scenePhase) private var scene
    @Environment(\.isSceneCaptured) private var captured

    var body: some View {
        @Bindable var route = app.route
        Group {
            switch app.start.phase {
            case .opening:
                ProgressView(app.say(.opening)).frame(maxWidth: .infinity, maxHeight: .infinity)
            case .home(let home):
                TabsPage(home: home)
            case .trouble(let trouble):
                TroublePage(trouble: trouble) { await app.start.open() }
            }
        }
        .background(Tone.page)
        .tint(Tone.pine)
        .dynamicTypeSize(app.preferences.textSize.range)
        .overlay { if scene != .active || captured { CoverPage() } }
        .fullScreenCover(item: $route.cover) { OverPage(cover: $0) }
        .onOpenURL { route.open(app.document(Arrived.take($0))) }
        .task { await app.start.open() }
    }
}

/// What the app switcher and a recording of the screen get to see.
struct CoverPage: View {
    @Environment(AppModel.self) private var app

    var body: some View {
        VStack(spacing: Space.s4) {
            Image(systemName: "eye.slash").font(.largeTitle)
            Text(app.say(.covered)).font(.title3)
        }
        .foregroundStyle(Tone.ink2)
        .frame(maxWidth: .infinity, maxHeight: .infinity)
        .background(Tone.page)
        .ignoresSafeArea()
    }
}

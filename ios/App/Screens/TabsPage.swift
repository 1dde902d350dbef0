import HandsetModel
import SwiftUI

/// The four tabs, and what lies over them.
struct TabsPage: View {
    let home: HomeModel
    @Environment(AppModel.self) private var app

    var body: some View {
        @Bindable var route = app.route
        TabView(selection: $route.tab) {
            HomePage(home: home)
                .tabItem { Label(app.say(.tabHome), systemImage: "house") }
                .tag(Route.Tab.home)
            WalletPage(phone: home.phone)
                .tabItem { Label(app.say(.wallet), systemImage: "wallet.pass") }
                .tag(Route.Tab.wallet)
            LogPage(phone: home.phone)
                .tabItem { Label(app.say(.activity), systemImage: "clock.arrow.circlepath") }
                .tag(Route.Tab.log)
            SettingsPage(phone: home.phone)
                .tabItem { Label(app.say(.settings), systemImage: "gearshape") }
                .tag(Route.Tab.settings)
        }
        .fullScreenCover(item: $route.cover) { cover in
            NavigationStack { Over(cover: cover) }
                .tint(Tone.pine)
                .dynamicTypeSize(app.preferences.textSize.range)
                .modifier(Shielded())
        }
    }
}

/// The page of a cover.
private struct Over: View {
    let cover: Route.Cover
    @Environment(AppModel.self) private var app

    var body: some View {
        switch cover {
        // Another model is another page: it looks anew.
        case .scan: if let scan = app.route.scan { ScanPage(scan: scan).id(ObjectIdentifier(scan)) }
        case .digits: if let scan = app.route.scan { DigitsPage(scan: scan) }
        case .confirm:
            if let confirm = app.route.confirm { ConfirmPage(confirm: confirm).id(ObjectIdentifier(confirm)) }
        }
    }
}

/// A full-screen cover lies over the root's shield, so it needs one of its own.
private struct Shielded: ViewModifier {
    @Environment(\.scenePhase) private var scene
    @Environment(\.isSceneCaptured) private var captured

    func body(content: Content) -> some View {
        content.overlay { if scene != .active || captured { CoverPage() } }
    }
}

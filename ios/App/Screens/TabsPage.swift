import HandsetModel
import SwiftUI

/// The four tabs.
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
    }
}

import HandsetModel
import SwiftUI

@main struct QuanshengshiApp: App {
    private let machine = Machine()

    var body: some Scene {
        WindowGroup {
            RootPage()
                .environment(machine.app)
                .environment(machine.camera)
                .environment(machine.speaker)
        }
    }
}

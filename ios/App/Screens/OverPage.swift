import HandsetModel
import SwiftUI

/// What lies over the tabs, whatever the app's phase: a file needs no open core.
struct OverPage: View {
    let cover: Route.Cover
    @Environment(AppModel.self) private var app
    @Environment(\.scenePhase) private var scene
    @Environment(\.isSceneCaptured) private var captured

    var body: some View {
        NavigationStack { page }
            .tint(Tone.pine)
            .dynamicTypeSize(app.preferences.textSize.range)
            // A full-screen cover lies over the root's shield, so it needs one of its own.
            .overlay { if scene != .active || captured { CoverPage() } }
    }

    @ViewBuilder private var page: some View {
        switch cover {
        // Another model is another page: it looks anew.
        case .scan: if let scan = app.route.scan { ScanPage(scan: scan).id(ObjectIdentifier(scan)) }
        case .digits: if let scan = app.route.scan { DigitsPage(scan: scan) }
        case .confirm:
            if let confirm = app.route.confirm { ConfirmPage(confirm: confirm).id(ObjectIdentifier(confirm)) }
        case .document:
            if let document = app.route.document {
                DocumentPage(document: document)
                    .id(ObjectIdentifier(document))
                    .toolbar {
                        ToolbarItem(placement: .cancellationAction) {
                            Button(app.say(.finish)) { app.route.leave() }
                        }
                    }
            }
        }
    }
}

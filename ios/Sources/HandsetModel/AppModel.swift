import Foundation
import Observation
import QuanshengshiCore

/// The whole app: what the person chose, the open core, and where in the app they are.
@MainActor @Observable public final class AppModel {
    public private(set) var preferences: Preferences
    public let start: StartModel
    public let route = Route()
    private let keeper: any PreferenceKeeper
    private let sealRoots: [Data]

    public init(
        portal: PortalFile, dataFolder: String, appVersion: String, keys: Keys, camera: any Camera,
        keeper: any PreferenceKeeper
    ) {
        let preferences = keeper.preferences()
        (self.keeper, self.preferences) = (keeper, preferences)
        sealRoots = portal.sealRootsPem.isEmpty ? [] : [Data(portal.sealRootsPem.utf8)]
        let config = portal.config(
            dataFolder: dataFolder, appVersion: appVersion, language: preferences.language)
        start = StartModel(config: config, keys: keys, camera: camera)
    }

    public var language: TextLanguage { preferences.language }

    /// A word in the chosen language.
    public func say(_ word: Word) -> String { word.text(language) }

    /// A certificate file that came from elsewhere.
    public func document(_ bytes: Data) -> DocumentModel {
        DocumentModel(bytes, roots: sealRoots, language: language)
    }

    /// The same where it may not have been read.
    public func document(_ read: Result<Data, Unread>) -> DocumentModel {
        switch read {
        case .success(let bytes): document(bytes)
        case .failure(let unread): DocumentModel(unread, language: language)
        }
    }

    /// Does what a button of a trouble says; what is left to do for whoever drew it.
    public func follow(_ remedy: Remedy) -> Route.Errand? { route.follow(remedy, home: start.home) }

    /// Changes some of the choices and keeps them; another language opens the core anew.
    public func change(_ how: (inout Preferences) -> Void) async {
        let before = language
        how(&preferences)
        keeper.keep(preferences)
        if language != before {
            route.leave()
            await start.speak(language)
        }
    }
}

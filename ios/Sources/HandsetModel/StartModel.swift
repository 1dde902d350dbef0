import HandsetKit
import Observation
import QuanshengshiCore

/// The app from its start to its home page.
@MainActor @Observable public final class StartModel {
    public enum Phase {
        case opening
        case home(HomeModel)
        /// Over for now; `next` says what to offer: unlock, reset, make room.
        case trouble(Trouble)
    }

    public private(set) var phase: Phase = .opening
    /// The home page, once the core is open.
    public var home: HomeModel? {
        if case .home(let home) = phase { home } else { nil }
    }

    private var config: HandsetConfig
    private let keys: Keys
    private let camera: any Camera

    public init(config: HandsetConfig, keys: Keys, camera: any Camera) {
        (self.config, self.keys, self.camera) = (config, keys, camera)
    }

    /// Opens the core. Call it again after the person unlocked the device or made room.
    public func open() async {
        phase = .opening
        do {
            // Reads files and asks the keystore: not on the thread that draws.
            let handset = try await Task.detached { [config, keys] in
                try Handset(
                    config: config, keystore: keys.keystore, deviceKey: keys.deviceKey,
                    anchor: keys.anchor)
            }.value
            let phone = Phone(handset: handset, language: config.language, camera: camera)
            phase = .home(HomeModel(phone))
        } catch {
            show(error)
        }
    }

    /// Opens anew in another language; the core speaks only the one it was opened with. Screens hold on to
    /// the core for as long as they are drawn, so it is asked for again until they have let go.
    public func speak(_ language: TextLanguage) async {
        config.language = language
        phase = .opening
        for _ in 0..<20 {
            await open()
            guard case .trouble(let trouble) = phase, trouble.code == "VAULT_IN_USE" else { return }
            phase = .opening
            try? await Task.sleep(for: .milliseconds(100))
        }
        await open()
    }

    /// Wipes what can never be opened again, after the person said yes, and opens anew.
    public func reset() async {
        do {
            try await Task.detached { [config, keys] in
                try resetHandset(dataFolder: config.dataFolder, keystore: keys.keystore)
            }.value
            await open()
        } catch {
            show(error)
        }
    }

    private func show(_ error: any Error) {
        if let trouble = Trouble(error, config.language) { phase = .trouble(trouble) }
    }
}

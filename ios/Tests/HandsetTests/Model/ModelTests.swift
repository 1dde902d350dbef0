import HandsetKit
import HandsetModel
import QuanshengshiCore
import Testing

/// What the pages do when there is no portal.
@Suite @MainActor struct ModelTests {
    private let folder: Folder
    private let keystore = SoftKeystore()

    init() throws { folder = try Folder() }

    private func start(portal: String = nowhere) -> StartModel {
        StartModel(
            config: config(folder, portal: portal),
            keys: Keys(keystore: keystore, deviceKey: SoftDeviceKey()),
            camera: StagedCamera(screen: nil))
    }

    private func next(_ start: StartModel) -> NextStep? {
        if case .trouble(let trouble) = start.phase { trouble.next } else { nil }
    }

    private func home(_ start: StartModel) throws -> HomeModel {
        guard case .home(let home) = start.phase else {
            throw Trouble.NotAtHome(phase: "\(start.phase)")
        }
        return home
    }

    @Test func aLockedDeviceIsUnlockedAndALostKeyNeedsAReset() async throws {
        keystore.locked = true
        let start = start()
        await start.open()
        #expect(next(start) == .unlockDevice)
        keystore.locked = false
        await start.open()
        #expect(next(start) == nil)

        keystore.loseKeys()
        let again = self.start()
        // The first one still has the folder open.
        await again.open()
        #expect(next(again) == .tryAgain)
    }

    @Test func whatCanNeverBeOpenedIsResetAndOpenedAnew() async throws {
        do { _ = try Handset(config: config(folder), keystore: keystore, deviceKey: SoftDeviceKey()) }
        keystore.loseKeys()
        let start = start()
        await start.open()
        #expect(next(start) == .vaultReset)
        await start.reset()
        _ = try home(start)
    }

    @Test func withoutACameraTheAdviceOffersTheSettings() async throws {
        let start = start()
        await start.open()
        let scan = try home(start).scan()
        await scan.run()
        guard case .trouble(let trouble) = scan.phase else {
            Issue.record("no trouble but \(scan.phase)")
            return
        }
        #expect(trouble.remedies == [.systemSettings, .typeDigits])
        #expect(!trouble.text.isEmpty)
    }

    @Test func aPageThatIsLeftEndsItsCallAndShowsNoTrouble() async throws {
        let mute = try MuteServer()
        let start = start(portal: "https://127.0.0.1:\(mute.port)")
        await start.open()
        let scan = try home(start).scan()
        let typing = Task { await scan.type("123 456 789") }
        try await Task.sleep(for: .milliseconds(300))
        typing.cancel()
        await typing.value
        guard case .looking = scan.phase else {
            Issue.record("not looking again but \(scan.phase)")
            return
        }
    }

    @Test func everyWordIsThereInBothLanguages() {
        for word in Word.allCases {
            let (zh, en) = (word.text(.zh), word.text(.en))
            #expect(zh.unicodeScalars.contains { ("\u{4e00}"..."\u{9fff}").contains($0) }, "\(word)")
            #expect(!en.isEmpty && en.unicodeScalars.allSatisfy(\.isASCII), "\(word)")
        }
    }
}

extension Trouble {
    struct NotAtHome: Error { let phase: String }
}

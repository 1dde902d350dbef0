import Foundation
import HandsetKit
import QuanshengshiCore
import Testing

/// What the crossing itself must do; it needs no portal.
@Suite struct CrossingTests {
    private let folder: Folder
    private let keystore = SoftKeystore()
    private let deviceKey = SoftDeviceKey()

    init() throws { folder = try Folder() }

    private func open(_ portal: String = nowhere) throws -> Handset {
        try Handset(config: config(folder, portal: portal), keystore: keystore, deviceKey: deviceKey)
    }

    private func failure(_ work: () throws -> Void) -> QssError? {
        do { try work() } catch let error as QssError { return error } catch {}
        return nil
    }

    @Test func aForeignCodeSaysSoAndHasItsText() throws {
        let handset = try open()
        let foreign = failure { _ = try handset.readCode(text: "WIFI:S:net;;") }
        #expect(foreign?.next == .scanAgain)
        #expect(foreign?.code == "QR_NOT_OURS")
        #expect(foreign?.text(in: .zh) == "这不是黑龙江政务服务网的认证码")
        let download = failure { _ = try handset.readCode(text: "\(nowhere)/app") }
        #expect(download?.code == "QR_IS_DOWNLOAD_LINK")
    }

    @Test func aLockedDeviceAndALostKeyAreToldApart() throws {
        keystore.locked = true
        #expect(failure { _ = try open() }?.next == .unlockDevice)
        keystore.locked = false
        _ = try open()
        keystore.loseKeys()
        let lost = failure { _ = try open() }
        #expect(lost?.next == .vaultReset)
        #expect(lost?.code == "VAULT_KEY_GONE")
    }

    @Test func everyErrorSaysWhatComesNextAndHowLongToWait() {
        let errors: [QssError] = [
            .ScanAgain(code: "a"), .NewTask(code: "b"), .NewAttempt(code: "c"),
            .TryAgain(code: "d", afterMs: 1_500), .OtherWay(code: "e", afterMs: nil),
            .Refused(code: "f"), .UnlockDevice(code: "g"), .VaultReset(code: "h"),
            .Wiped(code: "i"), .DiskFull(code: "j"), .FetchAgain(code: "k"),
            .Cancelled(code: "l"), .Internal(code: "m"),
        ]
        #expect(errors.map(\.next) == NextStep.allCases)
        #expect(errors.map(\.code).joined() == "abcdefghijklm")
        #expect(errors.map(\.wait) == errors.map { $0.next == .tryAgain ? .milliseconds(1_500) : nil })
    }

    @Test func aTokenEndsACallThatWaits() async throws {
        let mute = try MuteServer()
        let handset = try open("https://127.0.0.1:\(mute.port)")
        let token = CancelToken()
        let waiting = Task { try await handset.enrol(cancel: token) }
        try await Task.sleep(for: .milliseconds(300))
        token.cancel()
        await #expect(throws: QssError.Cancelled(code: "CANCELLED")) { try await waiting.value }
    }

    @Test func aCancelledTaskEndsACallThatWaits() async throws {
        let mute = try MuteServer()
        let handset = try open("https://127.0.0.1:\(mute.port)")
        let waiting = Task { try await cancelling { try await handset.enrol(cancel: $0) } }
        try await Task.sleep(for: .milliseconds(300))
        let start = ContinuousClock.now
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        #expect(ContinuousClock.now - start < .seconds(2))
    }
}

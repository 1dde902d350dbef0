import Foundation
import HandsetKit
import HandsetModel
import QuanshengshiCore
import Testing

/// The app may be killed at any moment; what was begun goes on.
@Suite(.enabled(if: PortalProcess.program != nil, "QSS_PORTAL names no program of the portal"))
@MainActor struct ProcessDeathTests {
    private let folder: Folder
    private let portal: PortalProcess
    private let pc: Pc
    /// What a kill leaves of a phone: its keys, and the folder.
    private let keys = Keys(keystore: SoftKeystore(), deviceKey: SoftDeviceKey())

    init() throws {
        folder = try Folder()
        portal = try PortalProcess(in: folder)
        pc = Pc(at: portal, in: folder)
    }

    @Test func aTaskGoesOnAfterTheAppWasKilledAskedAgreedAndCaptured() async throws {
        let waiting = try pc.registerEnterprise()
        let task = try await life(screen: Screen(of: pc.look(at: waiting))) { home in
            let scan = home.scan()
            await scan.run()
            guard case .claimed(let confirm) = scan.phase else { throw Unexpected(what: "\(scan.phase)") }
            return confirm.taskId
        }

        // Killed asked.
        try await resumed(task) { confirm in
            guard case .asking(let ask) = confirm.phase else { throw Unexpected(what: "\(confirm.phase)") }
            #expect(ask.lines.contains { $0.value.contains("北疆云杉科技") })
            await confirm.answer(.agreeWithFace)
        }

        // Killed agreed; killed again in the middle of the acts: what was captured is lost, the attempt is not.
        try await resumed(task, pictures: 12) { confirm in
            try expectFirstAttempt(confirm)
            await confirm.face()
            // The camera stopped under it, and the page says so.
            #expect(confirm.trouble?.remedies == [.retry, .otherWays])
            #expect(confirm.spoken == confirm.trouble?.text)
        }

        // Killed captured.
        try await resumed(task) { confirm in
            try expectFirstAttempt(confirm)
            await confirm.face()
            guard case .over(.approved, _, _) = confirm.phase else {
                throw Unexpected(what: "\(confirm.phase), \(String(describing: confirm.trouble))")
            }
        }
        #expect(try pc.look(at: waiting).attribute("data-state") == "done")

        // Killed after the verdict: nothing is open, and the log kept it.
        try await life { home in
            await home.appear()
            #expect(home.trouble == nil && home.openTasks.isEmpty)
            let log = home.phone.activity()
            await log.load()
            #expect(log.lines.map(\.approved) == [true])
        }
    }

    private func expectFirstAttempt(_ confirm: ConfirmModel) throws {
        guard case .ready(attempt: 1, attempts: _, reason: nil) = confirm.phase else {
            throw Unexpected(what: "\(confirm.phase)")
        }
    }

    /// One life of the app that goes back into a task from its home page.
    private func resumed(
        _ task: String, pictures: Int = .max, _ work: @MainActor (ConfirmModel) async throws -> Void
    ) async throws {
        try await life(pictures: pictures) { home in
            await home.appear()
            #expect(home.openTasks == [task])
            let confirm = await home.resume(task)
            try await work(#require(confirm, "\(String(describing: home.trouble))"))
        }
    }

    /// One life of the app, from its start to its end; whatever it held in memory is gone after it.
    private func life<T: Sendable>(
        screen: Screen? = nil, pictures: Int = .max, _ work: @MainActor (HomeModel) async throws -> T
    ) async throws -> T {
        let start = StartModel(
            config: try portal.config(data: folder), keys: keys,
            camera: StagedCamera(screen: screen, pictures: pictures))
        await start.open()
        guard case .home(let home) = start.phase else { throw Unexpected(what: "\(start.phase)") }
        return try await work(home)
    }
}

import Foundation
import HandsetKit
import HandsetModel
import QuanshengshiCore
import Testing

/// The pages of the app, one after the other, against a running portal.
@Suite(.enabled(if: PortalProcess.program != nil, "QSS_PORTAL names no program of the portal"))
@MainActor struct JourneyOfModelsTests {
    private let folder: Folder
    private let portal: PortalProcess
    private let pc: Pc

    init() throws {
        folder = try Folder()
        portal = try PortalProcess(in: folder)
        pc = Pc(at: portal, in: folder)
    }

    @Test func thePagesLeadFromTheScanToTheVerdictAndOut() async throws {
        let waiting = try pc.registerEnterprise()
        let camera = StagedCamera(screen: try Screen(of: pc.look(at: waiting)))
        let start = StartModel(
            config: try portal.config(data: folder),
            keys: Keys(keystore: SoftKeystore(), deviceKey: SoftDeviceKey()), camera: camera)
        await start.open()
        guard case .home(let home) = start.phase else {
            Issue.record("not at home but \(start.phase)")
            return
        }
        await home.appear()
        #expect(home.trouble == nil && !home.offline && home.openTasks.isEmpty)

        let scan = home.scan()
        await scan.run()
        guard case .claimed(let scanned) = scan.phase else {
            Issue.record("nothing claimed but \(scan.phase)")
            return
        }
        guard case .asking(let ask) = scanned.phase else {
            Issue.record("nothing asked but \(scanned.phase)")
            return
        }
        #expect(ask.lines.contains { $0.value.contains("北疆云杉科技") })
        #expect(scanned.ways.contains { $0.variant != nil })

        // The app is killed here and comes back.
        await home.appear()
        #expect(home.openTasks == [scanned.taskId])
        let confirm = try #require(await home.resume(scanned.taskId))
        #expect(confirm.phase == .asking(ask))

        confirm.itIsMe()
        let notice = try faceNotice(version: ask.noticeVersion, language: .zh)
        #expect(confirm.phase == .noticing(notice) && notice.parts.count == 4)
        // Nothing but ways without the face before it was agreed to.
        #expect(!confirm.offeredWays.isEmpty && confirm.offeredWays.allSatisfy { $0.variant == nil })
        confirm.askAgain()
        #expect(confirm.phase == .asking(ask))
        confirm.itIsMe()
        await confirm.answer(.agreeWithFace)
        guard case .ready(attempt: 1, attempts: _, reason: nil) = confirm.phase else {
            Issue.record("no capture but \(confirm.phase)")
            return
        }
        #expect(confirm.offeredWays == confirm.ways)
        await confirm.face()
        #expect(confirm.trouble == nil && scan.claimed === scanned)
        #expect(
            confirm.phase
                == .over(.approved, text: "认证成功，请回到电脑继续", reason: nil))
        #expect(camera.saidFinished)
        #expect(try pc.look(at: waiting).attribute("data-state") == "done")

        let result = confirm.result()
        await result.load()
        #expect(result.trouble == nil && result.kept.isEmpty)
        #expect(result.receipt?.approved == true && result.receipt?.receipt.isEmpty == false)

        let log = home.phone.activity()
        await log.load()
        #expect(log.trouble == nil)
        #expect(log.lines.map(\.approved) == [true])
        #expect(log.lines.map(\.proven) == [true])
        let devices = home.phone.devices()
        await devices.load()
        #expect(devices.lines.map(\.thisPhone) == [true])
        // This phone itself leaves by signing out, and is not disabled.
        let (phone, own) = (home.phone, devices.lines[0].device)
        await devices.change { try await phone.disable(own, $0) }
        #expect(devices.trouble != nil)
        #expect(devices.lines.map(\.thisPhone) == [true])
        let people = home.phone.people()
        await people.load()
        #expect(people.lines.count == 1)

        let settings = SettingsModel(home.phone)
        await settings.exportLog()
        guard case .exported(let text) = settings.phase else {
            Issue.record("no log but \(settings.phase)")
            return
        }
        #expect(text.contains("北疆云杉科技"))
        await settings.check()
        guard case .checked(.sound) = settings.phase else {
            Issue.record("not sound but \(settings.phase)")
            return
        }
        await settings.signOut()
        #expect(settings.phase == .signedOut(told: true))
        await log.load()
        #expect(log.lines.isEmpty)
        await settings.signOut()
        #expect(settings.phase == .signedOut(told: false))
    }

    @Test func aHelperGetsOtherActsAndTheRearCamera() async throws {
        let waiting = try pc.registerEnterprise()
        let camera = StagedCamera(screen: try Screen(of: pc.look(at: waiting)))
        let handset = try Handset(
            config: portal.config(data: folder), keystore: SoftKeystore(), deviceKey: SoftDeviceKey())
        let scan = ScanModel(Phone(handset: handset, language: .zh, camera: camera))
        await scan.run()
        guard case .claimed(let confirm) = scan.phase else { throw Unexpected(what: "\(scan.phase)") }
        await confirm.answer(.agreeWithFace)
        camera.cover()
        await confirm.begin(helper: true)
        #expect(confirm.helped)
        // Only the rear camera is covered: the helper's capture asked for it.
        #expect(confirm.trouble?.remedies == [.systemSettings, .otherWays])
        guard case .ready(attempt: 1, attempts: _, reason: nil) = confirm.phase else {
            throw Unexpected(what: "\(confirm.phase)")
        }
        await confirm.change(.usual)
        #expect(!confirm.helped && confirm.trouble == nil)
        await confirm.begin(helper: false)
        guard case .over(.approved, _, _) = confirm.phase else {
            throw Unexpected(what: "\(confirm.phase), \(String(describing: confirm.trouble))")
        }
    }

    @Test func notMeEndsTheTaskOnBothScreens() async throws {
        let waiting = try pc.registerEnterprise()
        let camera = StagedCamera(screen: try Screen(of: pc.look(at: waiting)))
        let handset = try Handset(
            config: portal.config(data: folder, language: .en), keystore: SoftKeystore(),
            deviceKey: SoftDeviceKey())
        let scan = ScanModel(Phone(handset: handset, language: .en, camera: camera))
        await scan.run()
        guard case .claimed(let confirm) = scan.phase else {
            Issue.record("nothing claimed but \(scan.phase)")
            return
        }
        await confirm.answer(.notMe)
        guard case .over(.ended, let text, _) = confirm.phase else {
            Issue.record("not ended but \(confirm.phase), \(String(describing: confirm.trouble))")
            return
        }
        #expect(text == "This has ended")
        #expect(try pc.look(at: waiting).attribute("data-state") == "rejected")
    }
}

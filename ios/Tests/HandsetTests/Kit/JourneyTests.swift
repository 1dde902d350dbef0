import Foundation
import HandsetKit
import QuanshengshiCore
import Testing

/// The whole confirm flow of a phone against a running portal, with the kit alone.
@Suite(.enabled(if: PortalProcess.program != nil, "QSS_PORTAL names no program of the portal"))
struct JourneyTests {
    private let folder: Folder
    private let portal: PortalProcess
    private let pc: Pc

    init() throws {
        folder = try Folder()
        portal = try PortalProcess(in: folder)
        pc = Pc(at: portal, in: folder)
    }

    private func phone(_ data: Folder) throws -> Handset {
        try Handset(
            config: portal.config(data: data), keystore: SoftKeystore(), deviceKey: SoftDeviceKey())
    }

    @Test func aPersonConfirmsOnThePhoneWhatWasBegunOnThePc() async throws {
        let waiting = try pc.registerEnterprise()
        let handset = try phone(folder)
        #expect(try await cancelling { try await handset.enrol(cancel: $0) }.isEmpty == false)

        // The code is read off the screen, in both layouts a camera gives.
        let page = try pc.look(at: waiting)
        let code = try page.attribute("data-qr")
        let screen = try Screen(of: page)
        let scanner = CodeScanner()
        for frame in [screen.packed(timeMs: 1), screen.biplanarOnItsSide(timeMs: 2)] {
            let glance = try scanner.look(frame, budgetMs: 5_000)
            #expect(glance.codes.map(\.text) == [code])
        }
        let invitation = try #require(try handset.pickCode(texts: [code]))
        let task = try await cancelling { try await handset.claim(invitation: invitation, cancel: $0) }
        #expect(task.stage() == .ask)
        #expect(task.ask().lines.contains { $0.value.contains("北疆云杉科技") })

        let asked = try await cancelling {
            try await task.answer(decision: .agreeWithFace, cancel: $0)
        }
        guard case .capture(let prompts, 1, _, nil) = asked else {
            Issue.record("no capture but \(asked)")
            return
        }
        #expect(!prompts.isEmpty)
        let capture = try task.beginCapture(frontCamera: true)
        let person = Person("p01")
        var last: FaceGuidance?
        var done: [FacePrompt] = []
        for try await guidance in capture.guidance(for: AsyncStream { try? person.frame() }) {
            person.heed(guidance)
            if case .promptDone(let prompt) = guidance { done.append(prompt) }
            last = guidance
        }
        #expect(last == .finished)
        // The last act ends the capture; each one before it was told apart.
        #expect(done == prompts.dropLast())
        let verdict = try await cancelling { try await task.confirm(capture: capture, cancel: $0) }
        guard case .approved = verdict else {
            Issue.record("not approved but \(verdict)")
            return
        }
        #expect(try pc.look(at: waiting).attribute("data-state") == "done")

        // The code was used: it opens nothing for a second phone.
        let second = try phone(Folder())
        let used = try second.readCode(text: code)
        await #expect {
            try await cancelling { try await second.claim(invitation: used, cancel: $0) }
        } throws: { ($0 as? QssError)?.next == .newTask }
    }
}

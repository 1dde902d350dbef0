import HandsetKit
import Observation
import QuanshengshiCore

/// The page that reads the code on the PC's screen.
@MainActor @Observable public final class ScanModel {
    public enum Phase {
        /// Looking; the sentence under the picture.
        case looking(hint: String)
        /// The portal is asked.
        case claiming
        /// On to the page that asks.
        case claimed(ConfirmModel)
        /// There is no picture, or the code could not be claimed.
        case trouble(Trouble)
    }

    /// Dark pictures in a row before the light is wished for: one alone may be a hand before the lens.
    private static let darkGlances = 3

    public private(set) var phase: Phase
    /// Whether it has been dark for a while, so that the light would help.
    public private(set) var torchWished = false
    private let phone: Phone
    /// Whether the light is on.
    public private(set) var lit = false
    /// The claimed task, to go on with.
    public var claimed: ConfirmModel? {
        if case .claimed(let confirm) = phase { confirm } else { nil }
    }

    private var dark = 0
    private var lastClaim: (@Sendable (CancelToken) async throws -> ConfirmTask)?

    public init(_ phone: Phone) {
        self.phone = phone
        phase = .looking(hint: Word.scanAim.text(phone.language))
    }

    /// Looks until a code of the portal is seen, and claims its task. Cancel the task to stop.
    public func run() async {
        (phase, dark) = (.looking(hint: Word.scanAim.text(phone.language)), 0)
        (torchWished, lit) = (false, false)
        do {
            let frames = try await phone.camera.frames(.rear)
            for try await glance in CodeScanner().glances(at: frames) {
                guard let invitation = try invitation(in: glance) else { continue }
                return await claim { [handset = phone.handset] in
                    try await handset.claim(invitation: invitation, cancel: $0)
                }
            }
            // Nobody left the page: the system took the camera away.
            if !Task.isCancelled { throw NoPicture(.busy) }
        } catch let none as NoPicture {
            phase = .trouble(Trouble(none.trouble, phone.language, elsewhere: .typeDigits))
        } catch {
            show(error)
        }
    }

    /// Switches the light beside the camera.
    public func light(_ on: Bool) {
        lit = on
        phone.camera.light(on)
    }

    /// Whether what was typed so far can be claimed by: nine digits, spaced as the person likes.
    public static func isWhole(_ digits: String) -> Bool {
        digits.count(where: \.isWholeNumber) == 9 && digits.allSatisfy { $0.isWholeNumber || $0.isWhitespace }
    }

    /// Claims the task whose nine digits the person typed.
    public func type(_ digits: String) async {
        await claim { [handset = phone.handset] in
            try await handset.claimTyped(digits: digits, cancel: $0)
        }
    }

    /// Asks the portal again for what was read or typed last, after there was no network.
    public func claimAgain() async {
        if let lastClaim { await claim(lastClaim) } else { await run() }
    }

    /// The portal's code in a glance. A foreign code in sight is a hint, not an end: the right one may
    /// stand beside it.
    private func invitation(in glance: ScanGlance) throws -> ScannedInvitation? {
        dark = glance.guidance == .tooDark ? dark + 1 : 0
        torchWished = dark >= Self.darkGlances
        do {
            if let found = try phone.handset.pickCode(texts: glance.codes.map(\.text)) { return found }
            hint((glance.guidance ?? .nothingSeen).word.text(phone.language))
        } catch let error as QssError where error.next == .scanAgain {
            hint(error.text(in: phone.language) ?? Word.scanAim.text(phone.language))
        }
        return nil
    }

    /// Only a new sentence is a change: a screen reader would say it again with every frame.
    private func hint(_ text: String) {
        if case .looking(text) = phase { return }
        phase = .looking(hint: text)
    }

    private func claim(_ call: @escaping @Sendable (CancelToken) async throws -> ConfirmTask) async {
        (phase, lastClaim) = (.claiming, call)
        do {
            phase = .claimed(ConfirmModel(phone, task: try await cancelling(call)))
        } catch {
            show(error)
        }
    }

    private func show(_ error: any Error) {
        if let trouble = Trouble(error, phone.language) {
            phase = .trouble(trouble)
        } else {
            hint(Word.scanAim.text(phone.language))
        }
    }
}

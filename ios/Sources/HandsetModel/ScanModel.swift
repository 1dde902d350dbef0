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
        /// There is no picture: offer the typed digits, and what the advice says.
        case blind(CameraAdvice)
        /// The code could not be claimed.
        case trouble(Trouble)
    }

    public private(set) var phase: Phase
    private let phone: Phone

    public init(_ phone: Phone) {
        self.phone = phone
        phase = .looking(hint: Word.aimAtLargeCode.text(phone.language))
    }

    /// Looks until a code of the portal is seen, and claims its task. Cancel the task to stop.
    public func run() async {
        do {
            let frames = try await phone.camera.frames(.rear)
            for try await glance in CodeScanner().glances(at: frames) {
                guard let invitation = try invitation(in: glance) else { continue }
                return await claim { [handset = phone.handset] in
                    try await handset.claim(invitation: invitation, cancel: $0)
                }
            }
        } catch let none as NoPicture {
            phase = .blind(cameraAdvice(trouble: none.trouble, language: phone.language))
        } catch {
            show(error)
        }
    }

    /// Claims the task whose nine digits the person typed.
    public func type(_ digits: String) async {
        await claim { [handset = phone.handset] in
            try await handset.claimTyped(digits: digits, cancel: $0)
        }
    }

    /// The portal's code in a glance. A foreign code in sight is a hint, not an end: the right one may
    /// stand beside it.
    private func invitation(in glance: ScanGlance) throws -> ScannedInvitation? {
        do {
            if let found = try phone.handset.pickCode(texts: glance.codes.map(\.text)) { return found }
            hint((glance.guidance ?? .nothingSeen).word.text(phone.language))
        } catch let error as QssError where error.next == .scanAgain {
            hint(error.text(in: phone.language) ?? Word.aimAtLargeCode.text(phone.language))
        }
        return nil
    }

    /// Only a new sentence is a change: a screen reader would say it again with every frame.
    private func hint(_ text: String) {
        if case .looking(text) = phase { return }
        phase = .looking(hint: text)
    }

    private func claim(_ call: (CancelToken) async throws -> ConfirmTask) async {
        phase = .claiming
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
            hint(Word.aimAtLargeCode.text(phone.language))
        }
    }
}

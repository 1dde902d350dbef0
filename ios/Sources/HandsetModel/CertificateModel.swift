import HandsetKit
import Observation
import QuanshengshiCore

/// One certificate: its page, its seal, and a code by which somebody else checks it.
@MainActor @Observable public final class CertificateModel {
    /// The certificate as verified just now; none before, or when it cannot be shown.
    public private(set) var shown: ShownCertificate?
    /// The code to hold out; none without a network.
    public private(set) var code: VerificationLine?
    /// Why the page cannot be shown.
    public private(set) var trouble: Trouble?
    /// Why there is no code; the page stands without it.
    public private(set) var codeTrouble: Trouble?

    private let phone: Phone
    private let wallet: Wallet
    private let certificate: String

    init(_ phone: Phone, certificate: String) {
        (self.phone, self.certificate) = (phone, certificate)
        wallet = phone.handset.wallet()
    }

    /// What stands with every copy that leaves the phone: how fresh it is, and the verdict on its seal.
    public var annotations: [String] {
        guard let shown else { return [] }
        return [shown.banner, shown.mark, shown.seal.text, shown.seal.uncoveredText].compactMap(\.self)
    }

    /// Verifies and draws, at so many pixels a millimetre. Needs no network.
    public func show(pixelsPerMillimetre: Float = 8) async {
        trouble = nil
        do {
            shown = try await Task.detached { [wallet, certificate] in
                try wallet.show(certificate: certificate, pxPerMm: pixelsPerMillimetre)
            }.value
        } catch {
            shown = nil
            trouble = Trouble(error, phone.language)
        }
    }

    /// Holds out a code and renews it whenever it ends, until the task is cancelled or the portal
    /// gives none.
    public func holdOut() async {
        codeTrouble = nil
        while !Task.isCancelled {
            do {
                let line = try await cancelling { [wallet, certificate] in
                    try await wallet.verificationCode(certificate: certificate, cancel: $0)
                }
                code = line
                try await phone.pause(.milliseconds(line.endsInMs))
            } catch {
                code = nil
                codeTrouble = Trouble(error, phone.language)
                return
            }
        }
        code = nil
    }
}

import Foundation
import HandsetKit
import Observation
import QuanshengshiCore

/// One certificate: its pages, its seal, and a code by which somebody else checks it.
@MainActor @Observable public final class CertificateModel {
    /// The certificate as verified at its opening; none before, or when it cannot be shown.
    public private(set) var shown: ShownCertificate?
    /// The page in sight.
    public private(set) var page: DrawnPage?
    /// Its words for a screen reader.
    public private(set) var spoken = ""
    /// Its number, from 0.
    public private(set) var number: UInt32 = 0
    /// Why another page is not in sight; the one before stays.
    public private(set) var pageTrouble: Trouble?
    /// The code to hold out; none without a network.
    public private(set) var code: VerificationLine?
    /// Why the page cannot be shown.
    public private(set) var trouble: Trouble?
    /// Why there is no code; the page stands without it.
    public private(set) var codeTrouble: Trouble?
    /// What the copy that is being made must carry.
    public private(set) var copyNotes: CopyNotes?
    public private(set) var copyTrouble: Trouble?

    private let phone: Phone
    private let wallet: Wallet
    private let certificate: String
    private let opening: @Sendable (Wallet, String) throws -> any OpenCertificateProtocol
    private var opened: (any OpenCertificateProtocol)?
    private var wanted: UInt32 = 0

    /// `opening` gives the certificate, verified: the wallet does.
    public init(
        _ phone: Phone, certificate: String,
        opening: @escaping @Sendable (Wallet, String) throws -> any OpenCertificateProtocol = {
            try $0.open(certificate: $1)
        }
    ) {
        (self.phone, self.certificate, self.opening) = (phone, certificate, opening)
        wallet = phone.handset.wallet()
    }

    /// What a copy for this purpose must carry: over every page and below it. Without it nothing leaves the phone;
    /// `copyTrouble` says why there is none.
    public func prepareCopy(for purpose: String) {
        (copyNotes, copyTrouble) = (nil, nil)
        guard let opened else { return }
        do {
            copyNotes = try opened.copyNotes(purpose: purpose)
        } catch {
            copyTrouble = Trouble(error, phone.language)
        }
    }

    /// Opens, verifies and draws the first page, at so many pixels a millimetre. Needs no network.
    public func show(pixelsPerMillimetre: Float = 8) async {
        (trouble, pageTrouble, number, wanted) = (nil, nil, 0, 0)
        do {
            let (opened, about, page, facts) = try await Task.detached { [wallet, certificate, opening] in
                let opened = try opening(wallet, certificate)
                let page = try opened.drawPage(page: 0, pxPerMm: pixelsPerMillimetre)
                return (opened, opened.about(), page, try opened.pageFacts(page: 0))
            }.value
            (self.opened, shown, self.page) = (opened, about, page)
            spoken = facts.spoken(phone.language)
        } catch {
            (opened, shown, page) = (nil, nil, nil)
            trouble = Trouble(error, phone.language)
        }
    }

    /// Draws another page, from 0; the last one asked for is shown. One that is not there changes nothing.
    public func turn(to page: UInt32, pixelsPerMillimetre: Float = 8) async {
        guard let opened, let shown, page < shown.pages else { return }
        wanted = page
        do {
            let (drawn, facts) = try await Task.detached {
                (
                    try opened.drawPage(page: page, pxPerMm: pixelsPerMillimetre),
                    try opened.pageFacts(page: page)
                )
            }.value
            // Whoever turns faster than pages are drawn sees the page they stopped at.
            guard wanted == page else { return }
            (self.page, number, pageTrouble) = (drawn, page, nil)
            spoken = facts.spoken(phone.language)
        } catch {
            if wanted == page { pageTrouble = Trouble(error, phone.language) }
        }
    }

    /// Draws every page, for a copy that leaves the phone; none while nothing is open.
    public var everyPage: (@Sendable () throws -> [Data])? {
        guard let opened else { return nil }
        return { try (0..<opened.pageCount()).map { try opened.drawPage(page: $0, pxPerMm: 8).png } }
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

extension PageFacts {
    /// What a screen reader reads of a page: its words, and apart from them those that nobody signed.
    func spoken(_ language: TextLanguage) -> String {
        guard let uncovered else { return text }
        return "\(text)\n\(Word.pageUncovered.text(language))\n\(uncovered)"
    }
}

import HandsetKit
import Observation
import QuanshengshiCore

/// The wallet: what is kept on this phone, readable without a network.
@MainActor @Observable public final class WalletModel {
    /// The kept certificates that fit the chosen holder and the searched words.
    public private(set) var lines: [WalletLine] = []
    /// The holders, to choose one from.
    public private(set) var subjects: [SubjectLine] = []
    /// Whether the portal could not be asked: say that these are offline copies.
    public private(set) var offline = false
    public private(set) var trouble: Trouble?

    private let phone: Phone
    private let wallet: Wallet
    private var subject: String?
    private var words = ""

    public init(_ phone: Phone) {
        self.phone = phone
        wallet = phone.handset.wallet()
    }

    /// Shows what is kept, then asks the portal whether it still holds, and shows that.
    public func appear() async {
        await load()
        guard trouble == nil else { return }
        do {
            _ = try await cancelling { [wallet] in try await wallet.refresh(cancel: $0) }
            offline = false
            await load()
        } catch let error as QssError where error.next == .tryAgain {
            offline = true
        } catch {
            trouble = Trouble(error, phone.language)
        }
    }

    /// Only certificates of one holder; of all for none.
    public func choose(subject: String?) async {
        self.subject = subject
        await load()
    }

    /// Only certificates that hold every word.
    public func search(_ words: String) async {
        self.words = words
        await load()
    }

    /// Fetches the certificates of an approved task; whether that went well.
    public func fetch(task: String) async -> Bool {
        trouble = nil
        do {
            _ = try await cancelling { [wallet] in try await wallet.fetch(task: task, cancel: $0) }
            await load()
        } catch {
            trouble = Trouble(error, phone.language)
        }
        return trouble == nil
    }

    /// Removes a certificate from this phone.
    public func forget(_ certificate: String) async {
        trouble = nil
        do {
            try await Task.detached { [wallet] in
                try wallet.forget(certificate: certificate)
            }.value
            await load()
        } catch {
            trouble = Trouble(error, phone.language)
        }
    }

    public func page(of certificate: String) -> CertificateModel {
        CertificateModel(phone, certificate: certificate)
    }

    /// Opens sealed records: not on the thread that draws.
    private func load() async {
        trouble = nil
        do {
            let (found, holders) = try await Task.detached { [wallet, words] in
                let found = words.isEmpty ? try wallet.list() : try wallet.search(text: words)
                return (found, try wallet.subjects())
            }.value
            subjects = holders
            // The last certificate of a holder may just have gone.
            if !holders.contains(where: { $0.subject == subject }) { subject = nil }
            lines = found.filter { subject == nil || $0.subject == subject }
        } catch {
            trouble = Trouble(error, phone.language)
        }
    }
}

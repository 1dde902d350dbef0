import Observation

/// Where in the app the person is.
@MainActor @Observable public final class Route {
    public enum Tab: Sendable, Hashable, CaseIterable { case home, wallet, log, settings }

    /// What lies over the tabs.
    public enum Cover: Hashable, Identifiable {
        case scan, digits, confirm, document
        public var id: Self { self }
    }

    public var tab = Tab.home
    public var cover: Cover?
    /// The page that scans, while it is open.
    public private(set) var scan: ScanModel?
    /// The task being confirmed, while it is open.
    public private(set) var confirm: ConfirmModel?
    /// The file that another app handed over, while it is looked at.
    public private(set) var document: DocumentModel?

    /// What the app itself has to do for a remedy; all else is done here.
    public enum Errand: Sendable, Equatable {
        /// Call again what failed.
        case again
        /// Show the ways on of this task.
        case ways
        case systemSettings
        case reset
        /// Remove this copy.
        case forget
    }

    public func openScanner(of home: HomeModel) { show(.scan, scan: home.scan()) }

    public func openDigits(of home: HomeModel) { show(.digits, scan: scan ?? home.scan()) }

    /// On from a claimed or resumed task.
    public func open(_ task: ConfirmModel) { show(.confirm, confirm: task) }

    /// A file of another app takes the place of what lies over the tabs. A task is left: home leads back to it.
    public func open(_ arrived: DocumentModel) { show(.document, document: arrived) }

    /// Down to the tabs; nothing of a task or a file is held any more.
    public func leave() { show(nil) }

    private func show(
        _ cover: Cover?, scan: ScanModel? = nil, confirm: ConfirmModel? = nil, document: DocumentModel? = nil
    ) {
        (self.cover, self.scan, self.confirm, self.document) = (cover, scan, confirm, document)
    }

    /// Does what a button of a trouble says; what is left to do for whoever drew it.
    public func follow(_ remedy: Remedy, home: HomeModel?) -> Errand? {
        switch remedy {
        case .retry, .unlock: return .again
        case .otherWays: return .ways
        case .systemSettings, .freeSpace: return .systemSettings
        case .reset: return .reset
        case .forgetCopy: return .forget
        case .scan:
            leave()
            if let home { openScanner(of: home) } else { return .again }
        case .typeDigits:
            if let home { openDigits(of: home) } else { return .again }
        case .offlineCopies:
            leave()
            tab = .wallet
        case .home:
            leave()
            tab = .home
        }
        return nil
    }
}

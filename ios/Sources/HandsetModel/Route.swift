import Observation

/// Where in the app the person is.
@MainActor @Observable public final class Route {
    public enum Tab: Sendable, Hashable, CaseIterable { case home, wallet, log, settings }

    /// What lies over the tabs.
    public enum Cover: Hashable, Identifiable {
        case scan, digits, confirm
        public var id: Self { self }
    }

    public var tab = Tab.home
    public var cover: Cover?
    /// The page that scans, while it is open.
    public private(set) var scan: ScanModel?
    /// The task being confirmed, while it is open.
    public private(set) var confirm: ConfirmModel?

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

    public func openScanner(of home: HomeModel) { (scan, confirm, cover) = (home.scan(), nil, .scan) }

    public func openDigits(of home: HomeModel) {
        (scan, confirm, cover) = (scan ?? home.scan(), nil, .digits)
    }

    /// On from a claimed or resumed task.
    public func open(_ task: ConfirmModel) { (confirm, scan, cover) = (task, nil, .confirm) }

    /// Down to the tabs; nothing of a task is held any more.
    public func leave() { (cover, scan, confirm) = (nil, nil, nil) }

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

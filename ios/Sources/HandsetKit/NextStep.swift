import QuanshengshiCore

/// What to do after a failure; `QssError` without its details, to switch over and to test against.
public enum NextStep: Sendable, Equatable, CaseIterable {
    case scanAgain
    case newTask
    case newAttempt
    case tryAgain
    case otherWay
    case refused
    case unlockDevice
    case vaultReset
    case wiped
    case diskFull
    case fetchAgain
    case cancelled
    case report
}

extension QssError {
    /// What to do next.
    public var next: NextStep { parts.next }

    /// The code: for the log, and for its text.
    public var code: String { parts.code }

    /// How long to wait before the same call is worth repeating, when the core says so.
    public var wait: Duration? {
        switch self {
        case .TryAgain(_, let afterMs): .milliseconds(afterMs)
        case .OtherWay(_, let afterMs): afterMs.map { .milliseconds($0) }
        default: nil
        }
    }

    /// The sentence for the person; none for a code of a newer portal.
    public func text(in language: TextLanguage) -> String? {
        codeText(code: code, language: language)
    }

    private var parts: (next: NextStep, code: String) {
        switch self {
        case .ScanAgain(let code): (.scanAgain, code)
        case .NewTask(let code): (.newTask, code)
        case .NewAttempt(let code): (.newAttempt, code)
        case .TryAgain(let code, _): (.tryAgain, code)
        case .OtherWay(let code, _): (.otherWay, code)
        case .Refused(let code): (.refused, code)
        case .UnlockDevice(let code): (.unlockDevice, code)
        case .VaultReset(let code): (.vaultReset, code)
        case .Wiped(let code): (.wiped, code)
        case .DiskFull(let code): (.diskFull, code)
        case .FetchAgain(let code): (.fetchAgain, code)
        case .Cancelled(let code): (.cancelled, code)
        case .Internal(let code): (.report, code)
        }
    }
}

import HandsetKit
import QuanshengshiCore

/// A button of a trouble.
public enum Remedy: Sendable, Equatable, CaseIterable {
    case retry, scan, typeDigits, systemSettings, otherWays, unlock, reset, freeSpace, forgetCopy
    case offlineCopies, home

    /// What stands on the button.
    public var word: Word {
        switch self {
        case .retry: .retry
        case .scan: .scanAgain
        case .typeDigits: .typeDigits
        case .systemSettings: .systemSettings
        case .otherWays: .otherWays
        case .unlock: .unlock
        case .reset: .reset
        case .freeSpace: .freeSpace
        case .forgetCopy: .forgetCopy
        case .offlineCopies: .offlineCopies
        case .home: .home
        }
    }
}

/// A failure as a screen shows it. There is always something to do.
public struct Trouble: Sendable, Equatable {
    /// The sentence for the person.
    public let text: String
    /// What went wrong, to switch over.
    public let next: NextStep
    /// What the screen offers, the best first; never empty.
    public let remedies: [Remedy]
    /// For the log, and to quote.
    public let code: String
    /// How long to wait before trying again.
    public let wait: Duration?

    /// None for a task that was cancelled: whoever cancelled it knows.
    init?(_ error: any Error, _ language: TextLanguage) {
        if error is CancellationError { return nil }
        let unknown = Word.unknownTrouble.text(language)
        guard let error = error as? QssError else {
            self.init(unknown, .report, NextStep.report.remedies, "SHELL", nil)
            return
        }
        if error.next == .cancelled { return nil }
        self.init(
            error.text(in: language) ?? unknown, error.next, error.next.remedies, error.code, error.wait)
    }

    /// That there is no picture: the core has the words; `elsewhere` is the way on without one.
    init(_ trouble: CameraTrouble, _ language: TextLanguage, elsewhere: Remedy) {
        let advice = cameraAdvice(trouble: trouble, language: language)
        let remedies: [Remedy?] = [
            advice.openSettings ? .systemSettings : nil, advice.tryAgain ? .retry : nil, elsewhere,
        ]
        self.init(
            advice.text, advice.tryAgain ? .tryAgain : .otherWay, remedies.compactMap(\.self), advice.code,
            nil)
    }

    /// That a file of others was not read.
    init(_ unread: Unread, _ language: TextLanguage) {
        let (word, code): (Word, String) =
            switch unread {
            case .tooLarge: (.fileTooLarge, "FILE_TOO_LARGE")
            case .unreachable: (.fileUnreachable, "FILE_UNREACHABLE")
            }
        self.init(word.text(language), .refused, [.home], code, nil)
    }

    private init(
        _ text: String, _ next: NextStep, _ remedies: [Remedy], _ code: String, _ wait: Duration?
    ) {
        (self.text, self.next, self.remedies, self.code, self.wait) = (text, next, remedies, code, wait)
    }
}

extension NextStep {
    /// The ways on, the best first.
    public var remedies: [Remedy] {
        switch self {
        case .scanAgain: [.scan, .typeDigits]
        case .newTask, .refused: [.home]
        case .newAttempt: [.retry, .otherWays]
        case .tryAgain: [.retry, .offlineCopies]
        case .otherWay: [.otherWays, .home]
        case .unlockDevice: [.unlock]
        case .vaultReset: [.reset, .home]
        case .wiped: [.scan, .home]
        case .diskFull: [.freeSpace, .retry]
        case .fetchAgain: [.forgetCopy, .home]
        case .cancelled, .report: [.retry, .home]
        }
    }
}

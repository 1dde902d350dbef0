import HandsetKit
import QuanshengshiCore

/// A failure as a screen shows it.
public struct Trouble: Sendable, Equatable {
    /// The sentence for the person.
    public let text: String
    /// What the screen offers.
    public let next: NextStep
    /// For the log, and to quote.
    public let code: String
    /// How long to wait before trying again.
    public let wait: Duration?

    /// None for a task that was cancelled: whoever cancelled it knows.
    init?(_ error: any Error, _ language: TextLanguage) {
        if error is CancellationError { return nil }
        guard let error = error as? QssError else {
            self.init(
                text: Word.faultIsOurs.text(language), next: .report, code: "SHELL", wait: nil)
            return
        }
        if error.next == .cancelled { return nil }
        self.init(
            text: error.text(in: language) ?? Word.faultIsOurs.text(language), next: error.next,
            code: error.code, wait: error.wait)
    }

    /// That there is no picture: the core has the words.
    init(_ trouble: CameraTrouble, _ language: TextLanguage) {
        let advice = cameraAdvice(trouble: trouble, language: language)
        self.init(
            text: advice.text, next: advice.tryAgain ? .tryAgain : .otherWay, code: advice.code,
            wait: nil)
    }

    private init(text: String, next: NextStep, code: String, wait: Duration?) {
        (self.text, self.next, self.code, self.wait) = (text, next, code, wait)
    }
}

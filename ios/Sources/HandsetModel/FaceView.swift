import HandsetKit
import QuanshengshiCore

/// What the capture page shows: one sentence on top, a hint, and how far it has come.
public struct FaceView: Sendable, Equatable {
    /// The sentence on top.
    public let prompt: String
    /// What to change about the picture; nothing is lost meanwhile.
    public let hint: String?
    /// The segment of the ring that is being filled, from 0; none before the first act.
    public let step: Int?
    /// Segments of the ring.
    public let steps: Int
    /// How far this act has come, 0 to 1.
    public let progress: Float
    /// Milliseconds left for this act.
    public let remainingMs: UInt32?

    /// None for an instant that shows nothing of its own: the view before stays.
    init?(_ guidance: FaceGuidance, of steps: Int, _ language: TextLanguage) {
        let of = { (word: Word) in word.text(language) }
        self.steps = steps
        switch guidance {
        case .improve(let code):
            (prompt, hint) = (of(.faceFind), codeText(code: code, language: language))
            (step, progress, remainingMs) = (nil, 0, nil)
        case .holdNeutral(let progress):
            (prompt, hint, step, self.progress) = (of(.faceHold), nil, nil, progress)
            remainingMs = nil
        case .do(let act, let step, let remainingMs, let progress):
            (prompt, hint, self.step) = (of(act.word), nil, Int(step))
            (self.progress, self.remainingMs) = (progress, remainingMs)
        case .comeBack(_, let step, let remainingMs):
            (prompt, hint, self.step) = (of(.faceBack), nil, Int(step))
            (progress, self.remainingMs) = (1, remainingMs)
        case .finished:
            (prompt, hint, step, progress, remainingMs) = (of(.faceDone), nil, steps, 1, nil)
        case .promptDone, .failed:
            return nil
        }
    }
}

import HandsetKit
import Observation
import QuanshengshiCore

/// One task from the question to the verdict.
@MainActor @Observable public final class ConfirmModel {
    public enum Phase: Sendable, Equatable {
        case asking(AskScreen)
        /// The separate notice about the face; nothing was sent yet.
        case noticing(FaceNotice)
        /// The portal is asked or the evidence judged.
        case waiting
        /// A capture can begin; why the one before failed, when one did.
        case ready(attempt: UInt8, attempts: UInt8, reason: String?)
        case facing(FaceView)
        case over(Ending, text: String, reason: String?)
    }

    public enum Ending: Sendable { case approved, review, failed, ended }

    public private(set) var phase: Phase = .waiting
    /// What went wrong last; the phase is the one to go on from.
    public private(set) var trouble: Trouble?
    /// Whether somebody else holds the phone, with the rear camera.
    public private(set) var helped = false
    /// Every way on when the face cannot work.
    public let ways: [WayLine]

    private let phone: Phone
    private let task: ConfirmTask
    private var prompts: [FacePrompt] = []
    /// A finished capture that the portal has not judged yet: it can be sent again.
    private var unsent: Capture?
    private var brings = false

    init(_ phone: Phone, task: ConfirmTask) {
        (self.phone, self.task) = (phone, task)
        ways = task.waysOn()
        enter(task.stage())
    }

    /// The task's name, to resume it or to fetch its certificates by.
    public var taskId: String { task.taskId() }

    /// “是我，继续”: on to the notice about the face. Nothing is sent, and not everybody may go on.
    public func itIsMe() {
        guard case .asking(let ask) = phase, ask.mayGoOn else { return }
        do {
            phase = .noticing(try faceNotice(version: ask.noticeVersion, language: phone.language))
        } catch {
            // An app without the words of this version is too old to ask anybody.
            trouble = Trouble(error, phone.language)
        }
    }

    /// Back from the notice to the question.
    public func askAgain() { enter(task.stage()) }

    public func answer(_ decision: PersonDecision) async {
        await call { [task] in try await task.answer(decision: decision, cancel: $0) }
    }

    /// Asks for other acts, as one of the `ways` says.
    public func change(_ variant: ActVariant) async {
        unsent = nil
        await call { [task] in try await task.changeActs(variant: variant, cancel: $0) }
        if trouble == nil { helped = variant == .helper }
    }

    /// Begins a capture as the settings want it: with a helper the acts are asked for first.
    public func begin(helper: Bool) async {
        if helper, !helped {
            await change(.helper)
            guard trouble == nil, case .ready = phase else { return }
        }
        await face()
    }

    /// The end of the task: its receipt, and its certificates.
    public func result() -> ResultModel { ResultModel(phone, task: taskId, fetches: brings) }

    /// Asks the portal where the task stands.
    public func refresh() async {
        await call { [task] in try await task.refresh(cancel: $0) }
    }

    /// Leads through a capture and sends it. A capture whose answer was lost is sent again first.
    public func face() async {
        let side: CameraSide = helped ? .rear : .front
        trouble = nil
        if let unsent { return await send(unsent) }
        do {
            let frames = try await phone.camera.frames(side)
            // The first capture unpacks its networks: not on the thread that draws.
            let capture = try await Task.detached { [task] in
                try task.beginCapture(frontCamera: side == .front)
            }.value
            for try await guidance in capture.guidance(for: frames) {
                phone.camera.told(guidance)
                if let view = FaceView(guidance, of: prompts.count, phone.language) {
                    phase = .facing(view)
                }
                if case .finished = guidance { return await send(capture) }
                if case .failed(let code) = guidance { throw QssError.NewAttempt(code: code) }
            }
            enter(task.stage())
            // Nobody left the page: the system took the camera away.
            if !Task.isCancelled { trouble = Trouble(.busy, phone.language, elsewhere: .otherWays) }
        } catch let none as NoPicture {
            enter(task.stage())
            trouble = Trouble(none.trouble, phone.language, elsewhere: .otherWays)
        } catch {
            await recover(from: error)
        }
    }

    /// What “再试一次” does: the capture when it was the capture, else asks where the task stands.
    public func again() async {
        if case .ready = phase { await face() } else { await refresh() }
    }

    /// The ways that can be taken now: other acts only once the face was agreed to.
    public var offeredWays: [WayLine] {
        switch phase {
        case .ready, .facing: ways
        default: ways.filter { $0.variant == nil }
        }
    }

    /// What a voice should say now; a hint goes before the prompt, for it is what to do first.
    public var spoken: String? {
        switch phase {
        case .facing(let view): view.hint ?? view.prompt
        case .over(_, let text, _): text
        default: trouble?.text
        }
    }

    private func send(_ capture: Capture) async {
        unsent = capture
        await call { [task] in try await task.confirm(capture: capture, cancel: $0) }
        switch trouble?.next {
        case nil, .newAttempt, .newTask, .refused: unsent = nil
        default: break
        }
        if trouble?.next == .newAttempt { await takeUp() }
    }

    /// A lost capture costs nothing before it is sent; one that ran out needs the next challenge.
    private func recover(from error: any Error) async {
        enter(task.stage())
        trouble = Trouble(error, phone.language)
        if trouble?.next == .newAttempt { await takeUp() }
    }

    /// Brings the next challenge and keeps the sentence that says why.
    private func takeUp() async {
        let why = trouble
        await refresh()
        if trouble == nil { trouble = why }
    }

    private func call(_ work: (CancelToken) async throws -> TaskStage) async {
        let before = phase
        (phase, trouble) = (.waiting, nil)
        do {
            var stage = try await cancelling(work)
            while stage == .appraising {
                try await phone.pause(.seconds(1))
                stage = try await cancelling { [task] in try await task.refresh(cancel: $0) }
            }
            enter(stage)
        } catch {
            trouble = Trouble(error, phone.language)
            if case .facing = before { enter(task.stage()) } else { phase = before }
        }
    }

    private func enter(_ stage: TaskStage) {
        let text = { [phone] (code: String?) in
            code.flatMap { codeText(code: $0, language: phone.language) }
        }
        switch stage {
        case .ask: phase = .asking(task.ask())
        case .capture(let prompts, let attempt, let attempts, let reason):
            self.prompts = prompts
            phase = .ready(attempt: attempt, attempts: attempts, reason: text(reason))
        case .appraising: phase = .waiting
        case .approved(let certificates):
            brings = certificates
            over(.approved, .resultApproved, nil)
        case .review(let reason): over(.review, .resultReview, text(reason))
        case .failed(let reason): over(.failed, .resultFailed, text(reason))
        case .ended(let reason): over(.ended, .resultEnded, text(reason))
        }
    }

    private func over(_ ending: Ending, _ word: Word, _ reason: String?) {
        phase = .over(ending, text: word.text(phone.language), reason: reason)
    }
}

extension AskScreen {
    /// Whether the person may go on; else only “不是我” and “先不做” are offered.
    public var mayGoOn: Bool { otherPerson?.mayGoOn ?? true }
}

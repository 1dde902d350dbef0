package cn.quanshengshi.kit.confirm

import cn.quanshengshi.core.FaceGuidance
import cn.quanshengshi.core.TaskStage
import cn.quanshengshi.core.TextLanguage
import cn.quanshengshi.core.WayLine
import cn.quanshengshi.kit.next.Trouble
import cn.quanshengshi.kit.next.wordsOf
import cn.quanshengshi.kit.texts.Say
import cn.quanshengshi.kit.texts.sayOf

/** What the capture's screen shows. */
sealed interface CaptureState {
    /** Nothing runs: “准备好再开始”. `reason` is why the attempt before failed. */
    data class Ready(val attempt: Int, val attempts: Int, val steps: Int, val reason: String?) : CaptureState

    /**
     * Pictures are looked at. `say` is the large line, spoken when it changes; `hint` the small one; `step` from 1,
     * 0 before the first act; `progress` of the act from 0 to 1.
     */
    data class Running(
        val say: String,
        val hint: String?,
        val step: Int,
        val steps: Int,
        val remainingMs: Int?,
        val progress: Float,
    ) : CaptureState

    /** Sent: the phone may be put down. */
    data object Judging : CaptureState

    /** Other acts to ask for, and ways without the face. */
    data class Ways(val ways: List<WayLine>) : CaptureState

    /** There is a verdict, or the task is over. */
    data class Moved(val stage: TaskStage) : CaptureState

    /** Something is in the way. */
    data class InTrouble(val trouble: Trouble) : CaptureState
}

/** A stage as this screen shows it: a capture is ready to begin, everything else is somebody else's. */
internal fun captureState(stage: TaskStage, language: TextLanguage): CaptureState =
    when (stage) {
        is TaskStage.Capture -> CaptureState.Ready(
            attempt = stage.attempt.toInt(),
            attempts = stage.attempts.toInt(),
            steps = stage.prompts.size,
            reason = stage.reason?.let { wordsOf(it, language) ?: Say.RESULT_FAILED.text(language) },
        )
        is TaskStage.Appraising -> CaptureState.Judging
        else -> CaptureState.Moved(stage)
    }

/** The state before the first picture. */
internal fun searching(steps: Int, language: TextLanguage): CaptureState.Running =
    CaptureState.Running(Say.FACE_FIND.text(language), null, 0, steps, null, 0f)

/** What guidance changes on the screen. */
internal fun CaptureState.Running.after(guidance: FaceGuidance, language: TextLanguage): CaptureState.Running =
    when (guidance) {
        is FaceGuidance.Improve -> copy(hint = wordsOf(guidance.code, language) ?: Say.FACE_FIND.text(language))
        is FaceGuidance.HoldNeutral ->
            copy(say = Say.FACE_HOLD.text(language), hint = null, progress = guidance.progress)
        is FaceGuidance.Do -> copy(
            say = sayOf(guidance.prompt).text(language),
            hint = null,
            step = guidance.step.toInt() + 1,
            remainingMs = guidance.remainingMs.toInt(),
            progress = guidance.progress,
        )
        is FaceGuidance.ComeBack -> copy(
            say = Say.FACE_BACK.text(language),
            hint = null,
            step = guidance.step.toInt() + 1,
            remainingMs = guidance.remainingMs.toInt(),
            progress = 1f,
        )
        is FaceGuidance.PromptDone -> copy(hint = Say.FACE_GOOD.text(language), progress = 1f)
        is FaceGuidance.Finished -> copy(say = Say.FACE_DONE.text(language), hint = null, progress = 1f)
        is FaceGuidance.Failed -> this
    }

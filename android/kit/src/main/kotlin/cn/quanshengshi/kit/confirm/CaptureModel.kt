package cn.quanshengshi.kit.confirm

import cn.quanshengshi.core.ActVariant
import cn.quanshengshi.core.CameraTrouble
import cn.quanshengshi.core.CancelToken
import cn.quanshengshi.core.Capture
import cn.quanshengshi.core.ConfirmTask
import cn.quanshengshi.core.FaceGuidance
import cn.quanshengshi.core.TaskStage
import cn.quanshengshi.core.TextLanguage
import cn.quanshengshi.kit.Model
import cn.quanshengshi.kit.camera.FrameSource
import cn.quanshengshi.kit.camera.guidance
import cn.quanshengshi.kit.cancelling
import cn.quanshengshi.kit.next.NextStep
import cn.quanshengshi.kit.next.Remedy
import cn.quanshengshi.kit.next.Trouble
import cn.quanshengshi.kit.next.orTrouble
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.delay
import kotlinx.coroutines.withContext

/** Milliseconds between two questions whether the portal has judged. */
private const val JUDGING_MS = 700L

/** The face capture of a task, its attempts, other acts and ways on. Close it with its screen. */
class CaptureModel(private val task: ConfirmTask, private val language: TextLanguage) :
    Model<CaptureState>(captureState(task.stage(), language)),
    AutoCloseable {
    /** Finished and not judged yet: it may have to be sent again. */
    private var finished: Capture? = null

    /** Captures once and sends it. `front` is false when somebody else holds the phone. */
    suspend fun capture(source: FrameSource, front: Boolean = true) {
        val stage = task.stage() as? TaskStage.Capture ?: return refresh()
        forget()
        show(searching(stage.prompts.size, language))
        // The networks are loaded at the first capture: not on the thread that draws.
        val capture = tried { withContext(Dispatchers.Default) { task.beginCapture(front) } } ?: return
        try {
            val end = tried { follow(capture, source) }
            if (end is FaceGuidance.Finished) finished = capture
            if (end is FaceGuidance.Failed) inTrouble(Trouble.of(NextStep.CaptureAgain(end.code), language))
        } finally {
            if (finished == null) capture.close()
        }
        if (finished != null) send()
    }

    /** Sends the finished capture again, after there was no network; it is judged once. */
    suspend fun send() {
        val capture = finished ?: return refresh()
        show(CaptureState.Judging)
        settle { task.confirm(capture, it) }
    }

    /** Asks where the task stands: after a lost capture or a challenge that ran out. */
    suspend fun refresh() = settle { task.refresh(it) }

    /** “换个动作，或用其他办法”. */
    fun otherWays() = show(CaptureState.Ways(task.waysOn()))

    /** Other acts; costs no attempt. */
    suspend fun changeActs(variant: ActVariant) {
        forget()
        settle { task.changeActs(variant, it) }
    }

    /** The system gave no picture. */
    fun cameraFailed(trouble: CameraTrouble) = inTrouble(Trouble.of(trouble, language, Remedy.OTHER_WAYS))

    override fun close() = forget()

    private suspend fun follow(capture: Capture, source: FrameSource): FaceGuidance {
        var last: FaceGuidance = FaceGuidance.Failed(NO_FRAMES)
        capture.guidance(source).collect { guidance ->
            last = guidance
            val running = state.value as? CaptureState.Running ?: return@collect
            show(running.after(guidance, language))
        }
        // A camera that stopped in the middle leaves a capture that nobody can finish.
        return if (last is FaceGuidance.Finished ||
            last is FaceGuidance.Failed
        ) {
            last
        } else {
            FaceGuidance.Failed(NO_FRAMES)
        }
    }

    private suspend fun settle(call: suspend (CancelToken) -> TaskStage) {
        var stage = tried { cancelling(call) } ?: return
        while (stage is TaskStage.Appraising) {
            show(CaptureState.Judging)
            delay(JUDGING_MS)
            stage = tried { cancelling { task.refresh(it) } } ?: return
        }
        forget()
        show(captureState(stage, language))
    }

    private suspend fun <T> tried(call: suspend () -> T): T? = orTrouble(language, ::inTrouble, call)

    private fun inTrouble(trouble: Trouble) = show(CaptureState.InTrouble(trouble))

    private fun forget() {
        finished?.close()
        finished = null
    }

    private companion object {
        /** The core's word for a capture that was not finished. */
        const val NO_FRAMES = "CAPTURE_UNFINISHED"
    }
}

package cn.quanshengshi.kit.confirm

import cn.quanshengshi.core.ConfirmTask
import cn.quanshengshi.core.PersonDecision
import cn.quanshengshi.core.TaskStage
import cn.quanshengshi.core.TextLanguage
import cn.quanshengshi.core.WayLine
import cn.quanshengshi.kit.Model
import cn.quanshengshi.kit.cancelling
import cn.quanshengshi.kit.next.Trouble
import cn.quanshengshi.kit.next.orTrouble
import cn.quanshengshi.kit.texts.Say

/** What the face notice shows. */
sealed interface FaceConsentState {
    /** The notice of this version. */
    data class Notice(val version: UInt, val title: String, val lines: List<String>) : FaceConsentState

    /** The answer is on its way. */
    data object Sending : FaceConsentState

    /** Without the face: every other way, best first. */
    data class Ways(val ways: List<WayLine>) : FaceConsentState

    /** Agreed: capture next. */
    data class Moved(val stage: TaskStage) : FaceConsentState

    /** Something is in the way; `agree` may be called again. */
    data class InTrouble(val trouble: Trouble) : FaceConsentState
}

/** The separate consent to processing the face. */
class FaceConsentModel(private val task: ConfirmTask, private val language: TextLanguage) :
    Model<FaceConsentState>(noticed(task, language)) {
    /** Shows the notice again. */
    fun again() = show(noticed(task, language))

    /** “同意，开始刷脸”. */
    suspend fun agree() {
        show(FaceConsentState.Sending)
        val stage = orTrouble(language, { show(FaceConsentState.InTrouble(it)) }) {
            cancelling { task.answer(PersonDecision.AGREE_WITH_FACE, it) }
        }
        if (stage != null) show(FaceConsentState.Moved(stage))
    }

    /** “不同意，用其他办法”. Nothing is sent: the task stays open for a change of mind. */
    fun otherWays() = show(FaceConsentState.Ways(task.waysOn().filter { it.variant == null }))
}

/** What a person is told before the face is looked at, in this order. */
private val NOTICE = listOf(Say.NOTICE_PURPOSE, Say.NOTICE_SENT, Say.NOTICE_KEPT, Say.NOTICE_OPTIONAL)

private fun noticed(task: ConfirmTask, language: TextLanguage): FaceConsentState =
    FaceConsentState.Notice(
        version = task.ask().noticeVersion,
        title = Say.NOTICE_TITLE.text(language),
        lines = NOTICE.map { it.text(language) },
    )

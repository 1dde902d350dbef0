package cn.quanshengshi.kit.confirm

import cn.quanshengshi.core.ConfirmTask
import cn.quanshengshi.core.PersonDecision
import cn.quanshengshi.core.QssException
import cn.quanshengshi.core.TaskStage
import cn.quanshengshi.core.TextLanguage
import cn.quanshengshi.core.WayLine
import cn.quanshengshi.core.faceNotice
import cn.quanshengshi.kit.Model
import cn.quanshengshi.kit.cancelling
import cn.quanshengshi.kit.next.Trouble
import cn.quanshengshi.kit.next.nextStep
import cn.quanshengshi.kit.next.orTrouble

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

/** The words of the version that the portal asks for; an app without them is too old to ask anybody. */
private fun noticed(task: ConfirmTask, language: TextLanguage): FaceConsentState =
    try {
        val notice = faceNotice(task.ask().noticeVersion, language)
        FaceConsentState.Notice(notice.version, notice.title, notice.parts.map { it.text })
    } catch (error: QssException) {
        FaceConsentState.InTrouble(Trouble.of(error.nextStep(), language))
    }

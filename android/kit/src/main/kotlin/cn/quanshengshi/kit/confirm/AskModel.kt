package cn.quanshengshi.kit.confirm

import cn.quanshengshi.core.AskScreen
import cn.quanshengshi.core.ConfirmTask
import cn.quanshengshi.core.PersonDecision
import cn.quanshengshi.core.TaskStage
import cn.quanshengshi.core.TextLanguage
import cn.quanshengshi.kit.Model
import cn.quanshengshi.kit.cancelling
import cn.quanshengshi.kit.next.Trouble
import cn.quanshengshi.kit.next.orTrouble

/** What the screen “请核对” shows. */
sealed interface AskState {
    /**
     * Who, what, for whom, from which browser and place: the lines of `screen`, made of exactly what is signed.
     * With `mayAgree` false only declining is offered.
     */
    data class Asking(val screen: AskScreen, val mayAgree: Boolean) : AskState

    /** The person said that it is them: the face notice comes next. */
    data object FaceConsent : AskState

    /** The answer is on its way. */
    data object Sending : AskState

    /** Over, or already further on than asking. */
    data class Moved(val stage: TaskStage) : AskState

    /** Something is in the way; the answer can be given again. */
    data class InTrouble(val trouble: Trouble) : AskState
}

/** What is asked of the person, and their answer. */
class AskModel(private val task: ConfirmTask, private val language: TextLanguage) : Model<AskState>(asked(task)) {
    /** Shows the question again, after a trouble or on the way back from the face notice. */
    fun again() = show(asked(task))

    /** “是我，继续”. Nothing is sent before the face was agreed to. */
    fun itIsMe() {
        val asking = state.value
        if (asking is AskState.Asking && asking.mayAgree) show(AskState.FaceConsent)
    }

    /** “不是我”: the PC is told, and the account is protected. */
    suspend fun notMe() = answer(PersonDecision.NOT_ME)

    /** The person changed their mind. */
    suspend fun decline() = answer(PersonDecision.DECLINE)

    private suspend fun answer(decision: PersonDecision) {
        show(AskState.Sending)
        val stage = orTrouble(language, { show(AskState.InTrouble(it)) }) {
            cancelling { task.answer(decision, it) }
        }
        if (stage != null) show(AskState.Moved(stage))
    }
}

private fun asked(task: ConfirmTask): AskState =
    when (val stage = task.stage()) {
        is TaskStage.Ask -> task.ask().let { AskState.Asking(it, it.otherPerson?.mayGoOn ?: true) }
        else -> AskState.Moved(stage)
    }

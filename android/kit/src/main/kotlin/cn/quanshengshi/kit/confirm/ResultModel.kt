package cn.quanshengshi.kit.confirm

import cn.quanshengshi.core.ActivityLine
import cn.quanshengshi.core.ConfirmTask
import cn.quanshengshi.core.Handset
import cn.quanshengshi.core.TaskStage
import cn.quanshengshi.core.TextLanguage
import cn.quanshengshi.kit.Model
import cn.quanshengshi.kit.cancelling
import cn.quanshengshi.kit.next.Trouble
import cn.quanshengshi.kit.next.orTrouble
import cn.quanshengshi.kit.next.wordsOf
import cn.quanshengshi.kit.texts.Say

/** How a task ended. */
enum class Outcome(internal val say: Say) {
    APPROVED(Say.RESULT_APPROVED),
    REVIEW(Say.RESULT_REVIEW),
    FAILED(Say.RESULT_FAILED),
    ENDED(Say.RESULT_ENDED),
}

/** What the result's screen shows. */
sealed interface ResultState {
    /** The receipt is looked up, the copies are fetched. */
    data object Loading : ResultState

    /**
     * The end: `reason` in words, `receipt` out of the log, `kept` the identifiers of certificates that are in the
     * wallet now. A `trouble` beside it is about fetching alone: `load` again.
     */
    data class Ended(
        val outcome: Outcome,
        val say: String,
        val reason: String?,
        val receipt: ActivityLine?,
        val kept: List<String>,
        val trouble: Trouble?,
    ) : ResultState

    /** The log cannot be read. */
    data class InTrouble(val trouble: Trouble) : ResultState
}

/** The end of a task: receipt, and the certificates that came of it. Made for a stage that is an end. */
class ResultModel(
    private val handset: Handset,
    private val task: String,
    private val stage: TaskStage,
    private val language: TextLanguage,
) : Model<ResultState>(ResultState.Loading) {
    constructor(handset: Handset, task: ConfirmTask, language: TextLanguage) :
        this(handset, task.taskId(), task.stage(), language)

    /** Reads the receipt and fetches what was approved; may be repeated. */
    suspend fun load() {
        val (outcome, code) = ended(stage)
        val receipt = orTrouble(language, { show(ResultState.InTrouble(it)) }) { handset.activity() } ?: return
        var trouble: Trouble? = null
        val kept = orTrouble(language, { trouble = it }) {
            if ((stage as? TaskStage.Approved)?.certificates == true) fetch() else emptyList()
        }
        val reason = code?.let { wordsOf(it, language) }
        val line = receipt.firstOrNull { it.task == task }
        show(ResultState.Ended(outcome, outcome.say.text(language), reason, line, kept.orEmpty(), trouble))
    }

    private suspend fun fetch(): List<String> = handset.wallet().use { wallet -> cancelling { wallet.fetch(task, it) } }

    private fun ended(stage: TaskStage): Pair<Outcome, String?> =
        when (stage) {
            is TaskStage.Approved -> Outcome.APPROVED to null
            is TaskStage.Review -> Outcome.REVIEW to stage.reason
            is TaskStage.Failed -> Outcome.FAILED to stage.reason
            is TaskStage.Ended -> Outcome.ENDED to stage.reason
            is TaskStage.Ask, is TaskStage.Capture, is TaskStage.Appraising ->
                error("a result is shown of a task that has one")
        }
}

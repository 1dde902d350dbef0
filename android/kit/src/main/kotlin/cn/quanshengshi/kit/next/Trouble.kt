package cn.quanshengshi.kit.next

import cn.quanshengshi.core.CameraTrouble
import cn.quanshengshi.core.QssException
import cn.quanshengshi.core.TextLanguage
import cn.quanshengshi.core.cameraAdvice
import cn.quanshengshi.core.codeText
import cn.quanshengshi.kit.texts.Say
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive

/** A button of a trouble. */
enum class Remedy(val label: Say) {
    RETRY(Say.RETRY),
    SCAN(Say.SCAN_AGAIN),
    TYPE_DIGITS(Say.TYPE_DIGITS),
    SYSTEM_SETTINGS(Say.SYSTEM_SETTINGS),
    OTHER_WAYS(Say.OTHER_WAYS),
    UNLOCK(Say.UNLOCK),
    RESET(Say.RESET),
    FREE_SPACE(Say.FREE_SPACE),
    FORGET_COPY(Say.FORGET_COPY),
    OFFLINE_COPIES(Say.OFFLINE_COPIES),
    OPEN_FILE(Say.OPEN_FILE),
    HOME(Say.HOME),
}

/** Something is in the way: what to say, and what the person can do. There is always something to do. */
data class Trouble(val code: String, val text: String, val remedies: List<Remedy>, val afterMs: ULong? = null) {
    init {
        require(text.isNotBlank() && remedies.isNotEmpty()) { "a trouble speaks and has a way on" }
    }

    companion object {
        /** The trouble of a failed call. */
        fun of(step: NextStep, language: TextLanguage): Trouble {
            val text = wordsOf(step.code, language) ?: Say.UNKNOWN_TROUBLE.text(language)
            return Trouble(step.code, text, remedies(step), (step as? NextStep.TryAgain)?.afterMs)
        }

        /** The trouble of a camera without a picture; `elsewhere` is the way on without it. */
        fun of(trouble: CameraTrouble, language: TextLanguage, elsewhere: Remedy): Trouble {
            val advice = cameraAdvice(trouble, language)
            val remedies = listOfNotNull(
                Remedy.SYSTEM_SETTINGS.takeIf { advice.openSettings },
                Remedy.RETRY.takeIf { advice.tryAgain },
                elsewhere,
            )
            return Trouble(advice.code, advice.text, remedies)
        }

        private fun remedies(step: NextStep): List<Remedy> =
            when (step) {
                is NextStep.ScanAgain -> listOf(Remedy.SCAN, Remedy.TYPE_DIGITS)
                is NextStep.StartOnPc, is NextStep.Stop -> listOf(Remedy.HOME)
                is NextStep.CaptureAgain -> listOf(Remedy.RETRY, Remedy.OTHER_WAYS)
                is NextStep.TryAgain -> listOf(Remedy.RETRY, Remedy.OFFLINE_COPIES)
                is NextStep.OtherWay -> listOf(Remedy.OTHER_WAYS, Remedy.HOME)
                is NextStep.Unlock -> listOf(Remedy.UNLOCK)
                is NextStep.ResetVault -> listOf(Remedy.RESET, Remedy.HOME)
                is NextStep.StartAnew -> listOf(Remedy.SCAN, Remedy.HOME)
                is NextStep.MakeRoom -> listOf(Remedy.FREE_SPACE, Remedy.RETRY)
                is NextStep.FetchAgain -> listOf(Remedy.FORGET_COPY, Remedy.HOME)
                is NextStep.Nothing, is NextStep.Report -> listOf(Remedy.RETRY, Remedy.HOME)
            }
    }
}

/** What a text still wants to be told, with the colon before it: where nobody told it, the sentence stands without. */
private val UNTOLD = Regex("[：:]? ?\\{[a-z_]+\\}")

/** The words of a code, fit to be shown. */
internal fun wordsOf(code: String, language: TextLanguage): String? = codeText(code, language)?.replace(UNTOLD, "")

/** Runs a call of the core; its error becomes a trouble. A cancelled coroutine stays cancelled. */
internal suspend fun <T> orTrouble(language: TextLanguage, troubled: (Trouble) -> Unit, call: suspend () -> T): T? =
    try {
        call()
    } catch (error: QssException) {
        currentCoroutineContext().ensureActive()
        troubled(Trouble.of(error.nextStep(), language))
        null
    }

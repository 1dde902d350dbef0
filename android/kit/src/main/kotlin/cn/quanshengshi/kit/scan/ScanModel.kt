package cn.quanshengshi.kit.scan

import cn.quanshengshi.core.CameraTrouble
import cn.quanshengshi.core.ConfirmTask
import cn.quanshengshi.core.Handset
import cn.quanshengshi.core.QssException
import cn.quanshengshi.core.ScanGlance
import cn.quanshengshi.core.ScanGuidance
import cn.quanshengshi.core.ScannedInvitation
import cn.quanshengshi.core.Scanner
import cn.quanshengshi.core.TextLanguage
import cn.quanshengshi.kit.Model
import cn.quanshengshi.kit.camera.FrameSource
import cn.quanshengshi.kit.camera.glances
import cn.quanshengshi.kit.cancelling
import cn.quanshengshi.kit.next.Remedy
import cn.quanshengshi.kit.next.Trouble
import cn.quanshengshi.kit.next.orTrouble
import cn.quanshengshi.kit.next.wordsOf
import cn.quanshengshi.kit.texts.Say
import cn.quanshengshi.kit.texts.sayOf
import kotlinx.coroutines.flow.firstOrNull
import kotlinx.coroutines.flow.mapNotNull

/** Dark pictures in a row before the light is wished for: one alone may be a hand before the lens. */
private const val DARK_GLANCES = 3
private const val DOWNLOAD_CODE = "QR_IS_DOWNLOAD_LINK"

/** What the scanner's screen shows. */
sealed interface ScanState {
    /** The camera looks. `say` is the line on top; `notice` is the code of what was seen and is not ours. */
    data class Looking(val say: String, val torchWished: Boolean, val codes: Int, val notice: String?) : ScanState {
        /** The small code for installing was in sight, and not the large one. */
        val downloadCodeSeen: Boolean get() = notice == DOWNLOAD_CODE
    }

    /** A code was read and the portal is asked. */
    data object Claiming : ScanState

    /** This phone has the task: show what is asked. */
    data class Claimed(val task: ConfirmTask) : ScanState

    /** Something is in the way. */
    data class InTrouble(val trouble: Trouble) : ScanState
}

/** Scanning the PC's code, or typing its nine digits. */
class ScanModel(private val handset: Handset, private val language: TextLanguage) :
    Model<ScanState>(ScanState.Looking(Say.SCAN_AIM.text(language), torchWished = false, codes = 0, notice = null)) {
    private var dark = 0
    private var invitation: ScannedInvitation? = null

    /** Looks until a code of ours is in sight and claims its task. Also the way back after any trouble. */
    suspend fun look(source: FrameSource) {
        dark = 0
        show(ScanState.Looking(Say.SCAN_AIM.text(language), torchWished = false, codes = 0, notice = null))
        val found = orTrouble(language, ::trouble) {
            Scanner().use { scanner -> scanner.glances(source).mapNotNull(::picked).firstOrNull() }
        }
        if (found != null) {
            invitation = found
            claim()
        }
    }

    /** Asks the portal again for the code that was read last, after there was no network. */
    suspend fun claimAgain() {
        if (invitation != null) claim()
    }

    /** Claims by the nine digits under the code. */
    suspend fun type(digits: String) {
        show(ScanState.Claiming)
        claimed { cancelling { handset.claimTyped(digits, it) } }
    }

    /** The system gave no picture. */
    fun cameraFailed(trouble: CameraTrouble) = trouble(Trouble.of(trouble, language, Remedy.TYPE_DIGITS))

    private suspend fun claim() {
        val code = invitation ?: return
        show(ScanState.Claiming)
        claimed { cancelling { handset.claim(code, it) } }
    }

    private suspend fun claimed(call: suspend () -> ConfirmTask) {
        val task = orTrouble(language, ::trouble, call) ?: return
        invitation = null
        show(ScanState.Claimed(task))
    }

    private fun picked(glance: ScanGlance): ScannedInvitation? {
        val notice = try {
            handset.pickCode(glance.codes.map { it.text })?.let { return it }
            null
        } catch (other: QssException.ScanAgain) {
            // A poster on the wall, or the code for installing: say so and look on.
            other.code
        }
        dark = if (glance.guidance == ScanGuidance.TOO_DARK) dark + 1 else 0
        val say = notice?.let { wordsOf(it, language) } ?: sayOf(glance.guidance).text(language)
        show(ScanState.Looking(say, dark >= DARK_GLANCES, glance.codes.size, notice))
        return null
    }

    private fun trouble(trouble: Trouble) = show(ScanState.InTrouble(trouble))
}

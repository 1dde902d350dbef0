package cn.quanshengshi.kit.wallet

import cn.quanshengshi.core.CopyNotes
import cn.quanshengshi.core.DrawnPage
import cn.quanshengshi.core.Handset
import cn.quanshengshi.core.OpenCertificateInterface
import cn.quanshengshi.core.PageFacts
import cn.quanshengshi.core.ShownCertificate
import cn.quanshengshi.core.TextLanguage
import cn.quanshengshi.core.VerificationLine
import cn.quanshengshi.core.Wallet
import cn.quanshengshi.kit.Held
import cn.quanshengshi.kit.Model
import cn.quanshengshi.kit.cancelling
import cn.quanshengshi.kit.next.Trouble
import cn.quanshengshi.kit.next.orTrouble
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.delay
import kotlinx.coroutines.withContext

/** Pixels a millimetre: sharp on a phone, small enough to draw at once. */
internal const val PX_PER_MM = 8f

/** What one certificate's screen shows. */
sealed interface CertificateState {
    /** It is opened, verified and drawn. */
    data object Loading : CertificateState

    /**
     * The copy as verified at its opening: `page` number `number`, from 0, its seal, and `mark`, the line that must lie
     * over the picture. A page that cannot be drawn leaves the one before, and `pageTrouble` says why. `code` is for
     * whoever wants to check it; without one `codeTrouble` says why, and the copy stays. `facts` are the page's, with
     * its words for a screen reader.
     */
    data class Shown(
        val certificate: ShownCertificate,
        val page: DrawnPage,
        val facts: PageFacts,
        val number: Int = 0,
        val pageTrouble: Trouble? = null,
        val code: VerificationLine? = null,
        val codeTrouble: Trouble? = null,
    ) : CertificateState {
        /** The watermark of the picture. */
        val watermark: String get() = certificate.mark

        /** How many pages there are. */
        val count: Int get() = certificate.pages.toInt()
    }

    /** It cannot be shown. */
    data class InTrouble(val trouble: Trouble) : CertificateState
}

/** The pages of a copy, and the notes without which none of them may leave the phone. */
class CertificateCopy(val name: String, val notes: CopyNotes, val pages: List<DrawnPage>)

/**
 * One kept certificate. `opening` gives it, verified: the wallet does. Close the model with its screen, so that nothing
 * of the certificate stays in memory.
 */
class CertificateModel(
    private val handset: Handset,
    private val certificate: String,
    private val language: TextLanguage,
    private val opening: (Wallet) -> OpenCertificateInterface = { it.open(certificate) },
) : Model<CertificateState>(CertificateState.Loading),
    AutoCloseable {
    private var opened: Held<OpenCertificateInterface>? = null
    private var wanted = 0

    /** Opens and verifies the copy and draws its first page; needs no network. */
    suspend fun open(pxPerMm: Float = PX_PER_MM) {
        close()
        wanted = 0
        val read = orTrouble(language, { show(CertificateState.InTrouble(it)) }) {
            withContext(Dispatchers.Default) {
                val opened = handset.wallet().use(opening)
                val (page, facts) = opened.sheet(0, pxPerMm)
                Pair(opened, CertificateState.Shown(opened.about(), page, facts))
            }
        } ?: return
        val (certificate, shown) = read
        opened = Held(certificate)
        show(shown)
    }

    /** Draws another page, from 0; the last one asked for is shown. One that is not there changes nothing. */
    suspend fun turn(to: Int, pxPerMm: Float = PX_PER_MM) {
        val count = (state.value as? CertificateState.Shown)?.count ?: 0
        val held = opened?.takeIf { to in 0 until count } ?: return
        wanted = to
        var trouble: Trouble? = null
        val sheet = orTrouble(language, { trouble = it }) { held.call { it.sheet(to, pxPerMm) } }
        // Whoever turns faster than pages are drawn sees the page they stopped at, beside the code of now.
        val shown = (state.value as? CertificateState.Shown)?.takeIf { wanted == to } ?: return
        val next = sheet?.let { (page, facts) ->
            shown.copy(page = page, facts = facts, number = to, pageTrouble = null)
        }
        show(next ?: shown.copy(pageTrouble = trouble))
    }

    /**
     * A copy to hand on for a purpose: every page, and what must stand over and below each. None after `troubled` heard
     * why: a purpose of more than 20 characters, a certificate that does not hold.
     */
    suspend fun copyFor(purpose: String, pxPerMm: Float = PX_PER_MM, troubled: (Trouble) -> Unit): CertificateCopy? {
        val shown = state.value as? CertificateState.Shown ?: return null
        val held = opened ?: return null
        return orTrouble(language, troubled) {
            held.call { certificate ->
                val notes = certificate.copyNotes(purpose)
                val pages = (0 until shown.count).map { certificate.drawPage(it.toUInt(), pxPerMm) }
                CertificateCopy(shown.certificate.name, notes, pages)
            }
        }
    }

    override fun close() {
        opened?.letGo()
        opened = null
    }

    /** Gets a code to be checked by, once; gives the milliseconds after which to ask again. */
    suspend fun newCode(): Long {
        if (state.value !is CertificateState.Shown) return LATER_MS
        var trouble: Trouble? = null
        val code = handset.wallet().use { wallet ->
            orTrouble(language, { trouble = it }) { cancelling { wallet.verificationCode(certificate, it) } }
        }
        // An old code must not stay when there is no new one: it opens nothing any more.
        (state.value as? CertificateState.Shown)?.let { show(it.copy(code = code, codeTrouble = trouble)) }
        val wait = code?.let { it.endsInMs.toLong() - EARLY_MS } ?: trouble?.afterMs?.toLong() ?: Long.MAX_VALUE
        return wait.coerceAtLeast(LATER_MS)
    }

    /** Keeps a fresh code on the screen until cancelled, or until there is no use in asking. */
    suspend fun keepCode() {
        while (true) {
            val wait = newCode()
            if (wait == Long.MAX_VALUE) return
            delay(wait)
        }
    }

    private companion object {
        /** Milliseconds before asking again without a network. */
        const val LATER_MS = 2_000L

        /** Milliseconds before a code ends in which the next is fetched, so that nobody scans a dead one. */
        const val EARLY_MS = 5_000L
    }
}

/** A page, from 0, to look at and to hear. */
private fun OpenCertificateInterface.sheet(number: Int, pxPerMm: Float): Pair<DrawnPage, PageFacts> =
    drawPage(number.toUInt(), pxPerMm) to pageFacts(number.toUInt())

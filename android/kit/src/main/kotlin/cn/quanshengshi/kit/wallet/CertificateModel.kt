package cn.quanshengshi.kit.wallet

import cn.quanshengshi.core.Handset
import cn.quanshengshi.core.ShownCertificate
import cn.quanshengshi.core.TextLanguage
import cn.quanshengshi.core.VerificationLine
import cn.quanshengshi.kit.Model
import cn.quanshengshi.kit.cancelling
import cn.quanshengshi.kit.next.Trouble
import cn.quanshengshi.kit.next.orTrouble
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.delay
import kotlinx.coroutines.withContext

/** Pixels a millimetre: sharp on a phone, small enough to draw at once. */
private const val PX_PER_MM = 8f

/** What one certificate's screen shows. */
sealed interface CertificateState {
    /** It is opened, verified and drawn. */
    data object Loading : CertificateState

    /**
     * The copy as verified just now: its page, its seal, and `mark`, the line that must lie over the picture. `code`
     * is for whoever wants to check it; without one `codeTrouble` says why, and the copy stays.
     */
    data class Shown(
        val certificate: ShownCertificate,
        val code: VerificationLine? = null,
        val codeTrouble: Trouble? = null,
    ) : CertificateState {
        /** The watermark of the picture. */
        val watermark: String get() = certificate.mark
    }

    /** It cannot be shown. */
    data class InTrouble(val trouble: Trouble) : CertificateState
}

/** One kept certificate. */
class CertificateModel(
    private val handset: Handset,
    private val certificate: String,
    private val language: TextLanguage,
) : Model<CertificateState>(CertificateState.Loading) {
    /** Opens, verifies and draws the copy; needs no network. */
    suspend fun open(pxPerMm: Float = PX_PER_MM) {
        val wallet = handset.wallet()
        val shown = orTrouble(language, { show(CertificateState.InTrouble(it)) }) {
            withContext(Dispatchers.Default) { wallet.use { it.show(certificate, pxPerMm) } }
        }
        if (shown != null) show(CertificateState.Shown(shown))
    }

    /** Gets a code to be checked by, once; gives the milliseconds after which to ask again. */
    suspend fun newCode(): Long {
        val shown = state.value as? CertificateState.Shown ?: return LATER_MS
        var trouble: Trouble? = null
        val code = handset.wallet().use { wallet ->
            orTrouble(language, { trouble = it }) { cancelling { wallet.verificationCode(certificate, it) } }
        }
        // An old code must not stay when there is no new one: it opens nothing any more.
        show(shown.copy(code = code, codeTrouble = trouble))
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

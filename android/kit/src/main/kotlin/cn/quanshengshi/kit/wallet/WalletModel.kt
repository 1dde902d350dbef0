package cn.quanshengshi.kit.wallet

import cn.quanshengshi.core.Handset
import cn.quanshengshi.core.SubjectLine
import cn.quanshengshi.core.TextLanguage
import cn.quanshengshi.core.WalletLine
import cn.quanshengshi.kit.Model
import cn.quanshengshi.kit.cancelling
import cn.quanshengshi.kit.next.Remedy
import cn.quanshengshi.kit.next.Trouble
import cn.quanshengshi.kit.next.orTrouble
import cn.quanshengshi.kit.texts.Say
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext

/** Days before its end in which a certificate is spoken of on top of the list. */
private const val SOON_DAYS = 30L

/** What the wallet shows. */
sealed interface WalletState {
    /** The list is being read. */
    data object Loading : WalletState

    /** Nothing is kept: what to do about it. */
    data class Empty(val say: String, val remedy: Remedy) : WalletState

    /** The kept certificates that match `query` and `subject`. `offline` is the line to show without a network. */
    data class Listed(
        val lines: List<WalletLine>,
        val subjects: List<SubjectLine>,
        val query: String,
        val subject: String?,
        val offline: String?,
    ) : WalletState {
        /** Those that end soon, for the notice on top. */
        val endingSoon: List<WalletLine>
            get() = lines.filter { line -> line.daysLeft?.let { it in 0..SOON_DAYS } ?: false }
    }

    /** The wallet cannot be read. */
    data class InTrouble(val trouble: Trouble) : WalletState
}

/** The certificates on this phone. Reads without a network. */
class WalletModel(private val handset: Handset, private val language: TextLanguage) :
    Model<WalletState>(WalletState.Loading) {
    private var query = ""
    private var subject: String? = null
    private var offline = false

    /** Reads the list. */
    suspend fun load() {
        val wallet = handset.wallet()
        val read = orTrouble(language, { show(WalletState.InTrouble(it)) }) {
            withContext(Dispatchers.IO) { wallet.use { Pair(it.search(query), it.subjects()) } }
        } ?: return
        val (found, subjects) = read
        if (subjects.isEmpty()) return show(WalletState.Empty(Say.WALLET_EMPTY.text(language), Remedy.SCAN))
        // The chosen holder's last certificate may be gone.
        subject = subject?.takeIf { chosen -> subjects.any { it.subject == chosen } }
        val lines = found.filter { subject == null || it.subject == subject }
        val mark = Say.WALLET_OFFLINE.text(language).takeIf { offline }
        show(WalletState.Listed(lines, subjects, query, subject, mark))
    }

    /** Shows what holds every word of a text. */
    suspend fun search(text: String) {
        query = text
        load()
    }

    /** Shows one holder's certificates; all for none. */
    suspend fun choose(holder: String?) {
        subject = holder
        load()
    }

    /** Asks the portal whether what is kept still holds. No network is no trouble here: the list stays. */
    suspend fun refresh() {
        var trouble: Trouble? = null
        handset.wallet().use { wallet ->
            orTrouble(language, { trouble = it }) { cancelling { wallet.refresh(it) } }
        }
        offline = trouble?.afterMs != null
        val other = trouble?.takeIf { it.afterMs == null }
        if (other == null) load() else show(WalletState.InTrouble(other))
    }

    /** Removes a certificate from this phone. */
    suspend fun forget(certificate: String) {
        val wallet = handset.wallet()
        val gone = orTrouble(language, { show(WalletState.InTrouble(it)) }) {
            withContext(Dispatchers.IO) { wallet.use { it.forget(certificate) } }
        }
        if (gone != null) load()
    }
}

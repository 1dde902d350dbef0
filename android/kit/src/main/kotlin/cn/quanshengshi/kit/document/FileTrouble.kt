package cn.quanshengshi.kit.document

import cn.quanshengshi.core.TextLanguage
import cn.quanshengshi.kit.next.Remedy
import cn.quanshengshi.kit.next.Trouble
import cn.quanshengshi.kit.texts.Say

/** Why a file of others is not shown, where the core does not know: it never saw it, or the platform draws it. */
enum class FileTrouble(private val say: Say, private val remedies: List<Remedy>) {
    /** Longer than [MOST_BYTES], or than this phone has room for. */
    FILE_TOO_LARGE(Say.FILE_TOO_LARGE, listOf(Remedy.OPEN_FILE, Remedy.HOME)),

    /** Whoever lends it does not any more, or cannot. */
    FILE_UNREACHABLE(Say.FILE_UNREACHABLE, listOf(Remedy.RETRY, Remedy.OPEN_FILE, Remedy.HOME)),

    /** A PDF under a password. */
    PDF_LOCKED(Say.PDF_LOCKED, listOf(Remedy.OPEN_FILE, Remedy.HOME)),

    /** A PDF of which the platform's renderer draws no page. */
    PDF_UNDRAWN(Say.PDF_UNDRAWN, listOf(Remedy.OPEN_FILE, Remedy.HOME)),
    ;

    /** What to say and the ways on. */
    fun trouble(language: TextLanguage): Trouble = Trouble(name, say.text(language), remedies)
}

package cn.quanshengshi.kit.document

import cn.quanshengshi.core.CertificateFile
import cn.quanshengshi.core.DrawnPage
import cn.quanshengshi.core.FileKind
import cn.quanshengshi.core.PageFacts
import cn.quanshengshi.core.PdfFacts
import cn.quanshengshi.core.SealReport
import cn.quanshengshi.core.TextLanguage
import cn.quanshengshi.core.fileKind
import cn.quanshengshi.core.pdfFacts
import cn.quanshengshi.core.verifySeals
import cn.quanshengshi.kit.Held
import cn.quanshengshi.kit.Model
import cn.quanshengshi.kit.next.Remedy
import cn.quanshengshi.kit.next.Trouble
import cn.quanshengshi.kit.next.orTrouble
import cn.quanshengshi.kit.wallet.PX_PER_MM
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import java.nio.ByteBuffer
import kotlin.math.sqrt

/** Pixels of a page's largest picture: 32 MB where it is shown. */
private const val MOST_PIXELS = 8_000_000f

/** Pixels of its longer side, which every phone can show. */
private const val MOST_SIDE = 4_096f

/** What the screen of a file of others shows. */
sealed interface DocumentState {
    /** It is read, judged and drawn. */
    data object Opening : DocumentState

    /**
     * An OFD: page `number`, from 0, of `count`, and the verdict on its seals, which must stand beside it. A page that
     * cannot be drawn leaves the one before, and `pageTrouble` says why. `facts` are the page's, with its words for a
     * screen reader.
     */
    data class Pages(
        val page: DrawnPage,
        val facts: PageFacts,
        val number: Int,
        val count: Int,
        val title: String?,
        val seals: SealReport,
        val pageTrouble: Trouble? = null,
    ) : DocumentState

    /** A PDF for the platform's renderer: `file` is all of it, and `warnings` must stand beside it. */
    class Pdf(val facts: PdfFacts, val file: ByteBuffer) : DocumentState {
        /** That nobody judged it, and what to beware of in its signatures, each sentence once. */
        val warnings: List<String> get() = (listOf(facts.text) + facts.signatures.mapNotNull { it.text }).distinct()
    }

    /** It cannot be shown. */
    data class InTrouble(val trouble: Trouble) : DocumentState
}

/**
 * A certificate file of anybody. `roots` are what its seals may hang on, files of certificates; without them no issuer
 * is known. Needs no network and no handset. Close the model with its screen, so that nothing of the file stays.
 */
class DocumentModel(
    private val source: DocumentSource,
    private val roots: List<ByteArray>,
    private val language: TextLanguage,
) : Model<DocumentState>(DocumentState.Opening),
    AutoCloseable {
    private var opened: Held<CertificateFile>? = null
    private var wanted = 0

    /**
     * Reads the file, judges its seals as of `nowMs`, milliseconds since 1970, and draws its first page: at `pxPerMm`,
     * or smaller where that would be more than a phone can show.
     */
    suspend fun open(nowMs: Long = System.currentTimeMillis(), pxPerMm: Float = PX_PER_MM) {
        close()
        wanted = 0
        show(DocumentState.Opening)
        // Blocks as long as whoever lends it pleases.
        when (val read = withContext(Dispatchers.IO) { source.read() }) {
            is Reading.Failed -> failed(read.why)
            is Reading.Whole ->
                if (fileKind(read.bytes) == FileKind.PDF) pdf(read.bytes) else ofd(read.bytes, nowMs, pxPerMm)
        }
    }

    /** Draws another page of an OFD, from 0; the last one asked for is shown. One that is not there changes nothing. */
    suspend fun turn(to: Int, pxPerMm: Float = PX_PER_MM) {
        val count = (state.value as? DocumentState.Pages)?.count ?: 0
        val file = opened?.takeIf { to in 0 until count } ?: return
        wanted = to
        var trouble: Trouble? = null
        val sheet = orTrouble(language, { trouble = it }) { file.call { it.sheet(to, pxPerMm) } }
        // Whoever turns faster than pages are drawn sees the page they stopped at.
        val shown = (state.value as? DocumentState.Pages)?.takeIf { wanted == to } ?: return
        val next = sheet?.let { (page, facts) ->
            shown.copy(page = page, facts = facts, number = to, pageTrouble = null)
        }
        show(next ?: shown.copy(pageTrouble = trouble))
    }

    /** The host cannot show it. */
    fun failed(why: FileTrouble) {
        close()
        show(DocumentState.InTrouble(why.trouble(language)))
    }

    override fun close() {
        opened?.letGo()
        opened = null
    }

    private suspend fun pdf(bytes: ByteBuffer) {
        val facts = tried { withContext(Dispatchers.Default) { pdfFacts(bytes, language) } } ?: return
        show(DocumentState.Pdf(facts, bytes))
    }

    /** What is no OFD either, the core refuses here, in its own words. */
    private suspend fun ofd(bytes: ByteBuffer, nowMs: Long, pxPerMm: Float) {
        val (seals, file) = tried {
            withContext(Dispatchers.Default) {
                val seals = verifySeals(bytes, roots, emptyList(), nowMs.toULong(), language)
                Pair(seals, CertificateFile.open(bytes))
            }
        } ?: return
        val (count, title) = file.pageCount().toInt() to file.title()
        val held = Held(file)
        opened = held
        val (page, facts) = tried { held.call { it.sheet(0, pxPerMm) } } ?: return close()
        show(DocumentState.Pages(page, facts, 0, count, title, seals))
    }

    /** What the core refuses is no certificate; another file may be one. */
    private suspend fun <T> tried(call: suspend () -> T): T? =
        orTrouble(
            language,
            { show(DocumentState.InTrouble(it.copy(remedies = listOf(Remedy.OPEN_FILE) + it.remedies))) },
            call,
        )
}

/** A page, from 0, at a scale, or at the one that can be shown: a file may say that its page is as large as a house. */
private fun CertificateFile.sheet(number: Int, pxPerMm: Float): Pair<DrawnPage, PageFacts> {
    val page = pageFacts(number.toUInt())
    val fits = sqrt(MOST_PIXELS / (page.widthMm * page.heightMm))
    val side = MOST_SIDE / maxOf(page.widthMm, page.heightMm)
    return drawPage(number.toUInt(), minOf(pxPerMm, fits, side), null) to page
}

package cn.quanshengshi.kit

import cn.quanshengshi.core.PdfCoverage
import cn.quanshengshi.core.SealVerdict
import cn.quanshengshi.core.TextLanguage
import cn.quanshengshi.kit.document.DocumentModel
import cn.quanshengshi.kit.document.DocumentSource
import cn.quanshengshi.kit.document.DocumentState
import cn.quanshengshi.kit.document.FileTrouble
import cn.quanshengshi.kit.document.MOST_BYTES
import cn.quanshengshi.kit.next.Remedy
import cn.quanshengshi.kit.next.Trouble
import cn.quanshengshi.kit.texts.Say
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import java.io.IOException
import java.io.InputStream
import kotlin.test.Test
import kotlin.test.assertContentEquals
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertIs
import kotlin.test.assertNull
import kotlin.test.assertTrue

/** 2026-11-24: when the seals are judged. */
private const val NOW_MS = 1_795_431_120_000

/** A file of anybody, over the real library; needs no portal. */
class DocumentModelTest {
    @Test
    fun `an OFD is judged, drawn and turned, and a page that is not there changes nothing`() =
        with(fixture("two_pages.ofd")) { model ->
            val first = assertIs<DocumentState.Pages>(model.state.value)
            assertEquals(listOf(0, 2), listOf(first.number, first.count))
            assertEquals(SealVerdict.UNSIGNED, first.seals.verdict)
            assertTrue(first.seals.text.isNotBlank() && first.page.height > first.page.width)
            assertTrue("营业执照" in first.facts.text)
            model.turn(1)
            val second = assertIs<DocumentState.Pages>(model.state.value)
            assertTrue(second.number == 1 && second.page.width > second.page.height, "the second lies across")
            assertTrue(second.facts != first.facts, "a screen reader hears the page in sight")
            for (nowhere in listOf(2, -1)) model.turn(nowhere)
            assertEquals<DocumentState>(second, model.state.value)
            // However large, a page becomes no larger than can be shown.
            model.turn(0, pxPerMm = 1_000f)
            val large = assertIs<DocumentState.Pages>(model.state.value).page
            assertTrue(large.width * large.height in 7_900_000u..8_010_000u, "${large.width} by ${large.height}")
            model.turn(1)
            // A page that cannot be drawn leaves the one in sight.
            model.turn(0, pxPerMm = 0f)
            val left = assertIs<DocumentState.Pages>(model.state.value)
            assertEquals("PAGE_UNDRAWN", left.pageTrouble?.code)
            assertEquals(1 to second.page.width, left.number to left.page.width)
            model.close()
            model.turn(0)
            assertEquals<DocumentState>(left, model.state.value)
        }

    @Test
    fun `a screen that ends while a page is drawn takes nothing away from under it`() =
        runBlocking {
            repeat(TRIES) {
                val model = DocumentModel(Lent(fixture("two_pages.ofd")), emptyList(), TextLanguage.ZH)
                model.open(NOW_MS, pxPerMm = 1f)
                // It runs as far as the other thread, and the model is closed at once.
                val turning = launch(start = CoroutineStart.UNDISPATCHED) { model.turn(1, pxPerMm = 1f) }
                model.close()
                turning.join()
                assertFalse(turning.isCancelled)
            }
        }

    @Test
    fun `a PDF is told about and given whole to whoever draws it`() {
        val bytes = fixture("two_pages.pdf")
        with(bytes) { model ->
            val pdf = assertIs<DocumentState.Pdf>(model.state.value)
            assertEquals(2u, pdf.facts.pages)
            assertEquals(listOf<PdfCoverage>(PdfCoverage.WholeFile), pdf.facts.signatures.map { it.coverage })
            assertEquals(listOf(pdf.facts.text), pdf.warnings)
            assertContentEquals(bytes, ByteArray(pdf.file.remaining()).also { pdf.file.duplicate().get(it) })
        }
        // Something was added after the signature.
        with(bytes + "\n% more\n".toByteArray()) { model ->
            val pdf = assertIs<DocumentState.Pdf>(model.state.value)
            assertEquals(listOf(pdf.facts.text, pdf.facts.signatures.single().text), pdf.warnings)
        }
    }

    @Test
    fun `what is no certificate file is refused in the core's words`() {
        val pdf = fixture("two_pages.pdf")
        val ofd = fixture("two_pages.ofd")
        refused(pdf.copyOf(pdf.size / 2), "PDF_UNREADABLE")
        refused("%PDF-1.7 ".toByteArray(), "PDF_UNREADABLE")
        refused(ofd.copyOf(ofd.size / 2), "FILE_UNREADABLE")
        refused("no file".toByteArray(), "FILE_UNREADABLE")
        refused(ByteArray(0), "FILE_UNREADABLE")
    }

    @Test
    fun `a file that is too long is not opened, and one that lies about it is not read to its end`() {
        val told = Lent(MOST_BYTES + 1L) { error("opened") }
        assertEquals(trouble(FileTrouble.FILE_TOO_LARGE), shown(told))
        assertEquals(0, told.opened)
        for (said in listOf(null, 10L, -1L, MOST_BYTES.toLong())) {
            val endless = Endless()
            assertEquals(trouble(FileTrouble.FILE_TOO_LARGE), shown(Lent(said) { endless }), "told $said")
            assertTrue(endless.given <= MOST_BYTES + SLACK, "${endless.given} bytes")
            assertTrue(endless.closed)
        }
    }

    @Test
    fun `a length that is wrong or not told hinders nothing`() {
        val bytes = fixture("two_pages.pdf")
        for (told in listOf(null, 0L, 1L, -7L, bytes.size + 1_000L)) {
            val model = DocumentModel(Lent(bytes, told), emptyList(), TextLanguage.ZH)
            runBlocking { model.open(NOW_MS) }
            assertEquals(bytes.size, assertIs<DocumentState.Pdf>(model.state.value, "told $told").file.remaining())
        }
    }

    @Test
    fun `a file that is gone can be asked for again`() {
        var there = false
        val source = object : DocumentSource {
            override fun size(): Long? = if (there) null else throw IOException("gone")

            override fun open() = fixture("sample.ofd").inputStream()
        }
        val model = DocumentModel(source, emptyList(), TextLanguage.EN)
        runBlocking { model.open(NOW_MS) }
        val gone = assertIs<DocumentState.InTrouble>(model.state.value).trouble
        assertEquals(listOf(Remedy.RETRY, Remedy.OPEN_FILE, Remedy.HOME), gone.remedies)
        assertEquals(Say.FILE_UNREACHABLE.text(TextLanguage.EN), gone.text)
        there = true
        runBlocking { model.open(NOW_MS) }
        assertNull(assertIs<DocumentState.Pages>(model.state.value).pageTrouble)
        model.failed(FileTrouble.PDF_LOCKED)
        assertEquals("PDF_LOCKED", assertIs<DocumentState.InTrouble>(model.state.value).trouble.code)
    }

    private fun with(bytes: ByteArray, test: suspend (DocumentModel) -> Unit) =
        runBlocking {
            DocumentModel(Lent(bytes), emptyList(), TextLanguage.ZH).use {
                it.open(NOW_MS)
                test(it)
            }
        }

    private fun refused(bytes: ByteArray, code: String) =
        with(bytes) { model ->
            val trouble = assertIs<DocumentState.InTrouble>(model.state.value, code).trouble
            assertEquals(code to listOf(Remedy.OPEN_FILE, Remedy.HOME), trouble.code to trouble.remedies)
        }

    private fun shown(source: DocumentSource): DocumentState =
        DocumentModel(source, emptyList(), TextLanguage.ZH).use {
            runBlocking { it.open(NOW_MS) }
            it.state.value
        }

    private fun trouble(why: FileTrouble): DocumentState =
        DocumentState.InTrouble(
            Trouble(why.name, Say.valueOf(why.name).text(TextLanguage.ZH), listOf(Remedy.OPEN_FILE, Remedy.HOME)),
        )

    private companion object {
        /** What a stream hands out at once, beyond what is kept. */
        const val SLACK = 1 shl 20
        const val TRIES = 20
    }
}

/** A file without an end. */
private class Endless : InputStream() {
    var given = 0L
        private set
    var closed = false
        private set

    override fun read(): Int = 0.also { given += 1 }

    override fun read(into: ByteArray, from: Int, most: Int): Int = most.also { given += it }

    override fun close() {
        closed = true
    }
}

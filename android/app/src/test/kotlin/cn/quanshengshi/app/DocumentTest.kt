package cn.quanshengshi.app

import android.app.Activity
import android.content.Intent
import android.net.Uri
import cn.quanshengshi.app.document.sizeOf
import cn.quanshengshi.app.screens.PageView
import cn.quanshengshi.core.TextLanguage
import cn.quanshengshi.kit.document.MOST_BYTES
import cn.quanshengshi.kit.fixture
import cn.quanshengshi.kit.texts.Say
import org.apache.pdfbox.Loader
import org.apache.pdfbox.pdmodel.encryption.AccessPermission
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy
import org.junit.Before
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config
import java.io.ByteArrayOutputStream
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertNotEquals
import kotlin.test.assertTrue

/** Certificate files of others, handed over by another app or picked. No portal is asked. */
@RunWith(RobolectricTestRunner::class)
@Config(shadows = [PdfboxRenderer::class, PdfboxRenderer.Page::class])
class DocumentTest {
    @get:Rule
    val folder = TemporaryFolder()

    private lateinit var others: LentFiles

    @Before
    fun phone() {
        TestPhone.now = TestPhone(folder.root.toPath())
        others = LentFiles.start()
    }

    @Test
    fun `an OFD of another app is shown with the verdict on its seals and turned`() {
        val window = handedOver(others.lend("two.ofd", fixture("two_pages.ofd")))
        window.untilSeen("1 / 2")
        assertTrue(window.secure)
        assertTrue(window.sees(zh(Say.DOCUMENT_TITLE)) && window.sees("印章"), "${window.words}")
        val first = page(window)
        assertTrue("1 / 2" in first.contentDescription)
        window.shot("13-document-ofd")
        window.tap(zh(Say.PAGE_AFTER))
        window.untilSeen("2 / 2")
        assertNotEquals(first, page(window))
        page(window).turned(-1)
        window.untilSeen("1 / 2")
        page(window).zoom(3f, 1f, 1f)
        window.shot("13-document-ofd-large")
        window.activity.back()
        window.untilSeen(zh(Say.HERO))
        assertFalse(window.secure)
        window.close()
    }

    @Test
    fun `a PDF picked in the wallet is drawn with what is to be said of it and leaves nothing behind`() {
        // Something was added after it was signed.
        val file = others.lend("two.pdf", fixture("two_pages.pdf") + "\n% more\n".toByteArray())
        val window = Window()
        window.untilSeen(zh(Say.HERO))
        window.tap(zh(Say.TAB_WALLET))
        window.untilSeen(zh(Say.WALLET_EMPTY))
        pick(window, file)
        window.untilSeen("1 / 2")
        assertTrue(window.secure && window.sees("不核验 PDF 签名") && window.sees("签名之后文件又有增添"), "${window.words}")
        val picture = window.shot("13-document-pdf")
        assertTrue(picture.inked(), "a page without a sign")
        assertEquals(0xffffffff.toInt(), picture.getPixel(picture.width / 2, picture.height / 2), "paper is white")
        window.tap(zh(Say.PAGE_AFTER))
        window.untilSeen("2 / 2")
        window.shot("13-document-pdf-second")
        assertEquals(emptyList(), window.activity.cacheDir.list().orEmpty().toList())
        window.activity.back()
        window.untilSeen(zh(Say.WALLET_EMPTY))
        window.until("the renderer to be closed") { PdfboxRenderer.left == 0 }
        // A picker that is left without a choice changes nothing.
        window.tap(zh(Say.OPEN_FILE))
        answer(window, Activity.RESULT_CANCELED, null)
        window.untilSeen(zh(Say.WALLET_EMPTY))
        window.close()
    }

    @Test
    fun `a second file takes the place of the first and both end at home`() {
        val window = handedOver(others.lend("two.ofd", fixture("two_pages.ofd")))
        window.untilSeen("1 / 2")
        window.controller.newIntent(LentFiles.handedOver(others.lend("two.pdf", fixture("two_pages.pdf"))))
        window.untilSeen("不核验 PDF 签名")
        window.activity.back()
        window.untilSeen(zh(Say.HERO))
        window.close()
    }

    @Test
    fun `a file is there again after the process ended, or can be asked for again`() {
        val file = others.lend("sample.ofd", fixture("sample.ofd"))
        var window = handedOver(file)
        window.until("the page") { window.parts().any { it is PageView } }
        window = Window(window.killed())
        window.until("the page again") { window.parts().any { it is PageView } }
        others.granted = false
        window = Window(window.killed())
        window.untilSeen(zh(Say.FILE_UNREACHABLE))
        assertEquals(listOf(Say.RETRY, Say.OPEN_FILE, Say.HOME).map(::zh), window.buttons)
        window.shot("13-document-gone")
        others.granted = true
        window.tap(zh(Say.RETRY))
        window.until("the page once more") { window.parts().any { it is PageView } }
        // Left by the person, it does not come back.
        window.activity.back()
        window.untilSeen(zh(Say.HERO))
        window = Window(window.killed())
        window.untilSeen(zh(Say.HERO))
        assertTrue(window.parts().none { it is PageView })
        window.close()
    }

    @Test
    fun `whatever a provider does is a trouble with ways on, and never the end of the app`() {
        val ofd = fixture("sample.ofd")
        val cases = mapOf(
            others.lend("refused", LentFile.failing { SecurityException("no") }) to Say.FILE_UNREACHABLE,
            others.lend("defect", LentFile.failing { IllegalStateException("oops") }) to Say.FILE_UNREACHABLE,
            others.lend("silent", LentFile.failing(silent = true) { SecurityException("no") }) to Say.FILE_UNREACHABLE,
            Uri.parse("content://cn.somebody.files/unknown") to Say.FILE_UNREACHABLE,
            Uri.parse("content://cn.nobody.at.all/file") to Say.FILE_UNREACHABLE,
            others.lend("large", ofd, told = MOST_BYTES + 1L) to Say.FILE_TOO_LARGE,
            others.lend("locked", locked()) to Say.PDF_LOCKED,
            others.lend("hollow", "%PDF-1.7\n%%EOF\n".toByteArray()) to Say.PDF_UNDRAWN,
        )
        val window = Window()
        window.untilSeen(zh(Say.HERO))
        for ((file, say) in cases) {
            window.controller.newIntent(LentFiles.handedOver(file))
            window.untilSeen(zh(say))
            assertTrue(zh(Say.OPEN_FILE) in window.buttons && zh(Say.HOME) in window.buttons, "$file")
            if (say == Say.PDF_LOCKED) window.shot("13-document-locked")
            window.tap(zh(Say.HOME))
            window.untilSeen(zh(Say.HERO))
        }
        assertEquals(2, others.opened, "what is told to be too large is not opened, what is refused neither")
        // One that says nothing of its length, and lends it, is shown.
        window.controller.newIntent(LentFiles.handedOver(others.lend("shy", LentFile({ null }, { ofd }))))
        window.until("the page") { window.parts().any { it is PageView } }
        // What is no certificate is refused in the core's words, and another file is a tap away.
        window.controller.newIntent(LentFiles.handedOver(others.lend("note", "no file".toByteArray())))
        window.untilSeen("FILE_UNREADABLE")
        pick(window, others.lend("sample.ofd", ofd))
        window.until("the page") { window.parts().any { it is PageView } }
        window.close()
    }

    @Test
    fun `only what its owner lends is opened, and only once`() {
        val secret = folder.newFile("secret.ofd").apply { writeBytes(fixture("sample.ofd")) }
        val file = others.lend("sample.ofd", fixture("sample.ofd"))
        val again = LentFiles.handedOver(file).addFlags(Intent.FLAG_ACTIVITY_LAUNCHED_FROM_HISTORY)
        for (intent in listOf(LentFiles.handedOver(Uri.fromFile(secret)), again, Intent(Intent.ACTION_SEND, file))) {
            val window = Window(intent = intent)
            window.untilSeen(zh(Say.HERO))
            window.killed()
        }
        // Nor does a picker make it open more.
        val window = Window()
        window.untilSeen(zh(Say.HERO))
        window.tap(zh(Say.TAB_WALLET))
        window.untilSeen(zh(Say.WALLET_EMPTY))
        pick(window, Uri.fromFile(secret))
        window.untilSeen(zh(Say.FILE_UNREACHABLE))
        assertEquals(0, others.opened)
        window.close()
    }

    @Test
    fun `a picture of a page is as wide as asked and never too large`() {
        assertEquals(1000 to 1500, sizeOf(500, 750, 1000))
        for ((wide, high) in listOf(595 to 842, 842 to 595, 1 to 14_400, 14_400 to 1, 14_400 to 14_400)) {
            val (across, down) = sizeOf(wide, high, 2160)
            assertTrue(across in 1..4096 && down in 1..4096 && across * down <= 6_000_000, "$across by $down")
        }
    }

    private fun handedOver(file: Uri) = Window(intent = LentFiles.handedOver(file))

    private fun pick(window: Window, file: Uri) {
        window.tap(zh(Say.OPEN_FILE))
        answer(window, Activity.RESULT_OK, Intent().setData(file))
    }

    private fun answer(window: Window, result: Int, answer: Intent?) {
        val asked = shadowOf(window.activity).nextStartedActivityForResult
        assertEquals(Intent.ACTION_OPEN_DOCUMENT to "*/*", asked.intent.action to asked.intent.type)
        shadowOf(window.activity).receiveResult(asked.intent, result, answer)
    }

    private fun page(window: Window) = window.parts().filterIsInstance<PageView>().single()

    /** The PDF of the fixtures under a password. */
    private fun locked(): ByteArray =
        Loader.loadPDF(fixture("two_pages.pdf")).use { document ->
            document.protect(StandardProtectionPolicy("owner", "reader", AccessPermission()))
            ByteArrayOutputStream().also(document::save).toByteArray()
        }

    private fun zh(say: Say) = say.text(TextLanguage.ZH)
}

/** Whether something is written in the middle of the picture, where the page lies. */
private fun android.graphics.Bitmap.inked(): Boolean {
    val row = IntArray(width)
    return (height / 3 until height * 2 / 3).any { y ->
        getPixels(row, 0, width, 0, y, width, 1)
        row.any { it and 0xff < 0x60 && it shr 8 and 0xff < 0x60 }
    }
}

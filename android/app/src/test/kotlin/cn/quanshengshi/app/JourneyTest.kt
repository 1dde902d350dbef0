package cn.quanshengshi.app

import android.Manifest
import android.content.ContentResolver
import android.content.Intent
import android.graphics.Bitmap
import android.graphics.BitmapFactory
import android.net.Uri
import android.os.SystemClock
import android.provider.OpenableColumns
import android.view.MotionEvent
import android.view.View
import android.widget.EditText
import cn.quanshengshi.app.copy.Copies
import cn.quanshengshi.app.screens.CertificateScreen
import cn.quanshengshi.app.screens.PageView
import cn.quanshengshi.core.FacePrompt
import cn.quanshengshi.core.QssException
import cn.quanshengshi.core.TaskStage
import cn.quanshengshi.core.TextLanguage
import cn.quanshengshi.core.faceNotice
import cn.quanshengshi.kit.LongerCertificate
import cn.quanshengshi.kit.Pc
import cn.quanshengshi.kit.PcPage
import cn.quanshengshi.kit.Person
import cn.quanshengshi.kit.PersonCamera
import cn.quanshengshi.kit.Phone
import cn.quanshengshi.kit.PortalProcess
import cn.quanshengshi.kit.StillCamera
import cn.quanshengshi.kit.cancelling
import cn.quanshengshi.kit.fixture
import cn.quanshengshi.kit.pictured
import cn.quanshengshi.kit.texts.Say
import cn.quanshengshi.kit.texts.sayOf
import cn.quanshengshi.kit.wallet.CertificateModel
import kotlinx.coroutines.runBlocking
import org.junit.Assume.assumeTrue
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadows.ShadowDialog
import java.io.File
import java.io.FileNotFoundException
import java.nio.file.Path
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertFalse
import kotlin.test.assertIs
import kotlin.test.assertNotEquals
import kotlin.test.assertNotNull
import kotlin.test.assertTrue

private const val PX_PER_MM = 8f
private const val BEST = 100

/** The whole app, tapped through against a running portal. */
@RunWith(RobolectricTestRunner::class)
class JourneyTest {
    @get:Rule
    val folder = TemporaryFolder()

    private lateinit var phone: TestPhone
    private lateinit var window: Window

    /** The rendered, invented representative of the sample enterprise. */
    private val person = Person(Path.of("../../tests/fixtures/people/p01"))

    @Test
    fun `a task that is killed and paused in the middle ends well, and its certificate is shown without a network`() =
        withPortal { portal ->
            val pc = Pc(portal)
            val waiting = pc.registerEnterprise()
            scan(pc.again(waiting))
            asked()
            consented()
            captured()
            assertEquals("done", pc.stateOf(waiting))
            window.shot("06-result")
            window.tap(zh(Say.DONE))
            window.untilSeen(zh(Say.HERO))
            assertFalse(window.sees(zh(Say.OPEN_TASK)))

            fetched(pc)
            certificate()
            logged()
            lost(portal, pc)
            portal.close()
            offline()
            window.close()
        }

    @Test
    fun `not me is told to the PC and the screen says that it is over`() =
        withPortal { portal ->
            val pc = Pc(portal)
            val waiting = pc.registerEnterprise()
            scan(pc.again(waiting))
            // Left by the back key the task stays, and the home screen leads back to it.
            window.activity.back()
            window.untilSeen(zh(Say.OPEN_TASK))
            window.shot("01-home-open-task")
            window.tap(zh(Say.OPEN_TASK))
            window.untilSeen(zh(Say.ASK_NO))
            interrupted()
            window.tap(zh(Say.OPEN_TASK))
            window.untilSeen(zh(Say.ASK_NO))
            window.tap(zh(Say.ASK_YES))
            window.untilSeen(zh(Say.CONSENT_NO))
            window.tap(zh(Say.CONSENT_NO))
            window.untilSeen(zh(Say.WAYS_TITLE))
            window.shot("05-ways")
            window.activity.back()
            window.untilSeen(zh(Say.CONSENT_NO))
            window.activity.back()
            window.untilSeen(zh(Say.ASK_NO))
            window.tap(zh(Say.ASK_NO))
            window.untilSeen(zh(Say.RESULT_ENDED))
            assertNotEquals("waiting", pc.stateOf(waiting))
            window.shot("06-not-me")
            window.close()
        }

    /** Another app hands a file over in the middle of a task: it is shown, and the task waits. */
    private fun interrupted() {
        val file = LentFiles.start().lend("sample.ofd", fixture("sample.ofd"))
        window.controller.newIntent(LentFiles.handedOver(file))
        window.untilSeen(zh(Say.DOCUMENT_TITLE))
        window.until("the page") { window.parts().any { it is PageView } }
        killAndStart()
        window.until("the page again") { window.parts().any { it is PageView } }
        window.activity.back()
        window.untilSeen(zh(Say.OPEN_TASK))
    }

    private fun scan(page: PcPage) {
        phone.seen = StillCamera(listOf(page.pictured()))
        window.tap(zh(Say.SCAN))
        window.untilSeen(zh(Say.ASK_NO))
        assertFalse(assertNotNull(phone.camera).open)
        assertFalse(phone.camera!!.front)
    }

    /** Killed while it was asked: the question is there again, exactly. */
    private fun asked() {
        assertTrue(window.secure && window.sees("北疆云杉科技") && window.sees("139****0037"))
        window.shot("03-ask")
        val before = window.words
        killAndStart()
        window.untilSeen(zh(Say.ASK_NO))
        assertEquals(before, window.words)
        window.tap(zh(Say.ASK_YES))
    }

    /** Killed after the consent: the capture is ready to begin. */
    private fun consented() {
        window.untilSeen(zh(Say.CONSENT_YES))
        assertTrue(window.secure && zh(Say.CONSENT_NO) in window.buttons)
        window.shot("04-consent")
        window.tap(zh(Say.READ_ALOUD))
        assertTrue(phone.said.single().contains(faceNotice(1u, ZH).parts.first().text))
        window.tap(zh(Say.CONSENT_YES))
        window.untilSeen(zh(Say.FACE_START))
        phone.seen = PersonCamera(person, ::prompted)
        killAndStart()
        window.untilSeen(zh(Say.FACE_START))
        assertTrue(window.secure && phone.camera!!.open && phone.camera!!.front)
        window.shot("05-capture-ready")
    }

    /** Paused in the middle of the acts: the camera is given back, and another try costs nothing. */
    private fun captured() {
        window.tap(zh(Say.FACE_START))
        window.until("the first act") { window.words.any { it.startsWith("${zh(Say.STEP)} 1") } }
        window.shot("05-capture")
        window.controller.pause()
        assertFalse(phone.camera!!.open)
        window.until("a capture that ended") { window.sees(zh(Say.RETRY)) }
        window.controller.resume()
        assertTrue(phone.camera!!.open)
        window.shot("05-capture-lost")
        window.tap(zh(Say.RETRY))
        window.untilSeen(zh(Say.FACE_START))
        assertTrue(window.sees("${zh(Say.ATTEMPT)} 1"))
        prove()
        assertTrue(phone.said.size > 2, "${phone.said}")
    }

    private fun prove() {
        phone.seen = PersonCamera(person, ::prompted)
        window.controller.pause().resume()
        window.tap(zh(Say.FACE_START))
        window.untilSeen(zh(Say.RESULT_APPROVED))
        window.untilSeen(zh(Say.RECEIPT_NUMBER))
    }

    private fun fetched(pc: Pc) {
        pc.signIn()
        scan(pc.again(pc.askForCopy("营业执照")))
        window.tap(zh(Say.ASK_YES))
        window.untilSeen(zh(Say.CONSENT_YES))
        window.tap(zh(Say.CONSENT_YES))
        window.untilSeen(zh(Say.FACE_START))
        prove()
        window.tap(zh(Say.SEE_CERTIFICATES))
        window.untilSeen("营业执照")
        assertTrue(window.secure)
        window.shot("07-wallet")
    }

    private fun certificate() {
        window.tap("营业执照")
        window.untilSeen(zh(Say.CHECK_CODE))
        assertTrue(window.secure)
        window.shot("08-certificate")
        val page = window.parts().filterIsInstance<PageView>().single()
        page.zoom(3f, page.width / 2f, page.height / 2f)
        assertEquals(3f, page.scale)
        window.shot("08-certificate-large")
        page.zoom(100f, 0f, 0f)
        assertEquals(5f, page.scale)
        assertTrue(window.sees("1 / 1 ${zh(Say.PAGE)}"))
        assertTrue(window.parts().none { it.contentDescription == zh(Say.PAGE_AFTER) }, "one page has nothing to turn")
        copied()
        window.activity.back()
        window.untilSeen("营业执照")
        handedOn()
        pages()
    }

    /** What leaves the phone says what it is for; whoever was chosen reads it out of memory, while it is lent. */
    private fun copied() {
        Robolectric.setupContentProvider(Copies::class.java, "cn.quanshengshi.app.copies")
        window.tap(zh(Say.SHARE))
        window.untilSeen(zh(Say.SHARE_HINT))
        assertTrue(window.secure)
        window.tap(zh(Say.SHARE_MAKE))
        window.untilSeen("请填写用途，最多 20 字")
        window.parts().filterIsInstance<EditText>().single().setText("银行开户")
        window.shot("08-certificate-copy")
        window.tap(zh(Say.SHARE_MAKE))
        window.untilSeen(zh(Say.CHECK_CODE))
        val chooser = shadowOf(window.activity).nextStartedActivity
        assertEquals(Intent.ACTION_CHOOSER, chooser.action)
        val send = chooser.getParcelableExtra(Intent.EXTRA_INTENT, Intent::class.java)!!
        assertEquals(Intent.ACTION_SEND to "image/png", send.action to send.type)
        assertTrue(send.flags and Intent.FLAG_GRANT_READ_URI_PERMISSION != 0)
        val uri = send.clipData!!.getItemAt(0).uri
        val others = window.activity.contentResolver
        others.query(uri, null, null, null, null)!!.use { row ->
            row.moveToFirst()
            assertEquals("营业执照-1.png", row.getString(row.getColumnIndexOrThrow(OpenableColumns.DISPLAY_NAME)))
        }
        val copy = drawn(others, uri)
        val page = window.activity.handset.wallet().use { wallet ->
            wallet.open(wallet.list().single().certificate).use { it.drawPage(0u, PX_PER_MM) }
        }
        assertEquals(page.width.toInt(), copy.width)
        assertTrue(copy.height > page.height.toInt(), "the notes stand below: ${copy.height} of ${page.height}")
        assertFailsWith<FileNotFoundException> { others.openInputStream(uri.buildUpon().path("guessed").build()) }
        Copies.takeBack()
        assertFailsWith<FileNotFoundException> { others.openInputStream(uri) }
    }

    /** The pipe is filled beside whoever reads it. */
    private fun drawn(others: ContentResolver, uri: Uri): Bitmap {
        var copy: Bitmap? = null
        window.until("the copy") {
            copy = others.openInputStream(uri)!!.use(BitmapFactory::decodeStream)
            copy != null
        }
        return copy!!.also {
            val file = File(System.getProperty("qss.shots", "target/shots"), "08-copy.png")
            file.outputStream().use { out -> it.compress(Bitmap.CompressFormat.PNG, BEST, out) }
        }
    }

    /** The same certificate as a file of anybody: no root of its seal is known to this phone. */
    private fun handedOn() {
        val bytes = window.activity.handset.wallet().use { wallet ->
            wallet.open(wallet.list().single().certificate).use { it.bytes() }
        }
        window.controller.newIntent(LentFiles.handedOver(LentFiles.start().lend("licence.ofd", bytes)))
        window.untilSeen(zh(Say.DOCUMENT_TITLE))
        window.until("the page") { window.parts().any { it is PageView } }
        assertTrue(window.secure)
        window.shot("13-document-sealed")
        window.activity.back()
        window.untilSeen("营业执照")
    }

    /** A face of two pages: turned by tap and by finger, and nothing to turn beyond. */
    private fun pages() {
        val host = window.activity
        val id = host.handset.wallet().use { it.list() }.single().certificate
        val model = CertificateModel(host.handset, id, ZH, LongerCertificate.opening(id))
        host.open(CertificateScreen(host, id, model))
        window.untilSeen("1 / 2 ${zh(Say.PAGE)}")
        val turner = { say: Say -> window.parts().single { it.contentDescription == zh(say) } }
        assertEquals(false to true, turner(Say.PAGE_BEFORE).isEnabled to turner(Say.PAGE_AFTER).isEnabled)
        window.tap(zh(Say.PAGE_AFTER))
        window.untilSeen("2 / 2 ${zh(Say.PAGE)}")
        assertEquals(true to false, turner(Say.PAGE_BEFORE).isEnabled to turner(Say.PAGE_AFTER).isEnabled)
        assertTrue(window.secure)
        val page = { window.parts().filterIsInstance<PageView>().single() }
        assertTrue(page().contentDescription.contains("2 / 2"))
        window.shot("08-certificate-second-page")
        // A finger leads back; on a page that was made larger it moves the page instead.
        page().zoom(3f, 1f, 1f)
        page().wipe(300f)
        assertTrue(window.sees("2 / 2 ${zh(Say.PAGE)}"))
        page().zoom(0.1f, 1f, 1f)
        page().wipe(300f)
        window.untilSeen("1 / 2 ${zh(Say.PAGE)}")
        window.activity.back()
        window.untilSeen("营业执照")
    }

    /** A finger that wipes across a view, so many pixels to the right. */
    private fun View.wipe(by: Float) {
        val start = SystemClock.uptimeMillis()
        val (x, y) = width / 2f to height / 2f
        val touch = { at: Long, action: Int, dx: Float ->
            val event = MotionEvent.obtain(start, start + at, action, x + dx, y, 0)
            dispatchTouchEvent(event)
            event.recycle()
        }
        touch(0, MotionEvent.ACTION_DOWN, 0f)
        for (step in 1..STEPS) touch(step * STEP_MS, MotionEvent.ACTION_MOVE, by * step / STEPS)
        touch((STEPS + 1) * STEP_MS, MotionEvent.ACTION_UP, by)
    }

    private fun logged() {
        window.tap(zh(Say.TAB_LOG))
        window.untilSeen(zh(Say.LOG_EXPORT))
        window.shot("09-log")
        // What was done, and how it ended, in one line.
        window.tap(window.words.first { "　" in it })
        window.untilSeen(zh(Say.RECEIPT_NUMBER))
        window.shot("09-receipt")
        window.activity.back()
        window.tap(zh(Say.TAB_HOME))
        window.untilSeen(zh(Say.DEVICES_TITLE))
        window.tap(zh(Say.DEVICES_TITLE))
        window.untilSeen(zh(Say.LAST_USED))
        window.shot("12-devices")
        window.activity.back()
    }

    /** A second phone of the same person is lost: disabled here, it is empty at its next word with the portal. */
    private fun lost(portal: PortalProcess, pc: Pc) =
        Phone(portal, folder.root.toPath().resolve("lost"), person).use { lost ->
            runBlocking {
                val task = lost.scan(pc.again(pc.askForCopy("营业执照")))
                lost.agree(task)
                assertIs<TaskStage.Approved>(lost.prove(task))
            }
            window.tap(zh(Say.DEVICES_TITLE))
            window.untilSeen(zh(Say.DEVICE_DISABLE))
            assertTrue(window.secure && zh(Say.DEVICE_DISABLE) in window.buttons)
            window.shot("12-devices-two")
            window.tap(zh(Say.DEVICE_DISABLE))
            val question = ShadowDialog.getLatestDialog() as android.app.AlertDialog
            question.getButton(android.content.DialogInterface.BUTTON_POSITIVE).performClick()
            window.untilSeen(zh(Say.NO_OTHER_PHONES))
            assertFailsWith<QssException.Wiped> { runBlocking { cancelling { lost.handset.checkIn(it) } } }
            window.activity.back()
        }

    private fun offline() {
        window.tap(zh(Say.TAB_WALLET))
        window.untilSeen(zh(Say.WALLET_OFFLINE))
        window.shot("07-wallet-offline")
        window.tap("营业执照")
        window.untilSeen(zh(Say.RETRY))
        assertTrue(window.parts().any { it is PageView })
        window.shot("08-certificate-offline")
        window.activity.back()
        window.tap(zh(Say.TAB_HOME))
        window.untilSeen(zh(Say.NO_NETWORK))
        window.tap(zh(Say.DEVICES_TITLE))
        window.untilSeen(zh(Say.OFFLINE_COPIES))
        window.shot("11-no-network")
        window.tap(zh(Say.OFFLINE_COPIES))
        window.untilSeen("营业执照")
    }

    /** What the phone asks to be done, as the person reads it. */
    private fun prompted() = window.words.firstOrNull { line -> FacePrompt.entries.any { sayOf(it).text(ZH) == line } }

    private fun killAndStart() {
        val kept = window.killed()
        window = Window(kept)
    }

    private fun withPortal(test: (PortalProcess) -> Unit) {
        val portal = PortalProcess.start(folder.root.toPath().resolve("portal"))
        if (portal == null) println("SKIP: QSS_PORTAL names no program of the portal")
        assumeTrue(portal != null)
        portal!!.use {
            phone = TestPhone(folder.root.toPath(), portal.config(folder.root.toPath().resolve("data")))
            TestPhone.now = phone
            shadowOf(RuntimeEnvironment.getApplication()).grantPermissions(Manifest.permission.CAMERA)
            window = Window()
            window.untilSeen(zh(Say.HERO))
            test(portal)
        }
    }

    private fun zh(say: Say) = say.text(ZH)

    private companion object {
        val ZH = TextLanguage.ZH
        const val STEPS = 5
        const val STEP_MS = 16L
    }
}

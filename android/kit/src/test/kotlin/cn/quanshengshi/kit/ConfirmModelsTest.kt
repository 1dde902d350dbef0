package cn.quanshengshi.kit

import cn.quanshengshi.core.QssException
import cn.quanshengshi.core.SealVerdict
import cn.quanshengshi.core.TaskStage
import cn.quanshengshi.core.TextLanguage
import cn.quanshengshi.kit.confirm.AskModel
import cn.quanshengshi.kit.confirm.AskState
import cn.quanshengshi.kit.confirm.FaceConsentModel
import cn.quanshengshi.kit.confirm.FaceConsentState
import cn.quanshengshi.kit.confirm.Outcome
import cn.quanshengshi.kit.confirm.ResultModel
import cn.quanshengshi.kit.confirm.ResultState
import cn.quanshengshi.kit.document.DocumentModel
import cn.quanshengshi.kit.document.DocumentState
import cn.quanshengshi.kit.next.Remedy
import cn.quanshengshi.kit.phone.ActivityModel
import cn.quanshengshi.kit.phone.ActivityState
import cn.quanshengshi.kit.phone.DevicesModel
import cn.quanshengshi.kit.phone.DevicesState
import cn.quanshengshi.kit.phone.HomeModel
import cn.quanshengshi.kit.phone.HomeState
import cn.quanshengshi.kit.phone.Settings
import cn.quanshengshi.kit.phone.SettingsModel
import cn.quanshengshi.kit.phone.SettingsState
import cn.quanshengshi.kit.phone.SettingsStore
import cn.quanshengshi.kit.wallet.CertificateModel
import cn.quanshengshi.kit.wallet.CertificateState
import cn.quanshengshi.kit.wallet.WalletModel
import cn.quanshengshi.kit.wallet.WalletState
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.filterIsInstance
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.mapNotNull
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import kotlin.test.Test
import kotlin.test.assertContentEquals
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertFalse
import kotlin.test.assertIs
import kotlin.test.assertNotEquals
import kotlin.test.assertNotNull
import kotlin.test.assertNull
import kotlin.test.assertTrue

private val ZH = TextLanguage.ZH

/** The walks of the models over the core and a running portal. */
class ConfirmModelsTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `from the code on the PC to a certificate shown offline and a phone that is empty again`() =
        withPortal(folder) { portal ->
            val pc = Pc(portal)
            Phone(portal, folder.resolve("data")).use { phone ->
                runBlocking {
                    realName(pc, phone)
                    val certificate = fetched(pc, phone)
                    shown(phone, certificate)
                    handedOn(portal, phone, certificate)
                    logAndDevices(phone)
                    portal.close()
                    offline(phone, certificate)
                    leave(phone)
                }
            }
        }

    @Test
    fun `not me is told to the PC`() =
        withPortal(folder) { portal ->
            val pc = Pc(portal)
            val waiting = pc.registerEnterprise()
            Phone(portal, folder.resolve("data")).use { phone ->
                runBlocking {
                    val task = phone.scan(pc.again(waiting))
                    val consent = FaceConsentModel(task, ZH)
                    consent.otherWays()
                    val ways = assertIs<FaceConsentState.Ways>(consent.state.value).ways
                    assertTrue(ways.any { it.code == "WAY_REVIEW" }, "$ways")
                    val ask = AskModel(task, ZH)
                    ask.notMe()
                    val over = assertIs<TaskStage.Ended>(assertIs<AskState.Moved>(ask.state.value).stage)
                    assertNotEquals("waiting", pc.stateOf(waiting))
                    println("not me: ${over.reason}, the PC shows ${pc.stateOf(waiting)}")
                    val result = ResultModel(phone.handset, task, ZH)
                    result.load()
                    assertEquals(Outcome.ENDED, assertIs<ResultState.Ended>(result.state.value).outcome)
                }
            }
        }

    private suspend fun realName(pc: Pc, phone: Phone) {
        val waiting = pc.registerEnterprise()
        val task = phone.scan(pc.again(waiting))
        val asking = assertIs<AskState.Asking>(AskModel(task, ZH).state.value)
        val facts = asking.screen.lines.joinToString("\n") { it.value }
        assertTrue(asking.mayAgree && "北疆云杉科技" in facts && "139****0037" in facts, facts)
        assertTrue("230102199705180024" !in facts, facts)
        assertIs<TaskStage.Capture>(phone.agree(task))
        assertIs<TaskStage.Approved>(phone.prove(task))
        assertEquals("done", pc.stateOf(waiting))
        val result = ResultModel(phone.handset, task, ZH)
        result.load()
        val ended = assertIs<ResultState.Ended>(result.state.value)
        assertEquals(Outcome.APPROVED, ended.outcome)
        assertTrue(assertNotNull(ended.receipt).proven)
    }

    private suspend fun fetched(pc: Pc, phone: Phone): String {
        val wallet = WalletModel(phone.handset, ZH)
        wallet.load()
        assertEquals(Remedy.SCAN, assertIs<WalletState.Empty>(wallet.state.value).remedy)
        pc.signIn()
        val task = phone.scan(pc.again(pc.askForCopy("营业执照")))
        phone.agree(task)
        assertEquals(TaskStage.Approved(certificates = true), phone.prove(task))
        val result = ResultModel(phone.handset, task, ZH)
        result.load()
        return assertIs<ResultState.Ended>(result.state.value).kept.single()
    }

    private suspend fun shown(phone: Phone, certificate: String) {
        val model = CertificateModel(phone.handset, certificate, ZH)
        model.open(pxPerMm = 3f)
        val wait = model.newCode()
        val first = assertNotNull(assertIs<CertificateState.Shown>(model.state.value).code)
        assertTrue(first.rows.size > 20 && wait in 1..180_000, "$wait")
        model.newCode()
        val second = assertNotNull(assertIs<CertificateState.Shown>(model.state.value).code)
        assertNotEquals(first.address, second.address, "a code is a new one each time")
        coroutineScope {
            val keeping = launch { model.keepCode() }
            val kept = model.state.filterIsInstance<CertificateState.Shown>().mapNotNull { it.code?.address }
            kept.first { it != second.address }
            keeping.cancelAndJoin()
        }
    }

    /** As a stranger gets the same file: its seal holds, and the roots alone say who stands behind it. */
    private suspend fun handedOn(portal: PortalProcess, phone: Phone, certificate: String) {
        val file = phone.handset.wallet().use { wallet -> wallet.open(certificate).use { it.bytes() } }
        val roots = listOf(portal.sealRootsPem.encodeToByteArray())
        val verdicts = listOf(
            roots to SealVerdict.INTACT_TRUSTED,
            emptyList<ByteArray>() to SealVerdict.INTACT_UNKNOWN_ISSUER,
        )
        for ((trusted, verdict) in verdicts) {
            DocumentModel(Lent(file), trusted, ZH).use { model ->
                model.open()
                assertEquals(verdict, assertIs<DocumentState.Pages>(model.state.value).seals.verdict)
            }
        }
    }

    private suspend fun logAndDevices(phone: Phone) {
        val log = ActivityModel(phone.handset, ZH)
        log.load()
        assertEquals(2, assertIs<ActivityState.Days>(log.state.value).days.values.sumOf { it.size })
        assertTrue("营业执照" in log.export().orEmpty())
        val devices = DevicesModel(phone.handset, ZH)
        devices.load()
        val listed = assertIs<DevicesState.Listed>(devices.state.value)
        assertTrue(listed.thisPhone.isNotEmpty() && listed.others.isEmpty())
    }

    private suspend fun offline(phone: Phone, certificate: String) {
        val home = HomeModel(phone.handset, ZH)
        home.start()
        val ready = assertIs<HomeState.Ready>(home.state.value)
        assertTrue(ready.offline && ready.certificates == 1 && ready.person != null, "$ready")
        val wallet = WalletModel(phone.handset, ZH)
        wallet.refresh()
        val listed = assertIs<WalletState.Listed>(wallet.state.value)
        assertNotNull(listed.offline)
        wallet.search("许可证")
        assertTrue(assertIs<WalletState.Listed>(wallet.state.value).lines.isEmpty())
        wallet.search("北疆 营业执照")
        wallet.choose(listed.subjects.single().subject)
        assertEquals(certificate, assertIs<WalletState.Listed>(wallet.state.value).lines.single().certificate)

        val model = CertificateModel(phone.handset, certificate, ZH)
        model.open(pxPerMm = 3f)
        val shown = assertIs<CertificateState.Shown>(model.state.value)
        assertEquals("营业执照", shown.certificate.name)
        assertTrue("离线" in shown.watermark && shown.page.png.isNotEmpty())
        assertEquals(0 to 1, shown.number to shown.count)
        turned(phone, certificate)
        assertNotEquals(SealVerdict.BROKEN, shown.certificate.seal.verdict)
        model.newCode()
        val without = assertIs<CertificateState.Shown>(model.state.value)
        assertNull(without.code)
        assertTrue(Remedy.RETRY in assertNotNull(without.codeTrouble).remedies)
        val devices = DevicesModel(phone.handset, ZH)
        devices.load()
        assertNotNull(assertIs<DevicesState.InTrouble>(devices.state.value).trouble.afterMs)
    }

    /** Pages are turned without a network; those that are not there, or cannot be drawn, leave what was in sight. */
    private suspend fun turned(phone: Phone, certificate: String) {
        phone.handset.wallet().use { it.open(certificate) }.use { kept ->
            assertTrue(kept.find(0u, "云杉").isNotEmpty() && "营业执照" in kept.pageFacts(0u).text)
            val error = assertFailsWith<QssException.Refused> { kept.drawPage(kept.pageCount(), 2f) }
            assertEquals("PAGE_UNREADABLE", error.code)
            assertTrue(kept.bytes().size > 1_000)
        }
        lateinit var longer: LongerCertificate
        val model = CertificateModel(phone.handset, certificate, ZH) { wallet ->
            LongerCertificate.opening(certificate)(wallet).also { longer = it }
        }
        val shown = { assertIs<CertificateState.Shown>(model.state.value) }
        model.turn(1)
        assertIs<CertificateState.Loading>(model.state.value, "nothing is open yet")
        model.open(pxPerMm = 2f)
        val first = shown().page.png
        model.turn(1, pxPerMm = 2f)
        assertEquals(Triple(1, 2, 594u), Triple(shown().number, shown().count, shown().page.width))
        model.turn(2)
        assertEquals(1, shown().number)
        model.turn(0, pxPerMm = 2f)
        assertContentEquals(first, shown().page.png)
        model.turn(1, pxPerMm = 100_000f)
        assertContentEquals(first, shown().page.png)
        assertEquals("PAGE_UNDRAWN", assertNotNull(shown().pageTrouble).code)
        // Two turns at once: the later one is what is seen, whichever is drawn first.
        coroutineScope {
            launch { model.turn(1, pxPerMm = 8f) }
            launch { model.turn(0, pxPerMm = 2f) }
        }
        assertEquals(0, shown().number)
        // A screen that ends while a page is drawn takes nothing away from under it.
        coroutineScope {
            launch(start = CoroutineStart.UNDISPATCHED) { model.turn(1, pxPerMm = 2f) }
            model.close()
            assertFalse(longer.closed)
        }
        assertTrue(longer.closed)
    }

    private suspend fun leave(phone: Phone) {
        val store = object : SettingsStore {
            private var kept = Settings()

            override fun read() = kept

            override fun write(settings: Settings) {
                kept = settings
            }
        }
        val model = SettingsModel(phone.handset, store)
        model.change { it.copy(language = TextLanguage.EN, helper = true) }
        val chosen = assertIs<SettingsState.Chosen>(model.state.value).settings
        assertEquals(Settings(TextLanguage.EN, helper = true), chosen)
        model.signOut()
        val out = assertIs<SettingsState.SignedOut>(model.state.value)
        assertTrue(!out.told && out.say.startsWith("Signed out"), "$out")
        val (wallet, log) = WalletModel(phone.handset, ZH) to ActivityModel(phone.handset, ZH)
        wallet.load()
        log.load()
        assertIs<WalletState.Empty>(wallet.state.value)
        assertIs<ActivityState.Empty>(log.state.value)
    }
}

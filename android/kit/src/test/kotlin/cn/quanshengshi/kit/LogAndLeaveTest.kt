package cn.quanshengshi.kit

import cn.quanshengshi.core.Handset
import cn.quanshengshi.core.PersonDecision
import cn.quanshengshi.core.QssException
import cn.quanshengshi.core.TaskStage
import cn.quanshengshi.core.TextLanguage
import cn.quanshengshi.kit.phone.DevicesModel
import cn.quanshengshi.kit.phone.DevicesState
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assumptions.assumeTrue
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertFalse
import kotlin.test.assertIs
import kotlin.test.assertNull
import kotlin.test.assertTrue

/** What a phone remembers, who acts beside it, and how it leaves. */
class LogAndLeaveTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `us_07 a phone tells its log and devices and signs out`() =
        runBlocking<Unit> {
            val portal = PortalProcess.start(folder.resolve("portal"))
            if (portal == null) println("SKIP: QSS_PORTAL names no program of the portal")
            assumeTrue(portal != null)
            portal!!.use {
                val pc = Pc(portal)
                val waiting = pc.registerEnterprise()
                Handset(portal.config(folder.resolve("data")), JvmKeystore(), JvmDeviceKey()).use { handset ->
                    val code = pc.codeOn(waiting)
                    val task = cancelling { handset.claim(handset.readCode(code), it) }
                    assertNull(task.ask().otherPerson)
                    assertTrue(task.waysOn().any { it.variant != null })
                    cancelling { task.answer(PersonDecision.AGREE_WITH_FACE, it) }
                    val verdict = task.beginCapture(frontCamera = true).use { capture ->
                        Person(Path.of("../../tests/fixtures/people/p01")).follow(capture)
                        cancelling { task.confirm(capture, it) }
                    }
                    assertIs<TaskStage.Approved>(verdict)

                    val log = handset.activity()
                    assertEquals(1, log.size)
                    assertTrue(log.single().approved && log.single().proven)
                    assertTrue(handset.exportActivity().contains("北疆云杉科技"))
                    val devices = cancelling { handset.devices(it) }
                    assertTrue(devices.single().thisPhone)

                    assertTrue(handset.signOut(), "the portal heard")
                    assertTrue(handset.activity().isEmpty())
                    assertTrue(handset.wallet().use { it.list() }.isEmpty())
                    assertFalse(handset.signOut(), "twice is the same as once")
                }
            }
        }

    @Test
    fun `us_07 a phone disables a lost one`() =
        withPortal(folder) { portal ->
            val pc = Pc(portal)
            val waiting = pc.registerEnterprise()
            Phone(portal, folder.resolve("lost")).use { lost ->
                Phone(portal, folder.resolve("phone"), lost.person).use { phone ->
                    runBlocking { disables(lost, phone, pc, waiting) }
                }
            }
        }

    private suspend fun disables(lost: Phone, phone: Phone, pc: Pc, waiting: PcPage) {
        assertIs<TaskStage.Approved>(approved(lost, pc.again(waiting)))
        pc.signIn()
        assertIs<TaskStage.Approved>(approved(phone, pc.again(pc.askForCopy("营业执照"))))
        val model = DevicesModel(phone.handset, TextLanguage.ZH)
        model.load()
        val other = assertIs<DevicesState.Listed>(model.state.value).others.single()
        model.disable(other.device)
        assertTrue(assertIs<DevicesState.Listed>(model.state.value).others.isEmpty())
        assertFailsWith<QssException.Wiped> { cancelling { lost.handset.checkIn(it) } }
        assertTrue(lost.handset.activity().isEmpty())
    }

    private suspend fun approved(phone: Phone, page: PcPage): TaskStage {
        val task = phone.scan(page)
        assertIs<TaskStage.Capture>(phone.agree(task))
        return phone.prove(task)
    }
}

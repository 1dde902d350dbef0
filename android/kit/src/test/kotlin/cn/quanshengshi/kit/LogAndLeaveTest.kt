package cn.quanshengshi.kit

import cn.quanshengshi.core.ConfirmTask
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

    /** One camera for all phones: two with the same noise would deliver the same frames. */
    private val person = Person(Path.of("../../tests/fixtures/people/p01"))

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
                    val task = agreed(handset, pc.codeOn(waiting))
                    assertTrue(task.waysOn().any { it.variant != null })
                    approve(task)

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
        runBlocking<Unit> {
            val portal = PortalProcess.start(folder.resolve("portal"))
            if (portal == null) println("SKIP: QSS_PORTAL names no program of the portal")
            assumeTrue(portal != null)
            portal!!.use {
                val pc = Pc(portal)
                val waiting = pc.registerEnterprise()
                val open = { name: String ->
                    Handset(portal.config(folder.resolve(name)), JvmKeystore(), JvmDeviceKey())
                }
                open("lost").use { lost ->
                    approve(agreed(lost, pc.codeOn(waiting)))
                    pc.signIn()
                    open("phone").use { handset ->
                        approve(agreed(handset, pc.codeOn(pc.askForCopy("营业执照"))))
                        val model = DevicesModel(handset, TextLanguage.ZH)
                        model.load()
                        val other = assertIs<DevicesState.Listed>(model.state.value).others.single()
                        model.disable(other.device)
                        assertTrue(assertIs<DevicesState.Listed>(model.state.value).others.isEmpty())
                    }
                    assertFailsWith<QssException.Wiped> { cancelling { lost.checkIn(it) } }
                    assertTrue(lost.activity().isEmpty())
                }
            }
        }

    private suspend fun agreed(handset: Handset, code: String): ConfirmTask {
        val task = cancelling { handset.claim(handset.readCode(code), it) }
        assertNull(task.ask().otherPerson)
        cancelling { task.answer(PersonDecision.AGREE_WITH_FACE, it) }
        return task
    }

    private suspend fun approve(task: ConfirmTask) {
        val verdict = task.beginCapture(frontCamera = true).use { capture ->
            person.follow(capture)
            cancelling { task.confirm(capture, it) }
        }
        assertIs<TaskStage.Approved>(verdict)
    }
}

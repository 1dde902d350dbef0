package cn.quanshengshi.kit

import cn.quanshengshi.core.ConfirmTask
import cn.quanshengshi.core.Handset
import cn.quanshengshi.core.PersonDecision
import cn.quanshengshi.core.QssException
import cn.quanshengshi.core.TaskStage
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assumptions.assumeTrue
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertIs
import kotlin.test.assertTrue

private val REPRESENTATIVE = Person(Path.of("../../tests/fixtures/people/p01"))

/** The whole confirm flow of a phone against a running portal. */
class ConfirmJourneyTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `a person confirms on the phone what was begun on the PC`() =
        runBlocking<Unit> {
            val portal = PortalProcess.start(folder.resolve("portal"))
            if (portal == null) println("SKIP: QSS_PORTAL names no program of the portal")
            assumeTrue(portal != null)
            portal!!.use {
                val pc = Pc(portal)
                val waiting = pc.registerEnterprise()
                Handset(portal.config(folder.resolve("data")), JvmKeystore(), JvmDeviceKey()).use { handset ->
                    assertTrue(cancelling { handset.enrol(it) }.isNotEmpty())
                    val code = pc.codeOn(waiting)
                    confirm(cancelling { handset.claim(handset.readCode(code), it) })
                    assertEquals("done", pc.stateOf(waiting))

                    // The code was used: it opens nothing for a second phone.
                    val used = assertFailsWith<QssException> {
                        Handset(portal.config(folder.resolve("second")), JvmKeystore(), JvmDeviceKey()).use { second ->
                            cancelling { second.claim(second.readCode(code), it) }
                        }
                    }
                    println("a second phone: $used")
                }
            }
        }

    private suspend fun confirm(task: ConfirmTask) {
        assertEquals(TaskStage.Ask, task.stage())
        val ask = task.ask()
        val facts = ask.lines.joinToString("\n") { "  ${it.label}  ${it.value}" }
        println("${ask.title}\n$facts\n${ask.warning}")
        assertTrue(facts.contains("北疆云杉科技"))

        val asked = cancelling { task.answer(PersonDecision.AGREE_WITH_FACE, it) }
        assertTrue(assertIs<TaskStage.Capture>(asked).prompts.isNotEmpty())
        val verdict = task.beginCapture(frontCamera = true).use { capture ->
            REPRESENTATIVE.follow(capture)
            cancelling { task.confirm(capture, it) }
        }
        assertIs<TaskStage.Approved>(verdict)
    }
}

package cn.quanshengshi.kit

import cn.quanshengshi.core.ActVariant
import cn.quanshengshi.core.CameraTrouble
import cn.quanshengshi.core.TaskStage
import cn.quanshengshi.core.TextLanguage
import cn.quanshengshi.kit.camera.CameraFrame
import cn.quanshengshi.kit.camera.FrameSource
import cn.quanshengshi.kit.confirm.CaptureModel
import cn.quanshengshi.kit.confirm.CaptureState
import cn.quanshengshi.kit.next.Remedy
import cn.quanshengshi.kit.phone.HomeModel
import cn.quanshengshi.kit.phone.HomeState
import cn.quanshengshi.kit.texts.Say
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertIs
import kotlin.test.assertNotNull
import kotlin.test.assertTrue

private val ZH = TextLanguage.ZH

/** What can go wrong at a capture, and that it goes on. */
class CaptureModelTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `other acts, a camera that stops and a lost network cost no attempt`() =
        withPortal(folder) { portal ->
            val pc = Pc(portal)
            val waiting = pc.registerEnterprise()
            Phone(portal, folder.resolve("data")).use { phone ->
                runBlocking<Unit> {
                    val task = phone.scan(pc.again(waiting))
                    phone.agree(task)
                    CaptureModel(task, ZH).use { model ->
                        otherActs(model)
                        stoppedCamera(model, phone)
                        model.refresh()
                        assertEquals(1, assertIs<CaptureState.Ready>(model.state.value).attempt)

                        val seen = mutableListOf<CaptureState>()
                        model.capture(lineCutInTheMiddle(model, phone, portal, seen))
                        spoken(seen)
                        val first = assertNotNull(trouble(model).afterMs, "${model.state.value}")
                        model.send()
                        assertTrue(first > 0uL && Remedy.RETRY in trouble(model).remedies)
                    }
                }
            }
        }

    @Test
    fun `a phone that was disabled at the PC says so and is empty`() =
        withPortal(folder) { portal ->
            val pc = Pc(portal)
            val waiting = pc.registerEnterprise()
            Phone(portal, folder.resolve("data")).use { phone ->
                runBlocking<Unit> {
                    val task = phone.scan(pc.again(waiting))
                    phone.agree(task)
                    assertIs<TaskStage.Approved>(phone.prove(task))
                    pc.signIn()
                    pc.disablePhone()
                    val home = HomeModel(phone.handset, ZH)
                    home.start()
                    val told = assertIs<HomeState.InTrouble>(home.state.value).trouble
                    assertTrue(Remedy.SCAN in told.remedies && told.afterMs == null, "$told")
                    assertFalse(Remedy.OFFLINE_COPIES in told.remedies, "nothing is kept any more")
                    assertTrue(phone.handset.activity().isEmpty())
                }
            }
        }

    private suspend fun otherActs(model: CaptureModel) {
        val before = assertIs<CaptureState.Ready>(model.state.value)
        model.otherWays()
        val ways = assertIs<CaptureState.Ways>(model.state.value).ways
        assertTrue(ways.any { it.variant == ActVariant.NO_MOUTH } && ways.any { it.variant == null }, "$ways")
        model.changeActs(ActVariant.NO_MOUTH)
        assertEquals(before.attempt, assertIs<CaptureState.Ready>(model.state.value).attempt)
    }

    private suspend fun stoppedCamera(model: CaptureModel, phone: Phone) {
        model.cameraFailed(CameraTrouble.BUSY)
        assertEquals(listOf(Remedy.RETRY, Remedy.OTHER_WAYS), trouble(model).remedies)
        val person = PersonCamera(phone.person) { null }
        var left = 5
        model.capture(source { person.next().takeIf { left-- > 0 } })
        assertEquals("CAPTURE_UNFINISHED", trouble(model).code)
        assertTrue(Remedy.OTHER_WAYS in trouble(model).remedies)
    }

    /** Ends the portal while the person is at the acts: what was captured cannot be sent. */
    private fun lineCutInTheMiddle(
        model: CaptureModel,
        phone: Phone,
        portal: PortalProcess,
        seen: MutableList<CaptureState>,
    ): FrameSource {
        val person = PersonCamera(phone.person) { (model.state.value as? CaptureState.Running)?.say }
        return source {
            seen += model.state.value
            if ((model.state.value as? CaptureState.Running)?.step == 1) portal.close()
            person.next()
        }
    }

    private fun spoken(seen: List<CaptureState>) {
        val running = seen.filterIsInstance<CaptureState.Running>()
        assertEquals(Say.FACE_FIND.text(ZH), running.first().say)
        assertTrue(running.none { it.say == Say.DO_OPEN_MOUTH.text(ZH) }, "the mouth was left out")
        assertEquals(running.last().steps, running.last().step)
        assertTrue(running.map { it.step }.zipWithNext().all { (one, next) -> next >= one }, "steps go on")
    }

    private fun trouble(model: CaptureModel) = assertIs<CaptureState.InTrouble>(model.state.value).trouble

    private fun source(give: suspend () -> CameraFrame?) =
        object : FrameSource {
            override suspend fun next() = give()
        }
}

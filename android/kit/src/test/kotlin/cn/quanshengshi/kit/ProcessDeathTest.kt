package cn.quanshengshi.kit

import cn.quanshengshi.core.TaskStage
import cn.quanshengshi.core.TextLanguage
import cn.quanshengshi.kit.confirm.AskModel
import cn.quanshengshi.kit.confirm.AskState
import cn.quanshengshi.kit.confirm.CaptureModel
import cn.quanshengshi.kit.confirm.CaptureState
import cn.quanshengshi.kit.phone.HomeModel
import cn.quanshengshi.kit.phone.HomeState
import cn.quanshengshi.kit.wallet.WalletModel
import cn.quanshengshi.kit.wallet.WalletState
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertIs

private val ZH = TextLanguage.ZH

/** The app may be killed at any moment; what was begun goes on. */
class ProcessDeathTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `a task goes on after the app was killed asked, agreed and captured`() =
        withPortal(folder) { portal ->
            val pc = Pc(portal)
            val waiting = pc.registerEnterprise()
            Phone(portal, folder.resolve("data")).use { phone ->
                runBlocking {
                    val scanned = phone.scan(pc.again(waiting)).taskId()

                    phone.killAndStart()
                    val asked = resumed(phone, scanned)
                    assertIs<AskState.Asking>(AskModel(asked, ZH).state.value)
                    phone.agree(asked)

                    phone.killAndStart()
                    val agreed = resumed(phone, scanned)
                    assertIs<TaskStage.Capture>(assertIs<AskState.Moved>(AskModel(agreed, ZH).state.value).stage)
                    // Killed in the middle of the acts: what was captured is lost, the attempt is not.
                    val camera = PersonCamera(phone.person) { null }
                    agreed.beginCapture(frontCamera = true).use { capture ->
                        repeat(PICTURES) {
                            val picture = camera.next()
                            capture.offer(picture.bytes, picture.layout, picture.timeMs)
                        }
                    }

                    phone.killAndStart()
                    val captured = resumed(phone, scanned)
                    val ready = CaptureModel(captured, ZH).use { assertIs<CaptureState.Ready>(it.state.value) }
                    assertEquals(1, ready.attempt)
                    assertIs<TaskStage.Approved>(phone.prove(captured))
                    assertEquals("done", pc.stateOf(waiting))

                    phone.killAndStart()
                    val home = HomeModel(phone.handset, ZH)
                    home.start()
                    assertEquals(emptyList(), assertIs<HomeState.Ready>(home.state.value).openTasks)
                    val wallet = WalletModel(phone.handset, ZH)
                    wallet.load()
                    assertIs<WalletState.Empty>(wallet.state.value)
                }
            }
        }

    private suspend fun resumed(phone: Phone, task: String) =
        HomeModel(phone.handset, ZH).let { home ->
            home.start()
            assertEquals(listOf(task), assertIs<HomeState.Ready>(home.state.value).openTasks)
            home.resume(task)
            phone.kept(assertIs<HomeState.Resumed>(home.state.value).task)
        }

    private companion object {
        const val PICTURES = 12
    }
}

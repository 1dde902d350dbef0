package cn.quanshengshi.kit

import cn.quanshengshi.core.CameraTrouble
import cn.quanshengshi.core.TextLanguage
import cn.quanshengshi.kit.camera.FrameSource
import cn.quanshengshi.kit.next.Remedy
import cn.quanshengshi.kit.scan.ScanModel
import cn.quanshengshi.kit.scan.ScanState
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertIs
import kotlin.test.assertTrue

class ScanModelTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `the scanner tells what it needs and claims what it read`() =
        withPortal(folder) { portal ->
            runBlocking<Unit> {
                val page = Pc(portal).let { it.again(it.registerEnterprise()) }
                Phone(portal, folder.resolve("data")).use { phone ->
                    val model = ScanModel(phone.handset, TextLanguage.ZH)
                    val seen = mutableListOf<ScanState>()
                    // In several frames, as by a camera: on a busy machine one look is too short.
                    val small = List(4) { page.pictured("data-app-qr") }
                    val pictures = List(4) { plainPicture(4) } + small + List(4) { page.picturedWhole() }
                    model.look(watching(StillCamera(pictures)) { seen += model.state.value })

                    val looking = seen.filterIsInstance<ScanState.Looking>()
                    assertFalse(looking.first().torchWished)
                    assertTrue(looking.any { it.torchWished }, "$looking")
                    assertTrue(looking.last().downloadCodeSeen, "the small code is told apart: $looking")
                    val task = phone.kept(assertIs<ScanState.Claimed>(model.state.value).task)
                    assertEquals(task.taskId(), page.attribute("data-task"))
                }
            }
        }

    @Test
    fun `wrong digits and a lost network are troubles with a way on`() =
        runBlocking<Unit> {
            var page: PcPage? = null
            withPortal(folder) { portal ->
                page = Pc(portal).let { it.again(it.registerEnterprise()) }
                Phone(portal, folder.resolve("data")).use { phone ->
                    val model = ScanModel(phone.handset, TextLanguage.ZH)
                    runBlocking { model.type("12345") }
                    assertTrue(Remedy.TYPE_DIGITS in assertIs<ScanState.InTrouble>(model.state.value).trouble.remedies)
                    model.cameraFailed(CameraTrouble.DENIED_FOREVER)
                    val denied = assertIs<ScanState.InTrouble>(model.state.value).trouble
                    assertEquals(listOf(Remedy.SYSTEM_SETTINGS, Remedy.TYPE_DIGITS), denied.remedies)

                    portal.close()
                    runBlocking { model.look(StillCamera(listOf(checkNotNull(page).pictured()))) }
                    val alone = assertIs<ScanState.InTrouble>(model.state.value).trouble
                    assertTrue(alone.afterMs != null && Remedy.RETRY in alone.remedies, "$alone")
                    runBlocking { model.claimAgain() }
                    assertEquals(alone.code, assertIs<ScanState.InTrouble>(model.state.value).trouble.code)
                }
            }
        }

    private fun watching(camera: FrameSource, before: () -> Unit) =
        object : FrameSource {
            override suspend fun next() = camera.next().also { before() }
        }
}

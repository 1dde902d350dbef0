package cn.quanshengshi.kit

import cn.quanshengshi.core.HandsetConfig
import cn.quanshengshi.core.HostPlatform
import cn.quanshengshi.core.TextLanguage
import cn.quanshengshi.kit.next.Remedy
import cn.quanshengshi.kit.phone.HomeModel
import cn.quanshengshi.kit.phone.HomeState
import cn.quanshengshi.kit.phone.OpeningModel
import cn.quanshengshi.kit.phone.OpeningState
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertIs

private const val ORIGIN = "https://portal.example"

/** Opening what a phone keeps; needs no portal. */
class OpeningModelTest {
    @TempDir
    lateinit var folder: Path

    private val keystore = JvmKeystore()

    @Test
    fun `a locked phone is unlocked, one in use is tried again, lost keys are reset`() =
        runBlocking<Unit> {
            val model = OpeningModel(config(), keystore, JvmDeviceKey())
            keystore.locked = true
            model.open()
            assertEquals(listOf(Remedy.UNLOCK), remedies(model))
            keystore.locked = false
            model.open()
            assertIs<OpeningState.Open>(model.state.value).handset.use { handset ->
                val second = OpeningModel(config(), keystore, JvmDeviceKey())
                second.open()
                assertEquals(Remedy.RETRY, remedies(second).first())
                val home = HomeModel(handset, TextLanguage.EN)
                home.start()
                assertEquals(HomeState.Ready(emptyList(), 0, person = null, offline = false), home.state.value)
            }
            keystore.loseKeys()
            model.open()
            assertEquals(Remedy.RESET, remedies(model).first())
            model.reset()
            assertIs<OpeningState.Open>(model.state.value).handset.close()
        }

    private fun remedies(model: OpeningModel) = assertIs<OpeningState.InTrouble>(model.state.value).trouble.remedies

    private fun config() =
        HandsetConfig(
            dataFolder = folder.resolve("data").toString(),
            portalOrigin = ORIGIN,
            trustedOrigins = listOf(ORIGIN),
            rootsPem = ROOT_PEM,
            pins = emptyList(),
            portalKeys = emptyList(),
            platform = HostPlatform.ANDROID,
            appVersion = "0.1.0",
            language = TextLanguage.ZH,
        )
}

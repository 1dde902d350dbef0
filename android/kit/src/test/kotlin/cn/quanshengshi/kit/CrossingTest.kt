package cn.quanshengshi.kit

import cn.quanshengshi.core.CancelToken
import cn.quanshengshi.core.Handset
import cn.quanshengshi.core.HandsetConfig
import cn.quanshengshi.core.HostLog
import cn.quanshengshi.core.HostPlatform
import cn.quanshengshi.core.LogLevel
import cn.quanshengshi.core.LogLine
import cn.quanshengshi.core.QssException
import cn.quanshengshi.core.Scanner
import cn.quanshengshi.core.TextLanguage
import cn.quanshengshi.core.codeText
import cn.quanshengshi.core.logTo
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.async
import kotlinx.coroutines.delay
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.io.TempDir
import java.net.ServerSocket
import java.nio.file.Path
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertTrue

private const val ORIGIN = "https://portal.example"

/** What the crossing itself must do; it needs no portal. */
class CrossingTest {
    @TempDir
    lateinit var folder: Path

    private val keystore = JvmKeystore()
    private val deviceKey = JvmDeviceKey()

    private fun open(portal: String = ORIGIN): Handset =
        Handset(
            HandsetConfig(
                dataFolder = folder.resolve("data").toString(),
                portalOrigin = portal,
                trustedOrigins = listOf(ORIGIN),
                rootsPem = ROOT_PEM,
                pins = emptyList(),
                portalKeys = emptyList(),
                platform = HostPlatform.DESKTOP,
                appVersion = "0.1.0",
                language = TextLanguage.ZH,
            ),
            keystore,
            deviceKey,
        )

    @Test
    fun `a foreign code says so and has its text`() {
        open().use { handset ->
            val error = assertFailsWith<QssException.ScanAgain> { handset.readCode("WIFI:S:net;;") }
            assertEquals("QR_NOT_OURS", error.code)
            assertEquals("这不是黑龙江政务服务网的认证码", codeText(error.code, TextLanguage.ZH))
            val download = assertFailsWith<QssException.ScanAgain> { handset.readCode("$ORIGIN/app") }
            assertEquals("QR_IS_DOWNLOAD_LINK", download.code)
        }
    }

    @Test
    fun `a locked device and a lost key are told apart`() {
        keystore.locked = true
        assertFailsWith<QssException.UnlockDevice> { open() }
        keystore.locked = false
        open().close()
        keystore.loseKeys()
        val error = assertFailsWith<QssException.VaultReset> { open() }
        assertEquals("VAULT_KEY_GONE", error.code)
    }

    @Test
    fun `a frame is borrowed and its length is checked`() {
        val frame = FrameBuffer()
        val layout = frame.putRgb(ByteArray(64 * 48 * 3), 64, 48)
        Scanner().use { scanner ->
            assertTrue(scanner.offer(frame.bytes, layout, 1u).isEmpty())
            val wrong = layout.copy(height = 49u)
            val error = assertFailsWith<QssException.Internal> { scanner.offer(frame.bytes, wrong, 2u) }
            assertEquals("FRAME_SHAPE", error.code)
        }
    }

    @Test
    fun `failures come to the host's log, on a thread of their own`() {
        val lines = LinkedBlockingQueue<Pair<LogLine, Thread>>()
        logTo(
            object : HostLog {
                override fun line(line: LogLine) = lines.put(line to Thread.currentThread())
            },
            LogLevel.WARN,
        )
        open().use { handset -> assertFailsWith<QssException> { handset.readCode("WIFI:S:net;;") } }
        val heard = generateSequence { lines.poll(1, TimeUnit.MINUTES) }
        val (line, thread) = heard.first { (line, _) -> "QR_NOT_OURS" in line.text }
        assertEquals(LogLevel.WARN to "failure", line.level to line.room)
        assertTrue(thread != Thread.currentThread())
        logTo(null, LogLevel.ERROR)
    }

    @Test
    fun `a token and a cancelled coroutine end a call that waits`() =
        runBlocking<Unit> {
            // Accepts connections and never says a word.
            ServerSocket(0).use { mute ->
                open("https://127.0.0.1:${mute.localPort}").use { handset ->
                    val token = CancelToken()
                    val waiting = async { runCatching { handset.enrol(token) } }
                    delay(300)
                    token.cancel()
                    assertTrue(waiting.await().exceptionOrNull() is QssException.Cancelled)

                    val dropped = async { cancelling { handset.enrol(it) } }
                    delay(300)
                    dropped.cancel()
                    assertFailsWith<CancellationException> { dropped.await() }
                }
            }
        }
}

package cn.quanshengshi.kit

import cn.quanshengshi.core.HandsetConfig
import cn.quanshengshi.core.HostPlatform
import cn.quanshengshi.core.TextLanguage
import java.io.File
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import kotlin.io.path.createDirectories
import kotlin.io.path.readText

/** The portal, started as a program of its own with a fresh database and its invented registers. */
class PortalProcess private constructor(private val process: Process, ready: String) : AutoCloseable {
    /** Scheme, host and port. */
    val origin = field(ready, "origin")

    /** The certificate that its TLS hangs on, PEM. */
    val rootPem = Path.of(field(ready, "ca")).readText()

    /** What the seals of its copies hang on, PEM. */
    val sealRootsPem = field(ready, "seal_roots_pem").replace("\\n", "\n")

    private val portalKey = field(ready, "portal_key")

    /** The settings of an app for this portal. */
    fun config(data: Path): HandsetConfig =
        HandsetConfig(
            dataFolder = data.toString(),
            portalOrigin = origin,
            trustedOrigins = listOf(origin),
            rootsPem = rootPem,
            pins = emptyList(),
            portalKeys = listOf(portalKey),
            platform = HostPlatform.ANDROID,
            appVersion = "0.1.0",
            language = TextLanguage.ZH,
        )

    override fun close() {
        process.destroy()
        if (!process.waitFor(10, TimeUnit.SECONDS)) process.destroyForcibly()
    }

    companion object {
        /** Starts the program that the environment names, or gives none when it names none. */
        fun start(folder: Path): PortalProcess? {
            val program = System.getenv("QSS_PORTAL")?.takeIf { File(it).canExecute() } ?: return null
            folder.createDirectories()
            val arguments = listOf("--listen", "127.0.0.1:0", "--sample", "--database", "$folder/portal.sqlite3") +
                listOf("--tls", "$folder/tls", "--keys", "$folder/keys")
            val process = ProcessBuilder(listOf(program) + arguments)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start()
            val ready = process.inputReader().readLine() ?: error("the portal ended before it was ready")
            return PortalProcess(process, ready)
        }

        /** A text field of the one line that the portal says. */
        private fun field(line: String, name: String): String =
            Regex("\"$name\":\"([^\"]*)\"").find(line)?.groupValues?.get(1) ?: error("no $name in $line")
    }
}

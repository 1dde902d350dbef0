package cn.quanshengshi.app

import android.content.Context
import android.graphics.SurfaceTexture
import cn.quanshengshi.app.camera.Camera2Camera
import cn.quanshengshi.app.camera.PhoneCamera
import cn.quanshengshi.core.CameraTrouble
import cn.quanshengshi.core.HandsetConfig
import cn.quanshengshi.core.HostDeviceKey
import cn.quanshengshi.core.HostKeystore
import cn.quanshengshi.core.HostPlatform
import cn.quanshengshi.core.TextLanguage
import cn.quanshengshi.kit.JvmDeviceKey
import cn.quanshengshi.kit.JvmKeystore
import cn.quanshengshi.kit.ROOT_PEM
import cn.quanshengshi.kit.camera.CameraFrame
import cn.quanshengshi.kit.camera.FrameSource
import cn.quanshengshi.kit.phone.Settings
import cn.quanshengshi.kit.phone.SettingsStore
import java.nio.file.Path

/** What outlives a process of the app: the phone's keys, its disk, and who stands before its camera. */
class TestPhone(folder: Path, portal: HandsetConfig? = null) {
    var keystore: HostKeystore = JvmKeystore()
    var deviceKey: HostDeviceKey = JvmDeviceKey()
    var settings = Settings()
    val said = mutableListOf<String>()

    /** What the camera sees; the phone's own camera where there is none. */
    var seen: FrameSource? = null

    /** The phone's own camera, as a screen made it last. */
    var own: Camera2Camera? = null

    /** The camera that a screen made last. */
    var camera: TestCamera? = null

    val config = portal ?: HandsetConfig(
        dataFolder = folder.resolve("data").toString(),
        portalOrigin = "https://portal.example",
        trustedOrigins = listOf("https://portal.example"),
        rootsPem = ROOT_PEM,
        pins = emptyList(),
        portalKeys = emptyList(),
        platform = HostPlatform.ANDROID,
        appVersion = "0.1.0",
        language = TextLanguage.ZH,
    )

    companion object {
        /** The phone that the next app runs on. */
        lateinit var now: TestPhone
    }
}

/** A camera before which somebody stands. */
class TestCamera(private val phone: TestPhone) : PhoneCamera {
    var open = false
        private set
    var front = false
        private set

    override fun open(front: Boolean, failed: (CameraTrouble) -> Unit): FrameSource {
        open = true
        this.front = front
        // A camera that was closed gives nothing more.
        return object : FrameSource {
            override suspend fun next(): CameraFrame? = if (open) phone.seen?.next() else null
        }
    }

    override fun showOn(texture: SurfaceTexture?) = Unit

    override fun torch(on: Boolean) = Unit

    override fun close() {
        open = false
    }
}

/** The app on a test's phone. */
class TestApp : App() {
    override fun made(): Ports = TestPorts(TestPhone.now)
}

private class TestPorts(private val phone: TestPhone) : Ports {
    override val settings = object : SettingsStore {
        override fun read() = phone.settings

        override fun write(settings: Settings) {
            phone.settings = settings
        }
    }
    override val keystore get() = phone.keystore
    override val deviceKey get() = phone.deviceKey
    override val anchor = null

    override fun config(language: TextLanguage) = phone.config.copy(language = language)

    override fun camera(context: Context): PhoneCamera =
        if (phone.seen != null) {
            TestCamera(phone).also { phone.camera = it }
        } else {
            Camera2Camera(context).also { phone.own = it }
        }

    override fun speak(line: String, language: TextLanguage) {
        phone.said += line
    }

    override fun hush() = Unit
}

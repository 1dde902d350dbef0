package cn.quanshengshi.app

import android.content.Context
import cn.quanshengshi.app.camera.Camera2Camera
import cn.quanshengshi.app.camera.PhoneCamera
import cn.quanshengshi.app.keys.AnchorFiles
import cn.quanshengshi.app.keys.KeyRoom
import cn.quanshengshi.app.keys.PhoneDeviceKey
import cn.quanshengshi.app.keys.PhoneGround
import cn.quanshengshi.app.keys.PhoneKeystore
import cn.quanshengshi.app.keys.PhonePerson
import cn.quanshengshi.core.HandsetConfig
import cn.quanshengshi.core.HostAnchor
import cn.quanshengshi.core.HostDeviceKey
import cn.quanshengshi.core.HostKeystore
import cn.quanshengshi.core.LogLevel
import cn.quanshengshi.core.TextLanguage
import cn.quanshengshi.core.logTo
import cn.quanshengshi.kit.phone.SettingsStore
import java.io.File

/** What the app asks of the phone it runs on. */
interface Ports {
    val settings: SettingsStore
    val keystore: HostKeystore
    val deviceKey: HostDeviceKey
    val anchor: HostAnchor?

    /** The handset's settings in the person's language. */
    fun config(language: TextLanguage): HandsetConfig

    /** A camera for one screen. */
    fun camera(context: Context): PhoneCamera

    /** Says a line aloud; a newer one cuts off the one before. */
    fun speak(line: String, language: TextLanguage)

    /** Ends what is being said. */
    fun hush()
}

/** The phone itself. */
class PhonePorts(private val context: Context) : Ports {
    private val ground = PhoneGround(context)
    private val keys = KeyRoom(ground)
    private val voice by lazy { Voice(context) }

    init {
        logTo(SystemLog, LogLevel.INFO)
    }

    override val settings = KeptSettings(context)
    override val keystore = PhoneKeystore(keys, ground)
    override val deviceKey = PhoneDeviceKey(keys, ground, PhonePerson(context) { settings.read().language })
    override val anchor = AnchorFiles(File(context.noBackupFilesDir, "anchors"))

    override fun config(language: TextLanguage): HandsetConfig = portalOf(context, language)

    override fun camera(context: Context): PhoneCamera = Camera2Camera(context)

    override fun speak(line: String, language: TextLanguage) = voice.speak(line, language)

    override fun hush() = voice.hush()
}

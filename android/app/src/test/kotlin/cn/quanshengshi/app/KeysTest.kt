package cn.quanshengshi.app

import android.app.AlertDialog
import android.content.DialogInterface
import cn.quanshengshi.app.keys.AnchorFiles
import cn.quanshengshi.app.keys.KeyGround
import cn.quanshengshi.app.keys.KeyRoom
import cn.quanshengshi.app.keys.PersonAtHand
import cn.quanshengshi.app.keys.PhoneDeviceKey
import cn.quanshengshi.app.keys.PhoneKeystore
import cn.quanshengshi.core.HostKeyException
import cn.quanshengshi.core.TextLanguage
import cn.quanshengshi.core.deviceKeyChallenge
import cn.quanshengshi.kit.texts.Say
import org.junit.After
import org.junit.Before
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.shadows.ShadowDialog
import java.io.File
import java.security.Provider
import java.security.Security
import java.security.Signature
import kotlin.test.assertContentEquals
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertFalse
import kotlin.test.assertNotNull
import kotlin.test.assertNull
import kotlin.test.assertTrue

/** The app's use of the phone's keystore, over a provider with its manners. */
@RunWith(RobolectricTestRunner::class)
class KeysTest {
    @get:Rule
    val folder = TemporaryFolder()

    private val ground = object : KeyGround {
        override val strongBox = true
        override var screenLock = true
        override var lockedNow = false
    }
    private var answers = 0
    private var yes = true
    private val keys = KeyRoom(ground)
    private val keystore = PhoneKeystore(keys, ground)
    private val deviceKey = PhoneDeviceKey(
        keys,
        ground,
        PersonAtHand {
            answers += 1
            FakeKeystore.confirmed = yes
            yes
        },
    )

    /** It would be asked after the JDK's own, and says nothing of why a key was refused. */
    private var other: Provider? = null

    @Before
    fun provider() {
        FakeKeystore.clear()
        Security.addProvider(FakeKeystore())
        other = Security.getProvider("BC")
        Security.removeProvider("BC")
    }

    @After
    fun withoutProvider() {
        Security.removeProvider(FakeKeystore.NAME)
        other?.let(Security::addProvider)
    }

    @Test
    fun `what was sealed is opened for its purpose alone, and the same text never looks the same`() {
        val plain = "a vault's key".toByteArray()
        val sealed = keystore.seal("vault", plain)
        assertContentEquals(plain, keystore.openSealed("vault", sealed))
        assertFalse(sealed.contentEquals(keystore.seal("vault", plain)))
        keystore.seal("other", plain)
        assertFailsWith<HostKeyException.Refused> { keystore.openSealed("other", sealed) }
        sealed[sealed.size - 1] = (sealed.last() + 1).toByte()
        assertFailsWith<HostKeyException.Refused> { keystore.openSealed("vault", sealed) }
        assertFailsWith<HostKeyException.Refused> { keystore.openSealed("vault", ByteArray(3)) }
        keystore.destroy("vault")
        assertFailsWith<HostKeyException.KeyGone> { keystore.openSealed("vault", sealed) }
    }

    @Test
    fun `keys are asked for in their own chip, with a lock, and made without the chip where it is missing`() {
        keystore.seal("vault", byteArrayOf(1))
        val vault = assertNotNull(FakeKeystore.asked["qss.vault.vault"])
        assertTrue(vault.isStrongBoxBacked && vault.isUnlockedDeviceRequired && vault.keySize == 256)
        assertEquals(listOf("GCM"), vault.blockModes.toList())
        FakeKeystore.chip = false
        deviceKey.publicKey()
        val device = assertNotNull(FakeKeystore.asked["qss.device"])
        assertFalse(device.isStrongBoxBacked)
        assertTrue(device.isUserAuthenticationRequired)
        assertEquals(600, device.userAuthenticationValidityDurationSeconds)
    }

    @Test
    fun `a phone without a lock on its screen has keys that ask for nobody`() {
        ground.screenLock = false
        keystore.seal("vault", byteArrayOf(1))
        deviceKey.publicKey()
        assertFalse(assertNotNull(FakeKeystore.asked["qss.vault.vault"]).isUnlockedDeviceRequired)
        assertFalse(assertNotNull(FakeKeystore.asked["qss.device"]).isUserAuthenticationRequired)
    }

    @Test
    fun `the maker vouches for the key where the phone can, and it is made without where it cannot`() {
        deviceKey.publicKey()
        val asked = assertNotNull(FakeKeystore.asked["qss.device"])
        assertContentEquals(deviceKeyChallenge(), asked.attestationChallenge)
        assertEquals(FakeKeystore.CHAIN, deviceKey.attestation().size)
        keys.removeAll()
        FakeKeystore.attests = false
        deviceKey.publicKey()
        assertNull(assertNotNull(FakeKeystore.asked["qss.device"]).attestationChallenge)
        assertTrue(deviceKey.attestation().isEmpty(), "a certificate that signed itself says nothing")
    }

    @Test
    fun `signing asks the person once, and a person who says no has signed nothing`() {
        val point = deviceKey.publicKey()
        assertEquals(65, point.size)
        assertContentEquals(point, deviceKey.publicKey())
        FakeKeystore.confirmed = false
        val signed = deviceKey.sign("consent".toByteArray())
        assertEquals(1, answers)
        val held = Signature.getInstance("SHA256withECDSA").run {
            initVerify(FakeKeystore.public.getValue("qss.device"))
            update("consent".toByteArray())
            verify(signed)
        }
        assertTrue(held)
        deviceKey.sign(byteArrayOf(1))
        assertEquals(1, answers)
        FakeKeystore.confirmed = false
        yes = false
        assertFailsWith<HostKeyException.Locked> { deviceKey.sign(byteArrayOf(1)) }
    }

    @Test
    fun `one key that the system made useless takes all of them with it`() {
        val sealed = keystore.seal("vault", byteArrayOf(1))
        deviceKey.publicKey()
        FakeKeystore.lockTaken = true
        assertFailsWith<HostKeyException.KeyGone> { deviceKey.sign(byteArrayOf(1)) }
        assertTrue(FakeKeystore.keys.isEmpty())
        FakeKeystore.lockTaken = false
        assertFailsWith<HostKeyException.KeyGone> { keystore.openSealed("vault", sealed) }
    }

    @Test
    fun `an app whose keys were made useless says so, wipes what is kept and begins anew`() {
        val phone = TestPhone(folder.root.toPath())
        phone.keystore = keystore
        phone.deviceKey = deviceKey
        TestPhone.now = phone
        val window = Window()
        window.untilSeen(Say.HERO.text(TextLanguage.ZH))
        val before = kept(phone)
        assertTrue(before.isNotEmpty() && FakeKeystore.keys.isNotEmpty())

        FakeKeystore.lockTaken = true
        window.activity.renew()
        window.untilSeen(Say.RESET.text(TextLanguage.ZH))
        assertTrue(FakeKeystore.keys.isEmpty(), "${FakeKeystore.keys.keys}")
        FakeKeystore.lockTaken = false
        window.tap(Say.RESET.text(TextLanguage.ZH))
        (ShadowDialog.getLatestDialog() as AlertDialog).getButton(DialogInterface.BUTTON_POSITIVE).performClick()
        window.untilSeen(Say.HERO.text(TextLanguage.ZH))
        val after = kept(phone)
        assertTrue(before.none { (name, bytes) -> after[name]?.contentEquals(bytes) == true && bytes.isNotEmpty() })
        window.close()
    }

    @Test
    fun `a mark outlives the process and is gone when it is removed`() {
        val marks = File(folder.root, "anchors")
        AnchorFiles(marks).keep("vault/a", byteArrayOf(1))
        AnchorFiles(marks).keep("vault/a", byteArrayOf(2))
        assertContentEquals(byteArrayOf(2), AnchorFiles(marks).read("vault/a"))
        AnchorFiles(marks).remove("vault/a")
        AnchorFiles(marks).remove("vault/a")
        assertNull(AnchorFiles(marks).read("vault/a"))
    }

    private fun kept(phone: TestPhone): Map<String, ByteArray> =
        File(phone.config.dataFolder).walk().filter { it.isFile && "lock" !in it.name.lowercase() }
            .associate { it.path to it.readBytes() }
}

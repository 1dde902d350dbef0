package cn.quanshengshi.app

import android.Manifest
import android.content.pm.PackageManager
import android.widget.EditText
import cn.quanshengshi.core.TextLanguage
import cn.quanshengshi.kit.JvmKeystore
import cn.quanshengshi.kit.texts.Say
import org.junit.Before
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config
import org.robolectric.shadows.ShadowDialog
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertNotNull
import kotlin.test.assertTrue

/** The screens of a phone that has done nothing yet. No portal is asked. */
@RunWith(RobolectricTestRunner::class)
class ScreensTest {
    @get:Rule
    val folder = TemporaryFolder()

    private lateinit var phone: TestPhone

    @Before
    fun phone() {
        phone = TestPhone(folder.root.toPath())
        TestPhone.now = phone
    }

    @Test
    fun `the rooms of an empty phone say what will be in them and how it comes`() {
        val window = Window()
        window.untilSeen(Say.HERO.text(TextLanguage.ZH))
        assertFalse(window.secure)
        window.shot("01-home")
        window.tap(zh(Say.TAB_WALLET))
        window.untilSeen(zh(Say.WALLET_EMPTY))
        assertTrue(window.secure)
        assertTrue(zh(Say.SCAN) in window.buttons)
        window.shot("07-wallet-empty")
        window.tap(zh(Say.TAB_LOG))
        window.untilSeen(zh(Say.LOG_EMPTY))
        window.shot("09-log-empty")
        window.tap(zh(Say.TAB_SETTINGS))
        window.untilSeen(zh(Say.SIGN_OUT))
        window.shot("10-settings")
        window.close()
    }

    @Test
    fun `a language and a size are chosen and everything is drawn in them`() {
        val window = Window()
        window.untilSeen(zh(Say.HERO))
        window.tap(zh(Say.TAB_SETTINGS))
        window.tap(zh(Say.OTHER_LANGUAGE))
        window.untilSeen(Say.HERO.text(TextLanguage.EN))
        window.shot("01-home-en")
        window.tap(Say.TAB_SETTINGS.text(TextLanguage.EN))
        window.tap(Say.LARGE_TEXT.text(TextLanguage.EN))
        window.untilSeen(Say.HERO.text(TextLanguage.EN))
        assertEquals(TextLanguage.EN to true, phone.settings.language to phone.settings.largeText)
        window.shot("01-home-en-large")
        window.close()
    }

    @Test
    @Config(qualifiers = "+night")
    fun `a phone that is set to dark is dark`() {
        val window = Window()
        window.untilSeen(zh(Say.HERO))
        val picture = window.shot("01-home-dark")
        assertEquals(0xff0d1513.toInt(), picture.getPixel(4, picture.height / 2))
        window.close()
    }

    @Test
    fun `a camera that was refused leaves two ways on and the back key leads home`() {
        val window = Window()
        window.untilSeen(zh(Say.HERO))
        window.tap(zh(Say.SCAN))
        val asked = assertNotNull(shadowOf(window.activity).lastRequestedPermission)
        assertEquals(listOf(Manifest.permission.CAMERA), asked.requestedPermissions.toList())
        window.shot("02-scan")
        val refused = intArrayOf(PackageManager.PERMISSION_DENIED)
        window.activity.onRequestPermissionsResult(asked.requestCode, asked.requestedPermissions, refused)
        window.untilSeen(zh(Say.SYSTEM_SETTINGS))
        assertTrue(zh(Say.TYPE_DIGITS) in window.buttons)
        window.shot("11-camera-refused")
        // Back from the system's settings without having changed anything: nobody is asked twice.
        window.controller.pause().resume()
        window.untilSeen(zh(Say.SYSTEM_SETTINGS))
        window.tap(zh(Say.TYPE_DIGITS))
        window.untilSeen(zh(Say.DIGITS_NOTE))
        window.shot("02-type")
        window.activity.back()
        window.untilSeen(zh(Say.HERO))
        window.close()
    }

    @Test
    fun `digits that are no code are told at once`() {
        val window = Window()
        window.untilSeen(zh(Say.HERO))
        window.tap(zh(Say.CANNOT_SCAN))
        window.parts().filterIsInstance<EditText>().single().setText("123")
        window.tap(zh(Say.GO_ON))
        window.untilSeen(zh(Say.TROUBLE_CODE))
        assertTrue(window.buttons.isNotEmpty())
        window.shot("11-digits")
        window.close()
    }

    @Test
    fun `a locked phone is unlocked, and lost keys are reset after a question`() {
        val keystore = JvmKeystore().also { phone.keystore = it }
        keystore.locked = true
        val window = Window()
        window.untilSeen(zh(Say.UNLOCK))
        window.shot("11-locked")
        keystore.locked = false
        window.tap(zh(Say.UNLOCK))
        window.untilSeen(zh(Say.HERO))
        keystore.loseKeys()
        window.activity.renew()
        window.untilSeen(zh(Say.RESET))
        window.shot("11-keys-lost")
        window.tap(zh(Say.RESET))
        val question = ShadowDialog.getLatestDialog() as android.app.AlertDialog
        question.getButton(android.content.DialogInterface.BUTTON_POSITIVE).performClick()
        window.untilSeen(zh(Say.HERO))
        window.close()
    }

    @Test
    fun `signing out asks first and says that nothing is kept`() {
        val window = Window()
        window.untilSeen(zh(Say.HERO))
        window.tap(zh(Say.TAB_SETTINGS))
        window.tap(zh(Say.SIGN_OUT))
        val question = ShadowDialog.getLatestDialog() as android.app.AlertDialog
        question.getButton(android.content.DialogInterface.BUTTON_POSITIVE).performClick()
        window.untilSeen(zh(Say.DONE))
        assertTrue(window.words.any { "已退出" in it })
        window.shot("10-signed-out")
        window.tap(zh(Say.DONE))
        window.untilSeen(zh(Say.HERO))
        assertNotNull(RuntimeEnvironment.getApplication())
        window.close()
    }

    private fun zh(say: Say) = say.text(TextLanguage.ZH)
}

package cn.quanshengshi.kit

import cn.quanshengshi.core.CameraTrouble
import cn.quanshengshi.core.FacePrompt
import cn.quanshengshi.core.QssException
import cn.quanshengshi.core.ScanGuidance
import cn.quanshengshi.core.TextLanguage
import cn.quanshengshi.kit.next.NextStep
import cn.quanshengshi.kit.next.Remedy
import cn.quanshengshi.kit.next.Trouble
import cn.quanshengshi.kit.next.nextStep
import cn.quanshengshi.kit.texts.Say
import cn.quanshengshi.kit.texts.sayOf
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertTrue

private val HAN = Regex("\\p{IsHan}")

class TextsTest {
    @Test
    fun `every text is there in both languages`() {
        for (say in Say.entries) {
            val (zh, en) = say.text(TextLanguage.ZH) to say.text(TextLanguage.EN)
            assertTrue(HAN.containsMatchIn(zh), "$say: $zh")
            assertTrue(en.isNotBlank() && !HAN.containsMatchIn(en), "$say: $en")
        }
        for (language in TextLanguage.entries) {
            assertEquals(Say.entries.size, Say.entries.distinctBy { it.text(language) }.size, "$language")
        }
    }

    @Test
    fun `every prompt has a line of its own to be spoken`() {
        assertEquals(FacePrompt.entries.size, FacePrompt.entries.distinctBy(::sayOf).size)
        assertEquals(ScanGuidance.entries.size, ScanGuidance.entries.distinctBy(::sayOf).size)
    }

    @Test
    fun `a camera without a picture always leaves a way on`() {
        for (trouble in CameraTrouble.entries) {
            for (language in TextLanguage.entries) {
                val told = Trouble.of(trouble, language, Remedy.TYPE_DIGITS)
                assertTrue(Remedy.TYPE_DIGITS in told.remedies, "$trouble")
                assertEquals(trouble == CameraTrouble.DENIED_FOREVER, Remedy.SYSTEM_SETTINGS in told.remedies)
            }
        }
    }

    @Test
    fun `every error says what comes next and how`() {
        val full = Trouble.of(QssException.DiskFull("DISK_FULL").nextStep(), TextLanguage.ZH)
        assertEquals(listOf(Remedy.FREE_SPACE, Remedy.RETRY), full.remedies)
        val wiped = QssException.Wiped("DEVICE_DISABLED").nextStep()
        assertTrue(wiped is NextStep.StartAnew)
        assertFalse(Remedy.RETRY in Trouble.of(wiped, TextLanguage.ZH).remedies)
        val gone = Trouble.of(QssException.VaultReset("VAULT_KEY_GONE").nextStep(), TextLanguage.EN)
        assertEquals(Remedy.RESET, gone.remedies.first())
        assertEquals("The certificates on this phone can no longer be opened. Clear them and download again", gone.text)
        val later = Trouble.of(QssException.TryAgain("VAULT_IN_USE", 1_500uL).nextStep(), TextLanguage.ZH)
        assertEquals(1_500uL, later.afterMs)
        val missed = Trouble.of(QssException.NewAttempt("LIVENESS_ACTION_MISSED").nextStep(), TextLanguage.ZH)
        assertEquals("未完成动作", missed.text)
        // A code of a portal that is newer than this app.
        val unknown = Trouble.of(QssException.Refused("TOMORROW").nextStep(), TextLanguage.ZH)
        assertEquals(Say.UNKNOWN_TROUBLE.text(TextLanguage.ZH), unknown.text)
    }
}

package cn.quanshengshi.app

import cn.quanshengshi.core.Handset
import cn.quanshengshi.core.TextLanguage
import cn.quanshengshi.kit.JvmDeviceKey
import cn.quanshengshi.kit.JvmKeystore
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import java.io.File
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith

/**
 * The files by which a build knows its portal. Under Robolectric like all others: the core calls back into the first
 * class loader that it met.
 */
@RunWith(RobolectricTestRunner::class)
class PortalFileTest {
    @get:Rule
    val folder = TemporaryFolder()

    @Test
    fun `the sample's files open a handset, and a build without them says what is missing`() {
        val sample = { name: String -> File("src/sample/assets", name).takeIf(File::isFile)?.readText() }
        val config = portalOf(sample, folder.root, "0.1.0", TextLanguage.ZH)
        assertEquals(listOf("https://portal.example"), config.trustedOrigins)
        assertEquals(emptyList(), config.portalKeys)
        Handset(config, JvmKeystore(), JvmDeviceKey()).close()
        assertFailsWith<IllegalArgumentException> { portalOf({ null }, folder.root, "0.1.0", TextLanguage.ZH) }
    }
}

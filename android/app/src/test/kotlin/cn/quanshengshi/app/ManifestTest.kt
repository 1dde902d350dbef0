package cn.quanshengshi.app

import org.junit.Test
import org.w3c.dom.Document
import org.w3c.dom.Element
import java.io.File
import javax.xml.parsers.DocumentBuilderFactory
import kotlin.test.assertEquals

private const val ANDROID = "http://schemas.android.com/apk/res/android"

/** What the system is told of the app before any of it runs. */
class ManifestTest {
    private val manifest = read("AndroidManifest.xml")
    private val app = manifest.elements("application").single()

    @Test
    fun `nothing of the app is backed up or moved to another phone`() {
        assertEquals("false", app.android("allowBackup"))
        assertEquals("false", app.android("fullBackupContent"))
        assertEquals("@xml/nothing_leaves", app.android("dataExtractionRules"))
        val rules = read("res/xml/nothing_leaves.xml")
        val domains = setOf("root", "file", "database", "sharedpref", "external")
        for (way in listOf("cloud-backup", "device-transfer")) {
            val part = rules.elements(way).single()
            val named = part.getElementsByTagName("exclude")
            assertEquals(
                domains,
                (0 until named.length).map {
                    (named.item(it) as Element).getAttribute("domain")
                }.toSet(),
            )
            assertEquals(0, part.getElementsByTagName("include").length)
        }
    }

    @Test
    fun `nothing is spoken in clear text and no more is asked for than is used`() {
        assertEquals("false", app.android("usesCleartextTraffic"))
        val network = read("res/xml/network.xml").elements("base-config").single()
        assertEquals("false", network.getAttribute("cleartextTrafficPermitted"))
        val asked = manifest.elements("uses-permission").map { it.android("name").substringAfterLast('.') }
        assertEquals(setOf("CAMERA", "INTERNET", "USE_BIOMETRIC"), asked.toSet())
    }

    @Test
    fun `only the window can be started from outside, and its classes are there`() {
        val outside = listOf("activity", "service", "receiver", "provider").flatMap { manifest.elements(it) }
            .filter { it.android("exported") == "true" }
        assertEquals(listOf(".MainActivity"), outside.map { it.android("name") })
        val named = listOf(app.android("name"), ".MainActivity", ".copy.Copies")
        for (name in named) Class.forName("cn.quanshengshi.app$name")
    }

    @Test
    fun `other apps may only lend files, by an address that their owner answers for`() {
        val shown = manifest.elements("intent-filter").filter { filter ->
            filter.children("action").any { it.android("name") == "android.intent.action.VIEW" }
        }
        assertEquals(2, shown.size)
        for (filter in shown) {
            val schemes = filter.children("data").map { it.android("scheme") }.filter(String::isNotEmpty)
            assertEquals(setOf("content"), schemes.toSet())
            assertEquals(
                listOf("android.intent.category.DEFAULT"),
                filter.children("category").map { it.android("name") },
            )
        }
        val kinds = shown.flatMap { it.children("data") }.map { it.android("mimeType") }.filter(String::isNotEmpty)
        assertEquals(setOf("application/pdf", "application/ofd", "application/octet-stream"), kinds.toSet())
    }

    private fun read(path: String): Document {
        val makers = DocumentBuilderFactory.newInstance().apply { isNamespaceAware = true }
        return makers.newDocumentBuilder().parse(File("src/main", path))
    }

    private fun Document.elements(name: String): List<Element> = documentElement.children(name)

    private fun Element.children(name: String): List<Element> =
        getElementsByTagName(name).let { found -> (0 until found.length).map { found.item(it) as Element } }

    private fun Element.android(name: String): String = getAttributeNS(ANDROID, name)
}

package cn.quanshengshi.kit

import java.io.ByteArrayInputStream
import java.net.URI
import java.net.URLEncoder
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.security.KeyStore
import java.security.cert.CertificateFactory
import javax.net.ssl.SSLContext
import javax.net.ssl.TrustManagerFactory

private const val REGISTRATION = "/register/enterprise"
private const val MOST_REDIRECTIONS = 5
private const val HOLD_MS = 500L

/** The enterprise and its legal representative of the portal's sample register; both are invented. */
private val ENTERPRISE = mapOf(
    "document_kind" to "resident_id",
    "organisation_name" to "北疆云杉科技(哈尔滨)有限公司",
    "credit_code" to "91230102MA1B2C3D8J",
    "person_name" to "林知微",
    "document_number" to "230102199705180024",
    "validity_start" to "2023.06.12",
    "validity_end" to "2043.06.12",
    "validity_term" to "20",
    "mobile" to "13904510037",
    "password" to "Yunshan-2026-qss",
    "password_again" to "Yunshan-2026-qss",
    "region" to "230100",
    "enterprise_type" to "enterprise",
)

/** A page as it came: where it stands, and its markup. */
class PcPage(val path: String, private val markup: String) {
    /** The value of an attribute that stands once. */
    fun attribute(name: String): String = find(" $name=\"([^\"]*)\"", name)

    /** The value of a hidden input. */
    fun hidden(name: String): String {
        val input = markup.split("<input").first { it.contains("name=\"$name\"") }.substringBefore('>')
        return PcPage(path, " $input").attribute("value")
    }

    /** The picture of a code, by its attribute: units of a side, and the path of its dark modules. */
    fun codePicture(code: String): Pair<Int, String> {
        val drawn = markup.substringAfter(" $code=\"", "").substringBefore("</svg>")
        val side = PcPage(path, drawn).attribute("width").toInt()
        return side to PcPage(path, drawn.substringAfter("<path")).attribute("d")
    }

    /** The identifier of the first row that says this name. */
    fun certificateNamed(name: String): String =
        markup.split("data-certificate=\"").drop(1).first { name in it.substringBefore("</li>") }.substringBefore('"')

    /** The code of six digits in the first short message. */
    fun messageCode(): String = find("data-text[^>]*>[^<]*?(?<!\\d)(\\d{6})(?!\\d)", "a code in a message")

    private fun find(pattern: String, what: String): String =
        Regex(pattern).find(markup)?.groupValues?.get(1)?.replace("&amp;", "&")
            ?: error("no $what on $path: ${words()}")

    /** What a person reads on the page. */
    private fun words(): String =
        markup.substringAfter("<main").replace(Regex("<[^>]*>"), " ").replace(Regex("\\s+"), " ").take(1_500)
}

/** A person at the PC without a browser: the same pages and forms, one cookie. */
class Pc(private val portal: PortalProcess) {
    private val client = HttpClient.newBuilder().sslContext(trusting(portal.rootPem)).build()
    private var cookie: String? = null

    /** Registers the sample enterprise and gives the page with the two codes. */
    fun registerEnterprise(): PcPage {
        val fields = ENTERPRISE + ("form_token" to page(REGISTRATION).hidden("form_token"))
        page(REGISTRATION, fields + ("act" to "code"))
        val code = page("/sample/outbox").messageCode()
        return page(REGISTRATION, fields + mapOf("sms_code" to code, "consent" to "yes", "act" to "register"))
            .also { it.attribute("data-task") }
    }

    /** The text of the code that a waiting page shows now. */
    fun codeOn(waiting: PcPage): String = page(waiting.path).attribute("data-qr")

    /** The state that a waiting page shows now. */
    fun stateOf(waiting: PcPage): String = page(waiting.path).attribute("data-state")

    /** The waiting page as it is now, with the code drawn on it. */
    fun again(waiting: PcPage): PcPage = page(waiting.path)

    /** Signs the sample enterprise in: the slider is solved from its picture, as an eye does it. */
    fun signIn() {
        val page = page("/login")
        val puzzle = page.hidden("puzzle")
        val picture = send("/slider/$puzzle/landscape.png", null, HttpResponse.BodyHandlers.ofByteArray()).body()
        val place = slotOf(picture)
        val work = workOf(puzzle, page.attribute("data-bits").toInt())
        // A person holds the piece a moment before letting go.
        Thread.sleep(HOLD_MS)
        val fields = mapOf(
            "form_token" to page.hidden("form_token"),
            "kind" to "legal",
            "account" to ENTERPRISE.getValue("credit_code"),
            "password" to ENTERPRISE.getValue("password"),
            "puzzle" to puzzle,
            "slider" to place.toString(),
            "track" to handTrack(place),
            "work" to work,
            "act" to "sign_in",
        )
        page("/login", fields)
    }

    /** Asks for a copy of the certificate of this name; the page that waits for the phone. */
    fun askForCopy(name: String): PcPage {
        val list = page("/space/certificates")
        val fields = mapOf(
            "form_token" to list.hidden("form_token"),
            "kind" to "download",
            "certificate" to list.certificateNamed(name),
            "purpose" to "银行开户",
        )
        return page("/pc/tasks", fields).also { it.attribute("data-task") }
    }

    /** Disables the one phone of the account, as somebody does who lost it. */
    fun disablePhone() {
        val device = page("/space/devices").attribute("data-device")
        val revoke = "/space/devices/$device/revoke"
        page(revoke, mapOf("form_token" to page(revoke).hidden("form_token")))
    }

    private fun page(path: String, form: Map<String, String>? = null): PcPage {
        var (at, response) = path to send(path, form)
        repeat(MOST_REDIRECTIONS) {
            val next = response.headers().firstValue("location").orElse(null) ?: return PcPage(at, response.body())
            at = next.removePrefix(portal.origin)
            response = send(at, null)
        }
        return PcPage(at, response.body())
    }

    private fun send(path: String, form: Map<String, String>?): HttpResponse<String> =
        send(path, form, HttpResponse.BodyHandlers.ofString())

    private fun <T> send(path: String, form: Map<String, String>?, body: HttpResponse.BodyHandler<T>): HttpResponse<T> {
        val request = HttpRequest.newBuilder(URI.create(portal.origin + path))
        request.header("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0.0.0 plain")
        cookie?.let { request.header("Cookie", it) }
        if (form != null) {
            val encode = { text: String -> URLEncoder.encode(text, Charsets.UTF_8) }
            val sent = form.entries.joinToString("&") { (name, value) -> "${encode(name)}=${encode(value)}" }
            request.header("Content-Type", "application/x-www-form-urlencoded")
            request.header("Origin", portal.origin).header("Sec-Fetch-Site", "same-origin")
            request.POST(HttpRequest.BodyPublishers.ofString(sent))
        }
        val response = client.send(request.build(), body)
        val own = response.headers().allValues("set-cookie").map { it.substringBefore(';') }
        own.lastOrNull { it.startsWith("__Host-") }?.let { cookie = it }
        return response
    }
}

/** TLS that believes one root and no other. */
private fun trusting(rootPem: String): SSLContext {
    val root = CertificateFactory.getInstance("X.509").generateCertificate(ByteArrayInputStream(rootPem.toByteArray()))
    val store = KeyStore.getInstance(KeyStore.getDefaultType()).apply { load(null) }
    store.setCertificateEntry("root", root)
    val trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm()).apply { init(store) }
    return SSLContext.getInstance("TLS").apply { init(null, trust.trustManagers, null) }
}

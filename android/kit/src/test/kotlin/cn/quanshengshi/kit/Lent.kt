package cn.quanshengshi.kit

import cn.quanshengshi.kit.document.DocumentSource
import java.io.InputStream
import java.nio.file.Files
import java.nio.file.Path

/** A certificate file of the fixtures. */
fun fixture(name: String): ByteArray = Files.readAllBytes(Path.of("../../tests/fixtures/certificates", name))

/** A file that somebody lends: `told` is the length that they say. */
class Lent(private val told: Long?, private val bytes: () -> InputStream) : DocumentSource {
    constructor(bytes: ByteArray, told: Long? = bytes.size.toLong()) : this(told, bytes::inputStream)

    /** How often it was opened. */
    var opened = 0
        private set

    override fun size() = told

    override fun open(): InputStream {
        opened += 1
        return bytes()
    }
}

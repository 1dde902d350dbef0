package cn.quanshengshi.app.document

import android.content.ContentResolver
import android.net.Uri
import android.provider.OpenableColumns
import cn.quanshengshi.kit.document.DocumentSource
import java.io.FileNotFoundException
import java.io.IOException
import java.io.InputStream

/**
 * A file that another app lends by a `content:` address. It is read, never written, and no grant is kept. No other
 * address is opened: this process can read files for somebody who may not, its own among them.
 */
internal class ContentFile(private val resolver: ContentResolver, private val address: Uri) : DocumentSource {
    /** None where the provider does not answer: what opening it says counts. */
    override fun size(): Long? =
        try {
            lent { told() }
        } catch (_: IOException) {
            null
        }

    override fun open(): InputStream =
        lent {
            val lent = resolver.openAssetFileDescriptor(address, "r") ?: throw FileNotFoundException("nothing is lent")
            lent.createInputStream()
        }

    private fun told(): Long? =
        resolver.query(address, arrayOf(OpenableColumns.SIZE), null, null, null)?.use { row ->
            val column = row.getColumnIndex(OpenableColumns.SIZE)
            if (column >= 0 && row.moveToFirst() && !row.isNull(column)) row.getLong(column) else null
        }

    /** Whatever a provider throws, that of a grant that ended among it, arrives here as if it were ours. */
    @Suppress("TooGenericExceptionCaught")
    private fun <T> lent(call: () -> T): T =
        try {
            if (address.scheme != ContentResolver.SCHEME_CONTENT) throw FileNotFoundException("nobody lends it")
            call()
        } catch (error: RuntimeException) {
            throw IOException("its provider failed", error)
        }
}

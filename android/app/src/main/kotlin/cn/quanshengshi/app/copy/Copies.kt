package cn.quanshengshi.app.copy

import android.content.ClipData
import android.content.ContentProvider
import android.content.ContentValues
import android.content.Intent
import android.content.Intent.FLAG_GRANT_READ_URI_PERMISSION
import android.database.Cursor
import android.database.MatrixCursor
import android.net.Uri
import android.os.ParcelFileDescriptor
import android.provider.OpenableColumns
import java.io.FileNotFoundException
import java.io.IOException
import java.util.UUID

private const val AUTHORITY = "cn.quanshengshi.app.copies"
private const val PNG = "image/png"

/**
 * Lends the pages of the copy that was made last to the app that the person chose. They lie in memory alone and go with
 * the process or the next copy: nothing of a certificate is ever on the disk in clear.
 */
class Copies : ContentProvider() {
    override fun onCreate() = true

    override fun getType(uri: Uri) = PNG

    override fun query(uri: Uri, names: Array<String>?, s: String?, a: Array<String>?, o: String?): Cursor {
        val page = pageAt(uri)
        val known = mapOf<String, Any>(OpenableColumns.DISPLAY_NAME to page.name, OpenableColumns.SIZE to page.png.size)
        val wanted = (names ?: known.keys.toTypedArray()).filter(known::containsKey)
        return MatrixCursor(wanted.toTypedArray()).apply { addRow(wanted.map(known::get)) }
    }

    override fun openFile(uri: Uri, mode: String): ParcelFileDescriptor {
        if (mode != "r") throw FileNotFoundException("$uri is only read")
        val page = pageAt(uri)
        return openPipeHelper(uri, PNG, null, page) { pipe, _, _, _, lent ->
            try {
                ParcelFileDescriptor.AutoCloseOutputStream(pipe).use { it.write(lent?.png ?: return@use) }
            } catch (_: IOException) {
                // Whoever read it had enough.
            }
        }
    }

    override fun insert(uri: Uri, values: ContentValues?) = throw UnsupportedOperationException()

    override fun delete(uri: Uri, s: String?, a: Array<String>?) = throw UnsupportedOperationException()

    override fun update(uri: Uri, v: ContentValues?, s: String?, a: Array<String>?) =
        throw UnsupportedOperationException()

    private class Page(val name: String, val png: ByteArray)

    companion object {
        @Volatile
        private var lent: Map<String, Page> = emptyMap()

        private fun pageAt(uri: Uri): Page =
            uri.lastPathSegment?.let(lent::get) ?: throw FileNotFoundException("$uri is lent no more")

        /** Lends these pages, and nothing that was lent before; asks the person whom to. */
        fun handOn(name: String, pages: List<ByteArray>): Intent {
            // Nobody guesses an address that is still lent.
            val named = pages.mapIndexed { number, png ->
                UUID.randomUUID().toString() to Page("$name-${number + 1}.png", png)
            }
            lent = named.toMap()
            val uris = named.map { (key, _) -> Uri.parse("content://$AUTHORITY/$key") }
            val send = if (uris.size == 1) {
                Intent(Intent.ACTION_SEND).putExtra(Intent.EXTRA_STREAM, uris.single())
            } else {
                Intent(Intent.ACTION_SEND_MULTIPLE).putParcelableArrayListExtra(Intent.EXTRA_STREAM, ArrayList(uris))
            }
            // The grant goes with the clip.
            send.clipData = ClipData(name, arrayOf(PNG), ClipData.Item(uris.first())).apply {
                uris.drop(1).forEach { addItem(ClipData.Item(it)) }
            }
            send.setType(PNG).addFlags(FLAG_GRANT_READ_URI_PERMISSION)
            return Intent.createChooser(send, name)
        }

        /** Lends nothing any more. */
        fun takeBack() {
            lent = emptyMap()
        }
    }
}

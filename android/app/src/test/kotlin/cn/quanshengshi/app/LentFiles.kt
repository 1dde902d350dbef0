package cn.quanshengshi.app

import android.content.ContentProvider
import android.content.ContentValues
import android.content.Intent
import android.database.Cursor
import android.database.MatrixCursor
import android.net.Uri
import android.os.ParcelFileDescriptor
import android.provider.OpenableColumns
import org.robolectric.Robolectric
import java.io.File
import java.io.FileNotFoundException

/** A file as another app has it: what it says of its length, and what happens to who opens it. */
class LentFile(val told: () -> Cursor?, val bytes: () -> ByteArray) {
    companion object {
        /** One that cannot be had; `silent` if it does not even say so when asked for its length. */
        fun failing(silent: Boolean = false, error: () -> Exception) =
            LentFile({ if (silent) null else throw error() }, { throw error() })
    }
}

/** Another app that lends files by `content:` addresses, or does not any more. */
class LentFiles : ContentProvider() {
    private val files = mutableMapOf<String, LentFile>()

    /** Whether this app may still read. */
    var granted = true

    /** How often a file was opened. */
    var opened = 0
        private set

    /** Lends these bytes; their address. */
    fun lend(name: String, bytes: ByteArray, told: Long = bytes.size.toLong()): Uri =
        lend(name, LentFile({ sized(told) }, { bytes }))

    /** Lends a file with manners of its own. */
    fun lend(name: String, file: LentFile): Uri {
        files["/$name"] = file
        return Uri.parse("content://$AUTHORITY/$name")
    }

    override fun onCreate() = true

    override fun query(uri: Uri, names: Array<String>?, s: String?, a: Array<String>?, o: String?): Cursor? =
        fileAt(uri).told()

    override fun openFile(uri: Uri, mode: String): ParcelFileDescriptor {
        check(mode == "r") { "opened to $mode" }
        val bytes = fileAt(uri).bytes()
        opened += 1
        val kept = File.createTempFile("lent", null)
        kept.writeBytes(bytes)
        return ParcelFileDescriptor.open(kept, ParcelFileDescriptor.MODE_READ_ONLY).also { kept.delete() }
    }

    override fun getType(uri: Uri) = "application/octet-stream"

    override fun insert(uri: Uri, values: ContentValues?) = throw UnsupportedOperationException()

    override fun delete(uri: Uri, s: String?, a: Array<String>?) = throw UnsupportedOperationException()

    override fun update(uri: Uri, v: ContentValues?, s: String?, a: Array<String>?) =
        throw UnsupportedOperationException()

    private fun fileAt(uri: Uri): LentFile {
        if (!granted) throw SecurityException("no grant for $uri")
        return files[uri.path] ?: throw FileNotFoundException("$uri")
    }

    companion object {
        private const val AUTHORITY = "cn.somebody.files"

        /** Starts the other app. */
        fun start(): LentFiles = Robolectric.setupContentProvider(LentFiles::class.java, AUTHORITY)

        /** The answer about a length. */
        fun sized(bytes: Long): Cursor =
            MatrixCursor(arrayOf(OpenableColumns.SIZE)).apply { addRow(arrayOf<Any>(bytes)) }

        /** How another app hands a file over. */
        fun handedOver(file: Uri): Intent = Intent(Intent.ACTION_VIEW, file)
    }
}

package cn.quanshengshi.app.keys

import cn.quanshengshi.core.HostAnchor
import cn.quanshengshi.core.HostKeyException
import java.io.File
import java.io.IOException

/** Marks beside the data, in a folder that no backup holds: an older data folder that was put back shows by them. */
class AnchorFiles(private val folder: File) : HostAnchor {
    override fun read(purpose: String): ByteArray? = tried { file(purpose).takeIf(File::isFile)?.readBytes() }

    override fun keep(purpose: String, mark: ByteArray) =
        tried {
            folder.mkdirs()
            val draft = File(folder, file(purpose).name + ".new")
            draft.writeBytes(mark)
            // A phone that dies in between has the old mark or the new one.
            if (!draft.renameTo(file(purpose))) throw IOException("rename")
        }

    override fun remove(purpose: String) {
        tried { file(purpose).delete() }
    }

    /** A purpose may hold any sign; a file's name may not. */
    private fun file(purpose: String) = File(folder, purpose.toByteArray().joinToString("") { "%02x".format(it) })

    /** The message would name a place on this phone; the kind is enough. */
    @Suppress("SwallowedException")
    private fun <T> tried(call: () -> T): T =
        try {
            call()
        } catch (error: IOException) {
            throw HostKeyException.Failed(error.javaClass.simpleName)
        }
}

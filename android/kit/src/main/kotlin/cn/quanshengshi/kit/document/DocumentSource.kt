package cn.quanshengshi.kit.document

import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import java.io.IOException
import java.io.InputStream
import java.nio.ByteBuffer
import java.nio.channels.Channels

/** Bytes of the longest file that is read: the core opens no longer one. */
const val MOST_BYTES = 64 shl 20

/** Bytes to begin with where the length is not known. */
private const val FIRST_BYTES = 64 shl 10

/** A file that somebody lends. Both functions may wait; what cannot be read is an [IOException]. */
interface DocumentSource {
    /** Its length in bytes as its owner says, who may be wrong; none if they do not say. */
    fun size(): Long?

    /** Its bytes from the start; whoever asks closes them. */
    fun open(): InputStream
}

/** What became of reading. */
internal sealed interface Reading {
    /** All of it, in memory that the core can borrow. */
    class Whole(val bytes: ByteBuffer) : Reading

    /** None of it. */
    class Failed(val why: FileTrouble) : Reading
}

/** Reads all of a file, or says why not. What is told to be too long is not opened. */
internal suspend fun DocumentSource.read(): Reading =
    try {
        val told = size()
        if (told != null && told > MOST_BYTES) {
            Reading.Failed(FileTrouble.FILE_TOO_LARGE)
        } else {
            whole(told)?.let(Reading::Whole) ?: Reading.Failed(FileTrouble.FILE_TOO_LARGE)
        }
    } catch (_: IOException) {
        Reading.Failed(FileTrouble.FILE_UNREACHABLE)
    } catch (_: OutOfMemoryError) {
        // One large piece was asked for and not had; everything else goes on.
        Reading.Failed(FileTrouble.FILE_TOO_LARGE)
    }

/** All of it; none when there is more than is read, whatever was told. */
private suspend fun DocumentSource.whole(told: Long?): ByteBuffer? =
    open().use { stream ->
        val channel = Channels.newChannel(stream)
        // One byte more than there should be: so the end is met without more room.
        var bytes = ByteBuffer.allocateDirect((told?.takeIf { it > 0 }?.toInt() ?: FIRST_BYTES) + 1)
        while (channel.read(bytes) >= 0) {
            currentCoroutineContext().ensureActive()
            if (bytes.position() > MOST_BYTES) return null
            if (!bytes.hasRemaining()) {
                val room = minOf(bytes.capacity() * 2, MOST_BYTES + 1)
                bytes = ByteBuffer.allocateDirect(room).put(bytes.flip())
            }
        }
        bytes.flip()
    }

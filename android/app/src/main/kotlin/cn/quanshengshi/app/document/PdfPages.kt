package cn.quanshengshi.app.document

import android.graphics.Bitmap
import android.graphics.pdf.PdfRenderer
import android.os.ParcelFileDescriptor
import java.io.File
import java.io.FileOutputStream
import java.io.IOException
import java.nio.ByteBuffer
import kotlin.math.min
import kotlin.math.sqrt

/** Pixels of the largest picture: 24 MB, enough for a page of A4 at twice the width of a phone. */
private const val MOST_PIXELS = 6_000_000f

/** A side that every phone can draw. */
private const val MOST_SIDE = 4096

private const val WHITE = -1

/**
 * The pages of a PDF, one drawn at a time by the system's renderer. Blocks, and is for one thread at a time. Making it
 * throws [SecurityException] for a PDF under a password and [IOException] for one that cannot be read.
 */
internal class PdfPages(file: ByteBuffer, folder: File) : AutoCloseable {
    private val renderer = rendererOf(file, folder)

    /** How many there are, as the renderer counts them. */
    val count: Int get() = renderer.pageCount

    /** Page `number`, from 0, so many pixels wide if that is not too large; [IOException] if it cannot be drawn. */
    @Suppress("TooGenericExceptionCaught") // The renderer says nothing about what it throws for a page it cannot draw.
    fun draw(number: Int, width: Int): Bitmap =
        try {
            renderer.openPage(number).use { page ->
                val (wide, high) = sizeOf(page.width, page.height, width)
                val picture = Bitmap.createBitmap(wide, high, Bitmap.Config.ARGB_8888)
                // Paper is not drawn by a page.
                picture.eraseColor(WHITE)
                page.render(picture, null, null, PdfRenderer.Page.RENDER_MODE_FOR_DISPLAY)
                picture
            }
        } catch (error: RuntimeException) {
            throw IOException("page $number", error)
        } catch (error: OutOfMemoryError) {
            throw IOException("no room for page $number", error)
        }

    override fun close() = renderer.close()
}

/** The size of a picture `width` pixels wide of a page, smaller where it would be too large. */
internal fun sizeOf(pageWide: Int, pageHigh: Int, width: Int): Pair<Int, Int> {
    require(pageWide > 0 && pageHigh > 0) { "a page without a size" }
    val fit = width.toFloat() / pageWide
    val (wide, high) = pageWide * fit to pageHigh * fit
    val less = min(1f, min(sqrt(MOST_PIXELS / (wide * high)), MOST_SIDE / maxOf(wide, high)))
    return (wide * less).toInt().coerceAtLeast(1) to (high * less).toInt().coerceAtLeast(1)
}

/**
 * The renderer wants a descriptor it can seek in, which memory is only from Android 11 on and a provider's pipe never:
 * so the bytes go into a file of the cache, whose name is removed at once. What is left of it goes with the descriptor,
 * however the process ends.
 */
private fun rendererOf(file: ByteBuffer, folder: File): PdfRenderer {
    val kept = File.createTempFile("document", null, folder)
    val lent = try {
        FileOutputStream(kept).use { out ->
            val rest = file.duplicate()
            while (rest.hasRemaining()) out.channel.write(rest)
        }
        ParcelFileDescriptor.open(kept, ParcelFileDescriptor.MODE_READ_ONLY)
    } finally {
        kept.delete()
    }
    // It closes the descriptor only if it was made.
    return runCatching { PdfRenderer(lent) }.onFailure { lent.close() }.getOrThrow()
}

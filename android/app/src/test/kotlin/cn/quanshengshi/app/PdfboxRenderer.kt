package cn.quanshengshi.app

import android.graphics.Bitmap
import android.graphics.Canvas
import android.graphics.Matrix
import android.graphics.Point
import android.graphics.Rect
import android.graphics.pdf.PdfRenderer
import org.apache.pdfbox.Loader
import org.apache.pdfbox.pdmodel.PDDocument
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException
import org.apache.pdfbox.rendering.PDFRenderer
import org.robolectric.annotation.Implementation
import org.robolectric.annotation.Implements
import org.robolectric.annotation.RealObject
import java.awt.Color
import java.awt.Graphics2D
import java.awt.image.BufferedImage
import java.io.File
import kotlin.math.ceil

/** The documents that are open, by the number that the framework knows them by. */
private val open = mutableMapOf<Long, PDDocument>()

/** The system's renderer of PDFs with PDFBox in the place of its native half, which Robolectric does not have. */
@Implements(PdfRenderer::class)
class PdfboxRenderer {
    companion object {
        /** How many documents were not closed. */
        val left: Int get() = open.size

        @JvmStatic
        @Implementation
        fun nativeCreate(descriptor: Int, size: Long): Long {
            check(size >= 0) { "a length of $size" }
            val bytes = File("/proc/self/fd/$descriptor").readBytes()
            // The framework promises these two, and no other.
            val document = try {
                Loader.loadPDF(bytes)
            } catch (error: InvalidPasswordException) {
                throw SecurityException("password required or incorrect password", error)
            }
            return (open.keys.maxOrNull() ?: 0L).plus(1).also { open[it] = document }
        }

        @JvmStatic
        @Implementation
        fun nativeGetPageCount(document: Long): Int = open.getValue(document).numberOfPages

        @JvmStatic
        @Implementation
        fun nativeOpenPageAndGetSize(document: Long, page: Int, size: Point): Long {
            val box = open.getValue(document).getPage(page).cropBox
            size.set(ceil(box.width).toInt(), ceil(box.height).toInt())
            return document
        }

        @JvmStatic
        @Implementation
        fun nativeClosePage(page: Long) = check(page in open) { "a page of no document" }

        @JvmStatic
        @Implementation
        fun nativeClose(document: Long) = open.remove(document)?.close() ?: error("closed twice")
    }

    /** One page. The framework's own checks lie before the native half that is replaced here. */
    @Implements(PdfRenderer.Page::class)
    class Page {
        @RealObject
        private lateinit var real: PdfRenderer.Page

        @Implementation
        fun render(into: Bitmap, clip: Rect?, transform: Matrix?, mode: Int) {
            check(clip == null && transform == null && mode == PdfRenderer.Page.RENDER_MODE_FOR_DISPLAY)
            val drawn = BufferedImage(into.width, into.height, BufferedImage.TYPE_INT_ARGB)
            val ground: Graphics2D = drawn.createGraphics()
            // As the system's renderer does it: over what is there.
            ground.background = Color(0, true)
            val document = open.values.last()
            val (across, down) = into.width.toFloat() / real.width to into.height.toFloat() / real.height
            PDFRenderer(document).renderPageToGraphics(real.index, ground, across, down)
            ground.dispose()
            val pixels = drawn.getRGB(0, 0, into.width, into.height, null, 0, into.width)
            val page = Bitmap.createBitmap(pixels, into.width, into.height, Bitmap.Config.ARGB_8888)
            Canvas(into).drawBitmap(page, 0f, 0f, null)
        }
    }
}

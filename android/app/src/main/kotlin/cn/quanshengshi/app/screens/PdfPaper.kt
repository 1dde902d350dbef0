package cn.quanshengshi.app.screens

import android.graphics.Bitmap
import android.view.View
import android.view.ViewGroup
import android.widget.FrameLayout
import cn.quanshengshi.app.Host
import cn.quanshengshi.app.document.PdfPages
import cn.quanshengshi.app.look.Tone
import cn.quanshengshi.app.look.notice
import cn.quanshengshi.kit.document.FileTrouble
import cn.quanshengshi.kit.texts.Say
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.withContext
import java.io.IOException
import java.nio.ByteBuffer

/** Pixels of a page for one of the view: still sharp when two fingers make it larger. */
private const val SHARP = 2

/** The pages of a PDF: the one in sight, and the ways to those beside it. */
internal class PdfPaper(private val host: Host, private val file: ByteBuffer) {
    private val frame = FrameLayout(host.activity).apply { addView(host.spinner()) }
    private val wanted = MutableStateFlow(0)
    private var page: PageView? = null

    /** What is to be drawn. */
    val view: View get() = frame

    /**
     * Draws what is turned to until cancelled, off the thread that shows it; whoever turns faster than pages are drawn
     * sees the one they stopped at. Throws as [PdfPages] does, if not even the first page can be drawn.
     */
    suspend fun keepDrawn(): Nothing =
        withContext(Dispatchers.IO) {
            val wide = host.activity.resources.displayMetrics.widthPixels * SHARP
            PdfPages(file, host.activity.cacheDir).use { pages ->
                wanted.collect { number ->
                    val drawn = try {
                        Result.success(pages.draw(number, wide))
                    } catch (error: IOException) {
                        Result.failure(error)
                    }
                    withContext(Dispatchers.Main) { show(number, pages.count, drawn) }
                }
            }
        }

    private fun show(number: Int, count: Int, drawn: Result<Bitmap>) {
        val error = drawn.exceptionOrNull()
        if (page == null && error != null) throw error
        drawn.onSuccess { picture ->
            page = PageView(host.activity, picture, mark = null).also { view ->
                view.turned = { by -> turn(number + by, count) }
                view.contentDescription = "${host.say(Say.DOCUMENT_TITLE)} ${host.placeOf(number, count)}"
            }
        }
        val trouble = error?.let { host.look.notice(Tone.CARE, FileTrouble.PDF_UNDRAWN.trouble(host.language).text) }
        val ways = if (count > 1) host.turners(number, count) { by -> turn(number + by, count) } else null
        // The page stays the same where the next one could not be drawn.
        (page?.parent as? ViewGroup)?.removeView(page)
        frame.removeAllViews()
        frame.addView(host.look.column(12, page, trouble, ways))
    }

    private fun turn(to: Int, count: Int) {
        if (to in 0 until count) wanted.value = to
    }
}

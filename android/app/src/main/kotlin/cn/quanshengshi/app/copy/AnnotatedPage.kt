package cn.quanshengshi.app.copy

import android.graphics.Bitmap
import android.graphics.BitmapFactory
import android.graphics.Canvas
import android.graphics.Color
import android.graphics.Paint
import android.text.StaticLayout
import android.text.TextPaint
import cn.quanshengshi.core.CopyNotes
import cn.quanshengshi.core.DrawnPage
import java.io.ByteArrayOutputStream

/** Parts of a page's width: the margin, a sign of the notes, one of the watermark. */
private const val MARGIN = 30
private const val SIGN = 48f
private const val MARK = 36f

private const val MARK_INK = 0x33203733
private const val MARK_TURN = -22f
private const val MARK_LINES = 6
private const val BEST = 100

/** A page as it may leave the phone, as PNG: under its watermark, with the notes below it. */
internal fun annotated(page: DrawnPage, notes: CopyNotes): ByteArray {
    val drawn = BitmapFactory.decodeByteArray(page.png, 0, page.png.size)
    val margin = drawn.width / MARGIN
    val words = TextPaint(Paint.ANTI_ALIAS_FLAG).apply {
        color = Color.BLACK
        textSize = drawn.width / SIGN
    }
    val text = notes.lines.joinToString("\n")
    val foot = StaticLayout.Builder.obtain(text, 0, text.length, words, drawn.width - 2 * margin).build()
    val whole = Bitmap.createBitmap(drawn.width, drawn.height + foot.height + 2 * margin, Bitmap.Config.ARGB_8888)
    val canvas = Canvas(whole)
    canvas.drawColor(Color.WHITE)
    canvas.drawBitmap(drawn, 0f, 0f, null)
    canvas.watermark(notes.watermark, drawn.width, drawn.height)
    canvas.translate(margin.toFloat(), (drawn.height + margin).toFloat())
    foot.draw(canvas)
    return ByteArrayOutputStream().also { whole.compress(Bitmap.CompressFormat.PNG, BEST, it) }.toByteArray()
}

/** The line again and again, aslant, over the page and not over the notes. */
private fun Canvas.watermark(mark: String, width: Int, height: Int) {
    val ink = Paint(Paint.ANTI_ALIAS_FLAG).apply {
        color = MARK_INK
        textSize = width / MARK
    }
    save()
    clipRect(0, 0, width, height)
    rotate(MARK_TURN, width / 2f, height / 2f)
    val step = height.toFloat() / MARK_LINES
    val long = ink.measureText(mark) + step
    for (line in -MARK_LINES / 2..MARK_LINES * 2) {
        var from = -width / 2f - line.mod(2) * long / 2
        while (from < width * 2f) {
            drawText(mark, from, line * step, ink)
            from += long
        }
    }
    restore()
}

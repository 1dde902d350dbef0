package cn.quanshengshi.app.screens

import android.annotation.SuppressLint
import android.content.Context
import android.graphics.Canvas
import android.graphics.Paint
import android.view.View

private const val WHITE = -1
private const val BLACK = 0xff shl 24

/** A code as its rows say it: whole pixels, black on white in every theme, quiet zone within. */
@SuppressLint("ViewConstructor")
internal class CodeView(context: Context, private val rows: List<String>) : View(context) {
    private val dark = Paint().apply { color = BLACK }

    override fun onDraw(canvas: Canvas) {
        canvas.drawColor(WHITE)
        val module = minOf(width, height) / rows.size
        val (left, top) = (width - module * rows.size) / 2 to (height - module * rows.size) / 2
        rows.forEachIndexed { down, row ->
            row.forEachIndexed { across, sign ->
                if (sign == '1') {
                    val (x, y) = (left + across * module).toFloat() to (top + down * module).toFloat()
                    canvas.drawRect(x, y, x + module, y + module, dark)
                }
            }
        }
    }
}

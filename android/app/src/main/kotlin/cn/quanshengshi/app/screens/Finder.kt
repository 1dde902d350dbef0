package cn.quanshengshi.app.screens

import android.annotation.SuppressLint
import android.graphics.Canvas
import android.graphics.Paint
import android.view.View
import cn.quanshengshi.app.look.Look

private const val SHARE = 0.72f
private const val ARM = 0.16f
private const val WHITE = -1

/** Four corners that say where the code should lie. */
@SuppressLint("ViewConstructor")
internal class Finder(look: Look) : View(look.context) {
    private val paint = Paint(Paint.ANTI_ALIAS_FLAG).apply {
        color = WHITE
        style = Paint.Style.STROKE
        strokeWidth = look.px(4).toFloat()
        strokeCap = Paint.Cap.ROUND
    }

    init {
        importantForAccessibility = IMPORTANT_FOR_ACCESSIBILITY_NO
    }

    override fun onDraw(canvas: Canvas) {
        val side = minOf(width, height) * SHARE
        val arm = side * ARM
        canvas.translate(width / 2f, height * 0.44f)
        repeat(4) {
            val corner = side / 2
            canvas.drawLine(-corner, -corner, -corner + arm, -corner, paint)
            canvas.drawLine(-corner, -corner, -corner, -corner + arm, paint)
            canvas.rotate(90f)
        }
    }
}

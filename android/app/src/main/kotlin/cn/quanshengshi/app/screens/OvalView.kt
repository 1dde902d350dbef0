package cn.quanshengshi.app.screens

import android.annotation.SuppressLint
import android.graphics.Canvas
import android.graphics.DashPathEffect
import android.graphics.Paint
import android.graphics.Path
import android.graphics.RectF
import android.view.View
import cn.quanshengshi.app.look.Look

private const val MARGIN = 22
private const val RING = 8
private const val GAP = 8f
private const val WHOLE = 360f
private const val TOP = -90f

/** The oval that the face belongs in, cut out of the page, and around it one piece of a ring for every act. */
@SuppressLint("ViewConstructor")
internal class OvalView(private val look: Look) : View(look.context) {
    private val page = Paint().apply { color = look.palette.page }
    private val line = Paint(Paint.ANTI_ALIAS_FLAG).apply {
        style = Paint.Style.STROKE
        strokeCap = Paint.Cap.ROUND
    }
    private var steps = 1
    private var step = 0
    private var progress = 0f

    /** Where the acts stand; `step` from 1, 0 before the first. */
    fun at(steps: Int, step: Int, progress: Float) {
        this.steps = maxOf(steps, 1)
        this.step = step
        this.progress = progress.coerceIn(0f, 1f)
        invalidate()
    }

    override fun onDraw(canvas: Canvas) {
        val margin = look.px(MARGIN).toFloat()
        val oval = RectF(margin, margin, width - margin, height - margin)
        val around = Path().apply {
            addRect(0f, 0f, width.toFloat(), height.toFloat(), Path.Direction.CW)
            addOval(oval, Path.Direction.CCW)
        }
        canvas.drawPath(around, page)
        line.strokeWidth = look.px(3).toFloat()
        line.color = if (step == 0) look.palette.edge else look.palette.pine
        line.pathEffect = if (step == 0) DashPathEffect(floatArrayOf(margin / 2, margin / 2), 0f) else null
        canvas.drawOval(oval, line)
        line.pathEffect = null
        ring(canvas, RectF(oval).apply { inset(-margin / 2, -margin / 2) })
    }

    private fun ring(canvas: Canvas, around: RectF) {
        line.strokeWidth = look.px(RING).toFloat()
        val piece = WHOLE / steps
        for (one in 1..steps) {
            val from = TOP + (one - 1) * piece + GAP / 2
            line.color = look.palette.line
            canvas.drawArc(around, from, piece - GAP, false, line)
            val done = if (one < step) {
                1f
            } else if (one == step) {
                progress
            } else {
                0f
            }
            if (done > 0f) {
                line.color = if (done == 1f) look.palette.green else look.palette.pine
                canvas.drawArc(around, from, (piece - GAP) * done, false, line)
            }
        }
    }
}

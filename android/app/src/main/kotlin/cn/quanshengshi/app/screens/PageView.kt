package cn.quanshengshi.app.screens

import android.annotation.SuppressLint
import android.content.Context
import android.graphics.Bitmap
import android.graphics.Canvas
import android.graphics.Matrix
import android.graphics.Paint
import android.graphics.RectF
import android.util.TypedValue
import android.view.GestureDetector
import android.view.MotionEvent
import android.view.ScaleGestureDetector
import android.view.View
import cn.quanshengshi.app.Host
import cn.quanshengshi.core.PageFacts
import cn.quanshengshi.kit.texts.Say
import kotlin.math.abs

private const val WHITE = -1
private const val MARK = 0x33203733
private const val MARK_TURN = -22f
private const val MARK_SP = 13f
private const val MARK_LINES = 4
private const val MOST = 5f
private const val TWICE = 2.5f
private const val STEEP = 2f

/** A page for a screen reader: what it is, its words, and apart from them those that nobody signed. */
internal fun Host.spoken(about: String, facts: PageFacts): String =
    listOfNotNull(about, facts.text, facts.uncovered?.let { "${say(Say.PAGE_UNCOVERED)}\n$it" }).joinToString("\n")

/** A page, white in every theme, under its watermark if it has one. Two fingers make it larger, one moves it. */
@SuppressLint("ViewConstructor")
class PageView(context: Context, private val page: Bitmap, private val mark: String?) : View(context) {
    private val place = Matrix()
    private val paint = Paint(Paint.FILTER_BITMAP_FLAG)
    private val words = Paint(Paint.ANTI_ALIAS_FLAG).apply {
        color = MARK
        textSize = TypedValue.applyDimension(TypedValue.COMPLEX_UNIT_SP, MARK_SP, context.resources.displayMetrics)
    }
    private val pinch = ScaleGestureDetector(context, Pinch())
    private val drag = GestureDetector(context, Drag())

    /** What a finger that wipes across a whole page wants: the page after, 1, or before, -1. */
    var turned: (Int) -> Unit = {}

    /** How much larger than the view's width. */
    var scale = 1f
        private set
    private var right = 0f
    private var down = 0f

    override fun onMeasure(widthMeasureSpec: Int, heightMeasureSpec: Int) {
        val wide = MeasureSpec.getSize(widthMeasureSpec)
        setMeasuredDimension(wide, wide * page.height / page.width)
    }

    override fun onDraw(canvas: Canvas) {
        canvas.drawColor(WHITE)
        val fit = width.toFloat() / page.width
        place.setScale(fit * scale, fit * scale)
        place.postTranslate(right, down)
        canvas.drawBitmap(page, place, paint)
        if (mark != null) watermark(canvas, mark)
    }

    /** Over the view, not over the page: however large the page is, the mark is in every picture of it. */
    private fun watermark(canvas: Canvas, mark: String) {
        canvas.save()
        canvas.rotate(MARK_TURN, width / 2f, height / 2f)
        val step = height.toFloat() / MARK_LINES
        val long = words.measureText(mark) + step
        for (line in -2..MARK_LINES + 2) {
            var from = -width / 2f + line % 2 * long / 2
            while (from < width * 1.5f) {
                canvas.drawText(mark, from, line * step, words)
                from += long
            }
        }
        canvas.restore()
    }

    @SuppressLint("ClickableViewAccessibility")
    override fun onTouchEvent(event: MotionEvent): Boolean {
        // The list around would take the finger away otherwise.
        if (event.pointerCount > 1 || scale > 1f) parent?.requestDisallowInterceptTouchEvent(true)
        pinch.onTouchEvent(event)
        drag.onTouchEvent(event)
        return true
    }

    /** Makes it so much larger around a point, within what can be read. */
    fun zoom(by: Float, aroundX: Float, aroundY: Float) {
        val before = scale
        scale = (scale * by).coerceIn(1f, MOST)
        right = aroundX - (aroundX - right) * scale / before
        down = aroundY - (aroundY - down) * scale / before
        settle()
    }

    private fun settle() {
        val room = RectF(width - width * scale, height - height * scale, 0f, 0f)
        right = right.coerceIn(room.left, room.right)
        down = down.coerceIn(room.top, room.bottom)
        invalidate()
    }

    private inner class Pinch : ScaleGestureDetector.SimpleOnScaleGestureListener() {
        override fun onScale(detector: ScaleGestureDetector): Boolean {
            zoom(detector.scaleFactor, detector.focusX, detector.focusY)
            return true
        }
    }

    private inner class Drag : GestureDetector.SimpleOnGestureListener() {
        override fun onDown(event: MotionEvent) = true

        override fun onScroll(first: MotionEvent?, event: MotionEvent, byX: Float, byY: Float): Boolean {
            right -= byX
            down -= byY
            settle()
            return true
        }

        override fun onFling(first: MotionEvent?, event: MotionEvent, overX: Float, overY: Float): Boolean {
            // A page that was made larger is moved, not turned.
            val across = scale == 1f && abs(overX) > abs(overY) * STEEP
            if (across) turned(if (overX < 0) 1 else -1)
            return across
        }

        override fun onDoubleTap(event: MotionEvent): Boolean {
            zoom(if (scale > 1f) 1f / scale else TWICE, event.x, event.y)
            return true
        }
    }
}

package cn.quanshengshi.app.look

import android.graphics.Canvas
import android.graphics.ColorFilter
import android.graphics.Outline
import android.graphics.Paint
import android.graphics.Path
import android.graphics.PixelFormat
import android.graphics.RectF
import android.graphics.drawable.Drawable

/** The ground of cards: one colour, round corners, and the river running through. */
internal class River(ground: Int, private val round: Float, private val density: Float) : Drawable() {
    private val fill = Paint(Paint.ANTI_ALIAS_FLAG).apply { color = ground }
    private val water = Paint(Paint.ANTI_ALIAS_FLAG).apply {
        style = Paint.Style.STROKE
        strokeCap = Paint.Cap.ROUND
    }

    override fun draw(canvas: Canvas) {
        val whole = RectF(bounds)
        canvas.drawRoundRect(whole, round, round, fill)
        canvas.save()
        canvas.clipPath(Path().apply { addRoundRect(whole, round, round, Path.Direction.CW) })
        canvas.translate(whole.right - WIDTH * density, whole.bottom - HEIGHT * density)
        canvas.scale(density, density)
        water.strokeWidth = BROAD
        water.color = BROAD_COLOUR
        canvas.drawPath(BROAD_PATH.path, water)
        water.strokeWidth = SMALL
        water.color = SMALL_COLOUR
        canvas.drawPath(SMALL_PATH.path, water)
        canvas.restore()
    }

    override fun getOutline(outline: Outline) = outline.setRoundRect(bounds, round)

    override fun setAlpha(alpha: Int) = Unit

    override fun setColorFilter(filter: ColorFilter?) = Unit

    @Deprecated("Deprecated in Java")
    override fun getOpacity(): Int = PixelFormat.TRANSLUCENT

    private companion object {
        const val WIDTH = 240f
        const val HEIGHT = 194f
        const val BROAD = 26f
        const val SMALL = 10f
        const val BROAD_COLOUR = 0x29ffffff
        const val SMALL_COLOUR = 0x21ffffff
        val BROAD_PATH by lazy { SvgPath("M262 40C190 44 190 84 140 96S70 130 96 160 90 200 60 222") }
        val SMALL_PATH by lazy { SvgPath("M262 84C214 88 206 118 172 128S120 152 136 174 130 206 110 222") }
    }
}

package cn.quanshengshi.app.look

import android.graphics.Canvas
import android.graphics.ColorFilter
import android.graphics.Paint
import android.graphics.PixelFormat
import android.graphics.drawable.Drawable

/** The look's icons: a grid of 24, lines of one width with round ends. */
enum class Icon(internal val data: String) {
    SCAN(
        "M4 8V5a1 1 0 0 1 1-1h3M16 4h3a1 1 0 0 1 1 1v3M20 16v3a1 1 0 0 1-1 1h-3" +
            "M8 20H5a1 1 0 0 1-1-1v-3M3 12h18",
    ),
    KEYS(
        "M4.5 6h15a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-15a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2zM6 10h.2" +
            "M10 10h.2M14 10h.2M18 10h.2M8 14h8",
    ),
    CARD("M5 8h14a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-8a2 2 0 0 1 2-2zM5.5 5.2h13M8 12.5h5M8 16h3"),
    HOUSE("M4 11l8-7 8 7v8.5a1 1 0 0 1-1 1h-4.5v-6h-5v6H5a1 1 0 0 1-1-1z"),
    CLOCK("M4 5v4.5h4.5M4.5 9.3A8.3 8.3 0 1 1 3.7 13M12 8v4.5l3 1.8"),
    GEAR(
        "M12 8.8a3.2 3.2 0 1 0 0 6.4a3.2 3.2 0 1 0 0-6.4M12 2.8v3M12 18.2v3M2.8 12h3M18.2 12h3M5.5 5.5l2.1 2.1" +
            "M16.4 16.4l2.1 2.1M5.5 18.5l2.1-2.1M16.4 7.6l2.1-2.1",
    ),
    NEXT("M9 5l7 7-7 7"),
    BACK("M15 5l-7 7 7 7"),
    PEOPLE(
        "M9 5a3.5 3.5 0 1 0 0 7a3.5 3.5 0 1 0 0-7M2.5 19.5c.6-3.6 3-5.5 6.5-5.5s5.9 1.9 6.5 5.5" +
            "M16 5.3a3.5 3.5 0 0 1 0 6.4M18 14.6c2 .8 3.2 2.5 3.5 4.9",
    ),
    PHONE(
        "M8 2.5h8a1.5 1.5 0 0 1 1.5 1.5v16a1.5 1.5 0 0 1-1.5 1.5H8A1.5 1.5 0 0 1 6.5 20V4A1.5 1.5 0 0 1 8 2.5z" +
            "M10.5 18.5h3",
    ),
    WARN("M12 4l9 16H3zM12 10v4.5M12 17v.2"),
    CHECK("M4.5 12.5l5 5L19.5 7"),
    SHIELD("M12 3l7.5 2.8v5.4c0 4.8-3 8.1-7.5 9.8c-4.5-1.7-7.5-5-7.5-9.8V5.8zM8.5 12l2.5 2.5 4.5-5"),
    TORCH("M7 3h10v4l-2.5 4v9a1 1 0 0 1-1 1h-3a1 1 0 0 1-1-1v-9L7 7zM7 7h10M12 13v2"),
    VOICE("M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM15.5 9a4 4 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11"),
    OFFLINE(
        "M3 3l18 18M5 10.5c1.2-1 2.5-1.8 4-2.3M13.5 7.7c2 .4 3.9 1.400 5.500 2.800" +
            "M8.500 14c1-.7 2-1.100 3.200-1.200M12 18v.2",
    ),
    LETTER("M5 5h14M12 5v15M8.500 20h7"),
    LEAVE("M10 4H5.500a1 1 0 0 0-1 1v14a1 1 0 0 0 1 1H10M14.500 8l4 4-4 4M18.500 12H9"),
    SHARE("M12 3v12M8 7l4-4 4 4M5 12v7.500a1 1 0 0 0 1 1h12a1 1 0 0 0 1-1V12"),
    BIN("M4.500 6.500h15M9 6.500V4h6v2.500M6.500 6.500l1 14h9l1-14M10 10.500v6M14 10.500v6"),
    FOLDER("M4.5 5.5h4.5l2.5 3h8a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1h-15a1 1 0 0 1-1-1v-12a1 1 0 0 1 1-1z"),
    LOOK("M10.500 4a6.500 6.500 0 1 0 0 13a6.500 6.500 0 1 0 0-13M15.300 15.300L21 21"),
    ;

    /** The icon in a colour, at any size. */
    fun drawn(colour: Int): Drawable = Drawn(SvgPath(data), colour)

    private class Drawn(private val icon: SvgPath, colour: Int) : Drawable() {
        private val paint = Paint(Paint.ANTI_ALIAS_FLAG).apply {
            color = colour
            style = Paint.Style.STROKE
            strokeWidth = WIDTH
            strokeCap = Paint.Cap.ROUND
            strokeJoin = Paint.Join.ROUND
        }

        override fun draw(canvas: Canvas) {
            canvas.save()
            canvas.translate(bounds.left.toFloat(), bounds.top.toFloat())
            canvas.scale(bounds.width() / GRID, bounds.height() / GRID)
            canvas.drawPath(icon.path, paint)
            canvas.restore()
        }

        override fun setAlpha(alpha: Int) {
            paint.alpha = alpha
        }

        override fun setColorFilter(filter: ColorFilter?) {
            paint.colorFilter = filter
        }

        @Deprecated("Deprecated in Java")
        override fun getOpacity(): Int = PixelFormat.TRANSLUCENT
    }

    private companion object {
        const val GRID = 24f
        const val WIDTH = 1.75f
    }
}

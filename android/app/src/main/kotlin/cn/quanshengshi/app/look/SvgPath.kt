package cn.quanshengshi.app.look

import android.graphics.Path
import android.graphics.RectF
import kotlin.math.PI
import kotlin.math.atan2
import kotlin.math.hypot
import kotlin.math.sqrt

private val TOKEN = Regex("[A-Za-z]|-?\\d*\\.?\\d+")

/**
 * Reads the path language of drawings, as far as the look's icons speak it: lines, curves, arcs of circles. The system
 * reads it only out of resources.
 */
internal class SvgPath(data: String) {
    /** The same as the system draws it. */
    val path = Path()
    private val tokens = TOKEN.findAll(data).map { it.value }.toList()
    private var at = 0
    private var x = 0f
    private var y = 0f
    private var startX = 0f
    private var startY = 0f
    private var controlX = 0f
    private var controlY = 0f

    init {
        var command = 'M'
        while (at < tokens.size) {
            if (tokens[at].first().isLetter()) command = tokens[at++].first()
            step(command)
            // Further pairs after a move are lines.
            if (command == 'M') command = 'L'
            if (command == 'm') command = 'l'
        }
    }

    private fun number() = tokens[at++].toFloat()

    private fun step(command: Char) {
        val (baseX, baseY) = if (command.isLowerCase()) x to y else 0f to 0f
        when (command.uppercaseChar()) {
            'M' -> move(baseX + number(), baseY + number())
            'L' -> line(baseX + number(), baseY + number())
            'H' -> line(baseX + number(), y)
            'V' -> line(x, baseY + number())
            'C' -> {
                val (firstX, firstY) = baseX + number() to baseY + number()
                curve(firstX, firstY, baseX, baseY)
            }
            // The first handle is the last one's mirror image.
            'S' -> curve(2 * x - controlX, 2 * y - controlY, baseX, baseY)
            'A' -> arc(baseX, baseY)
            'Z' -> {
                path.close()
                place(startX, startY)
            }
            else -> error("the icons have no $command")
        }
    }

    private fun place(toX: Float, toY: Float, handleX: Float = toX, handleY: Float = toY) {
        x = toX
        y = toY
        controlX = handleX
        controlY = handleY
    }

    private fun move(toX: Float, toY: Float) {
        path.moveTo(toX, toY)
        startX = toX
        startY = toY
        place(toX, toY)
    }

    private fun line(toX: Float, toY: Float) {
        path.lineTo(toX, toY)
        place(toX, toY)
    }

    private fun curve(firstX: Float, firstY: Float, baseX: Float, baseY: Float) {
        val (handleX, handleY) = baseX + number() to baseY + number()
        val (toX, toY) = baseX + number() to baseY + number()
        path.cubicTo(firstX, firstY, handleX, handleY, toX, toY)
        place(toX, toY, handleX, handleY)
    }

    /** An arc of a circle: the middle lies on the line that halves the chord. */
    private fun arc(baseX: Float, baseY: Float) {
        val radius = number()
        at += 2
        val (large, clockwise) = (number() != 0f) to (number() != 0f)
        val (toX, toY) = baseX + number() to baseY + number()
        val half = hypot(toX - x, toY - y) / 2
        if (half == 0f) return
        val round = maxOf(radius, half)
        val away = sqrt(round * round - half * half) / (2 * half) * if (large == clockwise) -1 else 1
        val middleX = (x + toX) / 2 - away * (toY - y)
        val middleY = (y + toY) / 2 + away * (toX - x)
        val from = degrees(y - middleY, x - middleX)
        var sweep = degrees(toY - middleY, toX - middleX) - from
        if (clockwise && sweep < 0) sweep += WHOLE
        if (!clockwise && sweep > 0) sweep -= WHOLE
        path.arcTo(RectF(middleX - round, middleY - round, middleX + round, middleY + round), from, sweep)
        place(toX, toY)
    }

    private fun degrees(down: Float, right: Float) = (atan2(down, right) * WHOLE / (2 * PI)).toFloat()

    private companion object {
        const val WHOLE = 360f
    }
}

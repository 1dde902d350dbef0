package cn.quanshengshi.kit

import java.nio.ByteBuffer
import java.security.MessageDigest
import javax.imageio.ImageIO
import kotlin.math.pow
import kotlin.math.roundToInt

/** The sliding puzzle's picture: 400 wide, a dark square of 56 with a light edge of 2, right of the piece. */
private const val WIDE = 400
private const val SIDE = 56
private const val EDGE = 2

/** Where the dark square begins, in units of the picture's 400. */
fun slotOf(png: ByteArray): Int {
    val image = ImageIO.read(png.inputStream())
    val scale = image.width.toDouble() / WIDE
    val (side, edge) = (SIDE * scale).roundToInt() to (EDGE * scale).roundToInt().coerceAtLeast(1)
    val sums = Array(image.height + 1) { LongArray(image.width + 1) }
    for (y in 0 until image.height) {
        for (x in 0 until image.width) {
            val rgb = image.getRGB(x, y)
            val grey = (rgb shr 16 and 255) * 3 + (rgb shr 8 and 255) * 6 + (rgb and 255)
            sums[y + 1][x + 1] = grey + sums[y][x + 1] + sums[y + 1][x] - sums[y][x]
        }
    }

    fun sum(x: Int, y: Int, of: Int): Long = sums[y + of][x + of] - sums[y + of][x] - sums[y][x + of] + sums[y][x]

    fun contrast(x: Int, y: Int): Double {
        val inside = side - 2 * edge
        val inner = sum(x + edge, y + edge, inside)
        val ring = (sum(x, y, side) - inner).toDouble() / (side * side - inside * inside)
        return ring - inner.toDouble() / (inside * inside)
    }
    val columns = (side + side / 2) until (image.width - side)
    val best = columns.maxBy { x -> (0 until image.height - side).maxOf { y -> contrast(x, y) } }
    return (best / scale).roundToInt()
}

/** How a hand moves the piece to a place: quickly at first, slowly at the end; `ms:place,…`. */
fun handTrack(place: Int): String =
    (0..20).joinToString(",") { step -> "${step * 20}:${(place * (1 - (1 - step / 20.0).pow(3))).roundToInt()}" }

/** The first number whose SHA-256 together with the puzzle's name begins with so many zero bits. */
fun workOf(puzzle: String, bits: Int): String {
    val sha = MessageDigest.getInstance("SHA-256")
    val worked = { number: Long ->
        ByteBuffer.wrap(sha.digest("$puzzle:$number".toByteArray())).long.countLeadingZeroBits() >= bits
    }
    return generateSequence(0L) { it + 1 }.first(worked).toString()
}

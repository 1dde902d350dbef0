package cn.quanshengshi.kit

import cn.quanshengshi.core.FrameFormat
import cn.quanshengshi.core.FrameLayout
import cn.quanshengshi.core.FrameRotation
import java.nio.ByteBuffer

/** Bytes a pixel: red, green, blue. */
private const val COLOURS = 3

/**
 * One frame in memory that the core can borrow: a direct buffer, kept from frame to frame. Camera planes of
 * Android are direct already and need none of this.
 */
class FrameBuffer {
    /** The bytes of the last frame, ready to be offered. */
    var bytes: ByteBuffer = ByteBuffer.allocateDirect(0)
        private set

    /** Takes a dense, upright picture of three bytes a pixel: red, green, blue. */
    fun putRgb(pixels: ByteArray, width: Int, height: Int): FrameLayout {
        require(pixels.size == width * height * COLOURS) { "three bytes a pixel" }
        if (bytes.capacity() != pixels.size) {
            bytes = ByteBuffer.allocateDirect(pixels.size)
        }
        bytes.clear()
        bytes.put(pixels)
        bytes.flip()
        return FrameLayout(
            width = width.toUInt(),
            height = height.toUInt(),
            stride = (width * COLOURS).toUInt(),
            format = FrameFormat.RGB8,
            rotation = FrameRotation.UPRIGHT,
            mirrored = false,
        )
    }
}

package cn.quanshengshi.kit.camera

import cn.quanshengshi.core.FrameLayout
import cn.quanshengshi.core.PlanesLayout
import kotlinx.coroutines.channels.Channel
import java.nio.ByteBuffer

/** The colours of a picture whose brightness lies in `CameraFrame.bytes`; what a phone's camera delivers. */
class ColourPlanes(val second: ByteBuffer, val third: ByteBuffer, val layout: PlanesLayout)

/**
 * One picture of a camera; closing gives its memory back. `timeMs` is of a clock that never goes back. With `planes`
 * the bytes are brightness alone: enough for codes, while a face is looked at in colour.
 */
class CameraFrame(
    val bytes: ByteBuffer,
    val layout: FrameLayout,
    val timeMs: ULong,
    val planes: ColourPlanes? = null,
    private val release: () -> Unit = {},
) : AutoCloseable {
    override fun close() = release()
}

/** Where pictures come from: a camera, a file, a test. */
interface FrameSource {
    /** Waits for a picture not given before; none when the source has ended. The taker closes it. */
    suspend fun next(): CameraFrame?
}

/**
 * The bridge from a camera that pushes. It holds one picture: a newer one takes its place, so that nobody ever
 * looks at the past, however slow the looking is.
 */
class NewestFrame : FrameSource {
    private val slot = Channel<CameraFrame>(Channel.CONFLATED, onUndeliveredElement = CameraFrame::close)

    /** Puts a picture in; the one that lay there and was not taken is closed. Never waits. */
    fun put(frame: CameraFrame) {
        if (slot.trySend(frame).isFailure) frame.close()
    }

    /** Ends the source: what was not taken is closed, and the taker gets none. */
    fun end() = slot.cancel()

    override suspend fun next(): CameraFrame? = slot.receiveCatching().getOrNull()
}

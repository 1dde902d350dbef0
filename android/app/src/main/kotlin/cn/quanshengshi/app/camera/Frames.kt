package cn.quanshengshi.app.camera

import android.media.Image
import android.view.Surface
import cn.quanshengshi.core.FrameChroma
import cn.quanshengshi.core.FrameFormat
import cn.quanshengshi.core.FrameLayout
import cn.quanshengshi.core.FrameMatrix
import cn.quanshengshi.core.FrameRange
import cn.quanshengshi.core.FrameRotation
import cn.quanshengshi.core.PlanesLayout
import cn.quanshengshi.kit.camera.CameraFrame
import cn.quanshengshi.kit.camera.ColourPlanes

private const val NANOS = 1_000_000L
private const val QUARTER = 90
private const val WHOLE = 360

/** The turn that makes a sensor's picture upright on a screen that is turned itself. */
internal fun turn(sensor: Int, shown: Int, front: Boolean): FrameRotation {
    val screen = when (shown) {
        Surface.ROTATION_90 -> QUARTER
        Surface.ROTATION_180 -> 2 * QUARTER
        Surface.ROTATION_270 -> WHOLE - QUARTER
        else -> 0
    }
    // A front camera looks the other way, so the screen's turn counts the other way.
    val turn = if (front) sensor + screen else sensor - screen + WHOLE
    return FrameRotation.entries[turn % WHOLE / QUARTER]
}

/** A camera's picture, lent to the core as it lies; closing gives it back to the camera. */
internal fun frameOf(image: Image, turn: FrameRotation): CameraFrame {
    val (luma, second, third) = image.planes
    val (width, height) = image.width.toUInt() to image.height.toUInt()
    val planes = PlanesLayout(
        width = width,
        height = height,
        lumaStride = luma.rowStride.toUInt(),
        chromaStride = second.rowStride.toUInt(),
        chroma = FrameChroma.Apart(second.pixelStride.toUInt()),
        // `YUV_420_888` of a camera is JFIF: all values, and the older matrix.
        range = FrameRange.FULL,
        matrix = FrameMatrix.BT601,
        rotation = turn,
        // Only the preview is mirrored by the system; the pictures are as the sensor sees.
        mirrored = false,
    )
    return CameraFrame(
        bytes = luma.buffer,
        layout = FrameLayout(width, height, luma.rowStride.toUInt(), FrameFormat.LUMA8, turn, mirrored = false),
        timeMs = (image.timestamp / NANOS).toULong(),
        planes = ColourPlanes(second.buffer, third.buffer, planes),
        release = image::close,
    )
}

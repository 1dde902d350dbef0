package cn.quanshengshi.app.camera

import android.graphics.SurfaceTexture
import cn.quanshengshi.core.CameraTrouble
import cn.quanshengshi.kit.camera.FrameSource

/** A camera as a screen uses it: opened when the screen is in sight, closed when it is not. */
interface PhoneCamera {
    /** Begins to give pictures; `failed` is told when there will be none. */
    fun open(front: Boolean, failed: (CameraTrouble) -> Unit): FrameSource

    /** Shows the pictures here as well; none ends it. */
    fun showOn(texture: SurfaceTexture?)

    /** The light, where there is one. */
    fun torch(on: Boolean)

    /** Gives the camera back; the source ends. */
    fun close()
}

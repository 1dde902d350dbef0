package cn.quanshengshi.app.screens

import android.Manifest
import android.content.pm.PackageManager
import android.graphics.Matrix
import android.graphics.SurfaceTexture
import android.view.TextureView
import cn.quanshengshi.app.Host
import cn.quanshengshi.app.Screen
import cn.quanshengshi.core.CameraTrouble
import cn.quanshengshi.kit.camera.FrameSource
import cn.quanshengshi.kit.texts.Say

/** The camera's picture upright: nine wide, sixteen high. */
private const val ASPECT = 9f / 16f

/** A screen with a camera, which is open exactly while the screen is in sight. */
abstract class CameraScreen(host: Host) : Screen(host) {
    /** The camera. */
    protected val camera = host.ports.camera(host.activity)

    /** Which one. */
    protected abstract val front: Boolean

    /** Where the picture is seen. */
    protected val preview = TextureView(host.activity).apply {
        contentDescription = host.say(Say.CAMERA_VIEW)
        // Until the first picture comes, what lies below is seen and not a black hole.
        isOpaque = false
        surfaceTextureListener = Shown()
    }

    /** The person is asked once; after that they have to want it. */
    private var asked = false

    /** Pictures come. */
    protected abstract fun see(source: FrameSource)

    /** None will come. */
    protected abstract fun blind(trouble: CameraTrouble)

    override fun shown() = start()

    override fun hidden() {
        camera.close()
        host.ports.hush()
    }

    override fun over() {
        camera.close()
        super.over()
    }

    /** Opens the camera again, asking for it again if need be. */
    protected fun lookAgain() {
        asked = false
        start()
    }

    private fun start() {
        val granted = host.activity.checkSelfPermission(Manifest.permission.CAMERA) == PackageManager.PERMISSION_GRANTED
        if (granted) return see(camera.open(front, ::blind))
        if (asked) return
        asked = true
        host.askForCamera { trouble ->
            // The system's question takes the sight away; giving it back begins anew.
            if (trouble != null) {
                blind(trouble)
            } else if (host.inSight) {
                start()
            }
        }
    }

    private inner class Shown : TextureView.SurfaceTextureListener {
        override fun onSurfaceTextureAvailable(texture: SurfaceTexture, width: Int, height: Int) {
            onSurfaceTextureSizeChanged(texture, width, height)
            camera.showOn(texture)
        }

        /** Fills the view and keeps the shape: what does not fit is cut off. */
        override fun onSurfaceTextureSizeChanged(texture: SurfaceTexture, width: Int, height: Int) {
            val (wide, high) = width.toFloat() to height.toFloat()
            val fill = Matrix()
            if (wide / high > ASPECT) {
                fill.setScale(1f, wide / ASPECT / high, wide / 2, high / 2)
            } else {
                fill.setScale(high * ASPECT / wide, 1f, wide / 2, high / 2)
            }
            preview.setTransform(fill)
        }

        override fun onSurfaceTextureDestroyed(texture: SurfaceTexture): Boolean {
            camera.showOn(null)
            return true
        }

        override fun onSurfaceTextureUpdated(texture: SurfaceTexture) = Unit
    }
}

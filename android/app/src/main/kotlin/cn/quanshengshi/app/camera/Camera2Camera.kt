package cn.quanshengshi.app.camera

import android.annotation.SuppressLint
import android.content.Context
import android.graphics.ImageFormat
import android.graphics.SurfaceTexture
import android.hardware.camera2.CameraAccessException
import android.hardware.camera2.CameraCaptureSession
import android.hardware.camera2.CameraCharacteristics
import android.hardware.camera2.CameraDevice
import android.hardware.camera2.CameraManager
import android.hardware.camera2.CameraMetadata
import android.hardware.camera2.CaptureRequest
import android.hardware.camera2.params.OutputConfiguration
import android.hardware.camera2.params.SessionConfiguration
import android.media.ImageReader
import android.os.Handler
import android.os.Looper
import android.view.Surface
import android.view.WindowManager
import cn.quanshengshi.core.CameraTrouble
import cn.quanshengshi.core.FrameRotation
import cn.quanshengshi.kit.camera.FrameSource
import cn.quanshengshi.kit.camera.NewestFrame

private const val WIDTH = 1280
private const val HEIGHT = 720

/** One is looked at, one lies ready, one is being filled. */
private const val IMAGES = 3

/** The phone's camera. All calls come on the thread that draws; pictures are looked at elsewhere. */
class Camera2Camera(private val context: Context) : PhoneCamera {
    private val manager = context.getSystemService(CameraManager::class.java)
    private val handler = Handler(Looper.getMainLooper())
    private var reader: ImageReader? = null
    private var source: NewestFrame? = null
    private var device: CameraDevice? = null
    private var session: CameraCaptureSession? = null
    private var preview: Surface? = null
    private var light = false
    private var failed: (CameraTrouble) -> Unit = {}

    /** Whether a camera is held now, which keeps it from every other app. */
    internal val held: Boolean get() = device != null

    // Asked for by the screen before it opens a camera.
    @SuppressLint("MissingPermission")
    override fun open(front: Boolean, failed: (CameraTrouble) -> Unit): FrameSource {
        close()
        this.failed = failed
        val frames = NewestFrame().also { source = it }
        try {
            val facing = if (front) CameraMetadata.LENS_FACING_FRONT else CameraMetadata.LENS_FACING_BACK
            val id = idOf(facing) ?: return frames.also { fail(CameraTrouble.MISSING) }
            val turn = turnOf(id, front)
            val images = ImageReader.newInstance(WIDTH, HEIGHT, ImageFormat.YUV_420_888, IMAGES).also { reader = it }
            val taken = { from: ImageReader ->
                from.acquireLatestImage()?.let { frames.put(frameOf(it, turn)) } ?: Unit
            }
            images.setOnImageAvailableListener(taken, handler)
            manager.openCamera(id, Opened(), handler)
        } catch (error: CameraAccessException) {
            fail(troubleOf(error))
        } catch (_: SecurityException) {
            // Taken back while the app ran.
            fail(CameraTrouble.DENIED)
        }
        return frames
    }

    override fun showOn(texture: SurfaceTexture?) {
        texture?.setDefaultBufferSize(WIDTH, HEIGHT)
        val before = preview
        preview = texture?.let(::Surface)
        configure()
        before?.release()
    }

    override fun torch(on: Boolean) {
        light = on
        session?.let(::repeat)
    }

    override fun close() {
        session?.close()
        device?.close()
        reader?.close()
        source?.end()
        session = null
        device = null
        reader = null
        source = null
        light = false
    }

    private fun idOf(facing: Int): String? =
        manager.cameraIdList.firstOrNull { id ->
            manager.getCameraCharacteristics(id)[CameraCharacteristics.LENS_FACING] == facing
        }

    private fun turnOf(id: String, front: Boolean): FrameRotation {
        val sensor = manager.getCameraCharacteristics(id)[CameraCharacteristics.SENSOR_ORIENTATION] ?: 0

        // The newer way to ask begins with Android 11.
        @Suppress("DEPRECATION")
        val shown = context.getSystemService(WindowManager::class.java).defaultDisplay.rotation
        return turn(sensor, shown, front)
    }

    private fun configure() {
        val camera = device ?: return
        val surfaces = listOfNotNull(reader?.surface, preview)
        val outputs = surfaces.map(::OutputConfiguration)
        try {
            val type = SessionConfiguration.SESSION_REGULAR
            camera.createCaptureSession(SessionConfiguration(type, outputs, context.mainExecutor, Configured()))
        } catch (error: CameraAccessException) {
            fail(troubleOf(error))
        }
    }

    private fun repeat(session: CameraCaptureSession) {
        try {
            val request = session.device.createCaptureRequest(CameraDevice.TEMPLATE_PREVIEW)
            listOfNotNull(reader?.surface, preview).forEach(request::addTarget)
            request[CaptureRequest.CONTROL_AF_MODE] = CameraMetadata.CONTROL_AF_MODE_CONTINUOUS_PICTURE
            request[CaptureRequest.FLASH_MODE] =
                if (light) CameraMetadata.FLASH_MODE_TORCH else CameraMetadata.FLASH_MODE_OFF
            session.setRepeatingRequest(request.build(), null, handler)
        } catch (error: CameraAccessException) {
            fail(troubleOf(error))
        } catch (_: IllegalStateException) {
            // Closed in between, by us or by the system: who closed it has said so.
        }
    }

    private fun fail(trouble: CameraTrouble) {
        val told = failed
        close()
        // Not inside `open`: the screen has not got its source yet.
        handler.post { told(trouble) }
    }

    private inner class Opened : CameraDevice.StateCallback() {
        override fun onOpened(camera: CameraDevice) {
            // Opened after the screen had gone: nobody would close it any more.
            if (source == null) return camera.close()
            device = camera
            configure()
        }

        override fun onDisconnected(camera: CameraDevice) {
            camera.close()
            fail(CameraTrouble.BUSY)
        }

        override fun onError(camera: CameraDevice, error: Int) {
            camera.close()
            fail(if (error == ERROR_CAMERA_DISABLED) CameraTrouble.DENIED_FOREVER else CameraTrouble.BUSY)
        }
    }

    private inner class Configured : CameraCaptureSession.StateCallback() {
        override fun onConfigured(configured: CameraCaptureSession) {
            if (device == null) return configured.close()
            session = configured
            repeat(configured)
        }

        override fun onConfigureFailed(failed: CameraCaptureSession) = fail(CameraTrouble.BUSY)
    }
}

private fun troubleOf(error: CameraAccessException): CameraTrouble =
    if (error.reason == CameraAccessException.CAMERA_DISABLED) CameraTrouble.DENIED_FOREVER else CameraTrouble.BUSY

package cn.quanshengshi.app

import android.Manifest
import android.content.Context
import android.hardware.camera2.CameraCharacteristics
import android.hardware.camera2.CameraManager
import android.hardware.camera2.CameraMetadata
import android.view.Surface
import cn.quanshengshi.app.camera.Camera2Camera
import cn.quanshengshi.app.camera.turn
import cn.quanshengshi.core.CameraTrouble
import cn.quanshengshi.core.FrameRotation
import cn.quanshengshi.core.TextLanguage
import cn.quanshengshi.kit.texts.Say
import org.junit.Before
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadows.ShadowCameraCharacteristics
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertTrue

/** The phone's own camera, as far as Robolectric has one: when it is opened, and that it is given back. */
@RunWith(RobolectricTestRunner::class)
class CameraLifeTest {
    @get:Rule
    val folder = TemporaryFolder()

    private val app get() = RuntimeEnvironment.getApplication()
    private val open get() = TestPhone.now.own?.held == true

    @Before
    fun phone() {
        TestPhone.now = TestPhone(folder.root.toPath())
    }

    private fun cameras(vararg facing: Int) {
        shadowOf(app).grantPermissions(Manifest.permission.CAMERA)
        val manager = app.getSystemService(Context.CAMERA_SERVICE) as CameraManager
        facing.forEachIndexed { at, way ->
            val kind = ShadowCameraCharacteristics.newCameraCharacteristics()
            shadowOf(kind).set(CameraCharacteristics.LENS_FACING, way)
            shadowOf(kind).set(CameraCharacteristics.SENSOR_ORIENTATION, 90)
            shadowOf(manager).addCamera("$at", kind)
        }
    }

    @Test
    fun `the scanner's camera is open exactly while it is in sight`() {
        cameras(CameraMetadata.LENS_FACING_BACK, CameraMetadata.LENS_FACING_FRONT)
        val window = Window()
        window.untilSeen(Say.HERO.text(TextLanguage.ZH))
        assertFalse(open)
        window.tap(Say.SCAN.text(TextLanguage.ZH))
        window.until("an open camera") { open }
        window.controller.pause()
        window.until("a closed camera") { !open }
        window.controller.resume()
        window.until("an open camera again") { open }
        window.activity.back()
        window.until("a closed camera at the end") { !open }
        window.close()
    }

    @Test
    fun `a phone without the camera that is needed says so and offers the digits`() {
        cameras(CameraMetadata.LENS_FACING_FRONT)
        val window = Window()
        window.untilSeen(Say.HERO.text(TextLanguage.ZH))
        window.tap(Say.SCAN.text(TextLanguage.ZH))
        window.untilSeen(Say.TYPE_DIGITS.text(TextLanguage.ZH))
        window.close()
    }

    @Test
    fun `a camera that is not there is told once and ends its source`() {
        cameras()
        val told = mutableListOf<CameraTrouble>()
        Camera2Camera(app).open(front = true) { told += it }
        shadowOf(android.os.Looper.getMainLooper()).idle()
        assertEquals(listOf(CameraTrouble.MISSING), told)
    }

    @Test
    fun `a sensor's picture is turned upright for every way to hold the phone`() {
        val back = (0..3).map { turn(90, it, front = false) }
        assertEquals(
            listOf(
                FrameRotation.CLOCKWISE90,
                FrameRotation.UPRIGHT,
                FrameRotation.CLOCKWISE270,
                FrameRotation.CLOCKWISE180,
            ),
            back,
        )
        assertEquals(FrameRotation.CLOCKWISE270, turn(270, Surface.ROTATION_0, front = true))
        assertEquals(FrameRotation.UPRIGHT, turn(270, Surface.ROTATION_90, front = true))
        assertTrue(back.distinct().size == 4)
        assertFalse(turn(270, Surface.ROTATION_270, front = true) == FrameRotation.UPRIGHT)
    }
}

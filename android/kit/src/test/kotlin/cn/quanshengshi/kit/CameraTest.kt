package cn.quanshengshi.kit

import cn.quanshengshi.core.FrameFormat
import cn.quanshengshi.core.FrameLayout
import cn.quanshengshi.core.FrameRotation
import cn.quanshengshi.core.ScanGuidance
import cn.quanshengshi.core.Scanner
import cn.quanshengshi.kit.camera.CameraFrame
import cn.quanshengshi.kit.camera.NewestFrame
import cn.quanshengshi.kit.camera.glances
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import java.nio.ByteBuffer
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertNotNull
import kotlin.test.assertNull
import kotlin.test.assertTrue

private const val SIDE = 64

class CameraTest {
    private val closed = mutableListOf<ULong>()

    private fun frame(at: Int): CameraFrame {
        val side = SIDE.toUInt()
        val layout = FrameLayout(side, side, side, FrameFormat.LUMA8, FrameRotation.UPRIGHT, false)
        val bytes = ByteBuffer.allocateDirect(SIDE * SIDE)
        return CameraFrame(bytes, layout, at.toULong()) { closed += at.toULong() }
    }

    @Test
    fun `the newest picture takes the place of one that nobody took`() =
        runBlocking<Unit> {
            val camera = NewestFrame()
            (1..3).forEach { camera.put(frame(it)) }
            assertEquals(listOf(1uL, 2uL), closed)
            val taken = assertNotNull(camera.next())
            assertEquals(3uL, taken.timeMs)
            assertEquals(listOf(1uL, 2uL), closed, "a picture in work is not taken away")
            taken.close()
            camera.put(frame(4))
            camera.end()
            camera.put(frame(5))
            assertNull(camera.next())
            assertEquals(listOf(1uL, 2uL, 3uL, 4uL, 5uL), closed, "every picture was given back")
        }

    @Test
    fun `a picture is looked at when it is asked for and then given back`() =
        runBlocking<Unit> {
            val camera = NewestFrame()
            Scanner().use { scanner ->
                camera.put(frame(1))
                val glance = scanner.glances(camera).first()
                assertTrue(glance.codes.isEmpty())
                assertEquals(ScanGuidance.TOO_DARK, glance.guidance)
                assertEquals(listOf(1uL), closed)
                camera.end()
                assertTrue(scanner.glances(camera).toList().isEmpty(), "the flow ends with its source")
            }
        }
}

package cn.quanshengshi.kit

import cn.quanshengshi.core.Capture
import cn.quanshengshi.core.FaceGuidance
import cn.quanshengshi.core.FacePrompt
import cn.quanshengshi.kit.camera.CameraFrame
import java.nio.file.Path
import javax.imageio.ImageIO
import kotlin.io.path.listDirectoryEntries
import kotlin.random.Random

/** Milliseconds between two frames of the clips: twelve a second. */
private const val FRAME_MS = 83u
private const val MOST_FRAMES = 1500
private const val NEUTRAL = "neutral"

/** A rendered person who belongs to nobody, in front of a camera, doing what is asked. */
class Person(private val folder: Path) {
    private val frame = FrameBuffer()
    private var nowMs = 1_000uL
    private val sensor = Random(7)
    private var clip = emptyList<Path>().iterator()
    private var playing = NEUTRAL

    /** Follows the guidance of a capture to its end. */
    fun follow(capture: Capture) {
        var asked: FacePrompt? = null
        repeat(MOST_FRAMES) {
            val picture = pictured(asked)
            when (val guidance = capture.offer(picture.bytes, picture.layout, picture.timeMs)) {
                is FaceGuidance.Finished -> return
                is FaceGuidance.Failed -> error("the capture failed: ${guidance.code}")
                is FaceGuidance.Do -> asked = guidance.prompt
                else -> asked = null
            }
        }
        error("the capture was never finished")
    }

    /** The next picture. Asked for an act, the person begins it; what was begun is done to its end. */
    fun pictured(asked: FacePrompt?): CameraFrame {
        val wanted = asked?.let(::clipOf)
        if (wanted != null && wanted != playing) play(wanted)
        if (!clip.hasNext()) play(NEUTRAL)
        return camera(clip.next())
    }

    private fun play(name: String) {
        playing = name
        clip = folder.resolve(name).listDirectoryEntries("*.jpg").sorted().iterator()
    }

    private fun camera(picture: Path): CameraFrame {
        val image = ImageIO.read(picture.toFile())
        val (width, height) = image.width to image.height
        val packed = image.getRGB(0, 0, width, height, null, 0, width)
        val bytes = ByteArray(packed.size * 3)
        packed.forEachIndexed { at, colour ->
            bytes[at * 3] = (colour shr 16).toByte()
            bytes[at * 3 + 1] = (colour shr 8).toByte()
            bytes[at * 3 + 2] = colour.toByte()
        }
        // No camera delivers the same bytes twice, and a portal takes them for a recording.
        repeat(height) {
            val at = sensor.nextInt(bytes.size)
            bytes[at] = (bytes[at].toInt() xor 1).toByte()
        }
        val layout = frame.putRgb(bytes, width, height)
        nowMs += FRAME_MS
        return CameraFrame(frame.bytes, layout, nowMs)
    }
}

/** The clip in which a person does what a prompt asks. */
private fun clipOf(prompt: FacePrompt): String =
    when (prompt) {
        FacePrompt.TURN_LEFT -> "turn_left"
        FacePrompt.TURN_RIGHT -> "turn_right"
        FacePrompt.OPEN_MOUTH -> "open_mouth"
        FacePrompt.NOD -> "nod"
        FacePrompt.LOOK_STRAIGHT -> "neutral"
        FacePrompt.COME_CLOSER -> "come_closer"
        FacePrompt.BLINK -> "blink"
    }

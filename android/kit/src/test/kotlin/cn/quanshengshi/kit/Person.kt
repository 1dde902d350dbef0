package cn.quanshengshi.kit

import cn.quanshengshi.core.Capture
import cn.quanshengshi.core.FaceGuidance
import cn.quanshengshi.core.FacePrompt
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

    /** Follows the guidance of a capture to its end. */
    fun follow(capture: Capture) {
        var clip = frames(NEUTRAL).iterator()
        var playing = NEUTRAL
        repeat(MOST_FRAMES) {
            if (!clip.hasNext()) {
                playing = NEUTRAL
                clip = frames(NEUTRAL).iterator()
            }
            when (val guidance = offer(capture, clip.next())) {
                is FaceGuidance.Finished -> return
                is FaceGuidance.Failed -> error("the capture failed: ${guidance.code}")
                is FaceGuidance.Do -> {
                    val wanted = clipOf(guidance.prompt)
                    if (playing != wanted) {
                        playing = wanted
                        clip = frames(wanted).iterator()
                    }
                }
                else -> Unit
            }
        }
        error("the capture was never finished")
    }

    private fun offer(capture: Capture, picture: Path): FaceGuidance {
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
        return capture.offer(frame.bytes, layout, nowMs)
    }

    private fun frames(clip: String): List<Path> = folder.resolve(clip).listDirectoryEntries("*.jpg").sorted()
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

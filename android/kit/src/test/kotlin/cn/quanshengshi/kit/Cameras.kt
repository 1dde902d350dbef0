package cn.quanshengshi.kit

import cn.quanshengshi.core.FacePrompt
import cn.quanshengshi.core.TextLanguage
import cn.quanshengshi.kit.camera.CameraFrame
import cn.quanshengshi.kit.camera.FrameSource
import cn.quanshengshi.kit.texts.sayOf

private const val WIDTH = 640
private const val HEIGHT = 480
private const val MODULE = 7
private const val FRAME_MS = 40uL

/** A camera that shows these grey pictures, each once, and then the last for as long as it is asked. */
class StillCamera(private val pictures: List<ByteArray>) : FrameSource {
    private val buffer = FrameBuffer()
    private var at = 0

    override suspend fun next(): CameraFrame {
        val grey = pictures[at.coerceAtMost(pictures.lastIndex)]
        at += 1
        val colours = ByteArray(grey.size * 3) { grey[it / 3] }
        val layout = buffer.putRgb(colours, WIDTH, HEIGHT)
        return CameraFrame(buffer.bytes, layout, FRAME_MS * at.toULong())
    }
}

/** A wall, or the inside of a pocket. */
fun plainPicture(grey: Int): ByteArray = ByteArray(WIDTH * HEIGHT) { grey.toByte() }

/** A code on the PC's page, drawn from the page's own path as a screen draws it. */
fun PcPage.pictured(code: String = "data-qr", module: Int = MODULE, at: Int = WIDTH / 2): ByteArray {
    val (side, path) = codePicture(code)
    val picture = plainPicture(225)
    val (left, top) = at - side * module / 2 to (HEIGHT - side * module) / 2
    for (run in Regex("M(\\d+) (\\d+)h(\\d+)").findAll(path)) {
        val (x, y, long) = run.destructured.toList().map(String::toInt)
        for (row in top + y * module until top + (y + 1) * module) {
            val from = row * WIDTH + left + x * module
            picture.fill(20, from, from + long * module)
        }
    }
    return picture
}

/** Both codes of a page in one picture, as a phone sees them that is held too far away. */
fun PcPage.picturedWhole(): ByteArray {
    val small = pictured("data-app-qr", module = 4, at = WIDTH / 5)
    val large = pictured(module = 6, at = WIDTH * 2 / 3)
    return ByteArray(small.size) { minOf(small[it].toInt() and 255, large[it].toInt() and 255).toByte() }
}

/** A rendered person in front of the camera who does what the phone says, word for word. */
class PersonCamera(private val person: Person, private val said: () -> String?) : FrameSource {
    override suspend fun next(): CameraFrame {
        val heard = said()
        return person.pictured(FacePrompt.entries.firstOrNull { sayOf(it).text(TextLanguage.ZH) == heard })
    }
}

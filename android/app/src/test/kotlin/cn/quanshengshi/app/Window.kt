package cn.quanshengshi.app

import android.content.Intent
import android.graphics.Bitmap
import android.graphics.Canvas
import android.os.Bundle
import android.os.Looper
import android.view.View
import android.view.ViewGroup
import android.view.WindowManager.LayoutParams.FLAG_SECURE
import android.widget.Button
import android.widget.TextView
import org.robolectric.Robolectric
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import org.robolectric.android.controller.ActivityController
import java.io.File
import java.time.Duration
import kotlin.test.fail

private const val STEP_MS = 40L
private const val STEPS = 3_000

/** The app's window, with the eyes and the finger of a person. */
class Window(saved: Bundle? = null, intent: Intent? = null) {
    val controller: ActivityController<MainActivity> = Robolectric.buildActivity(MainActivity::class.java, intent)
    val activity: MainActivity get() = controller.get()

    init {
        controller.create(saved).start().postCreate(saved).resume().visible()
    }

    /** The words in sight. */
    val words: List<String>
        get() = parts().filterIsInstance<TextView>().map { it.text.toString() }.filter(String::isNotEmpty)

    val secure: Boolean get() = activity.window.attributes.flags and FLAG_SECURE != 0

    /** Waits until something is so; what the app waits for happens meanwhile. */
    fun until(what: String, so: () -> Boolean) {
        repeat(STEPS) {
            shadowOf(Looper.getMainLooper()).idleFor(Duration.ofMillis(STEP_MS))
            if (so()) return
            Thread.sleep(STEP_MS / 4)
        }
        fail("never came: $what; in sight: $words")
    }

    fun sees(text: String): Boolean = words.any { text in it }

    fun untilSeen(text: String) = until(text) { sees(text) }

    /** Taps what says these words, or what they stand in. */
    fun tap(text: String) {
        val said = { part: View ->
            (part as? TextView)?.text?.toString()
                ?: part.contentDescription?.toString().orEmpty()
        }
        val target = parts().filter { text in said(it) }.sortedBy { said(it) != text }
            .firstNotNullOfOrNull { part ->
                generateSequence(part) { it.parent as? View }.firstOrNull(View::hasOnClickListeners)
            }
            ?: fail("nothing to tap says $text; in sight: $words")
        target.performClick()
        shadowOf(Looper.getMainLooper()).idle()
    }

    /** What can be tapped and has words. */
    val buttons: List<String> get() = parts().filterIsInstance<Button>().map { it.text.toString() }

    /** The parts in sight. */
    fun parts(): List<View> = below(activity.window.decorView)

    /** Keeps a picture of the window, and gives it. */
    fun shot(name: String): Bitmap {
        shadowOf(Looper.getMainLooper()).idle()
        val view = activity.window.decorView
        val metrics = activity.resources.displayMetrics
        val (wide, high) = metrics.widthPixels to metrics.heightPixels
        view.measure(
            View.MeasureSpec.makeMeasureSpec(wide, View.MeasureSpec.EXACTLY),
            View.MeasureSpec.makeMeasureSpec(high, View.MeasureSpec.EXACTLY),
        )
        view.layout(0, 0, wide, high)
        val picture = Bitmap.createBitmap(wide, high, Bitmap.Config.ARGB_8888)
        view.draw(Canvas(picture))
        val folder = File(System.getProperty("qss.shots", "target/shots")).apply { mkdirs() }
        File(folder, "$name.png").outputStream().use { picture.compress(Bitmap.CompressFormat.PNG, 100, it) }
        return picture
    }

    /** The window goes, and with it the process; what the system keeps of it is given. */
    fun killed(): Bundle {
        val kept = Bundle()
        controller.pause().stop().saveInstanceState(kept).destroy()
        val app = RuntimeEnvironment.getApplication() as App
        // A process that ends lets go of the files; here the handset must be told.
        app.session.renew()
        return kept
    }

    fun close() {
        controller.pause().stop().destroy()
        (RuntimeEnvironment.getApplication() as App).session.handset?.close()
    }

    private fun below(view: View): List<View> =
        if (view.visibility != View.VISIBLE) {
            emptyList()
        } else {
            listOf(view) +
                (
                    (view as? ViewGroup)?.let { group ->
                        (0 until group.childCount).flatMap { below(group.getChildAt(it)) }
                    }.orEmpty()
                    )
        }
}

package cn.quanshengshi.app.document

import android.app.Activity.RESULT_OK
import android.content.ActivityNotFoundException
import android.content.ContentResolver
import android.content.Intent
import android.net.Uri
import android.os.Bundle
import cn.quanshengshi.app.MainActivity
import cn.quanshengshi.app.screens.DocumentScreen

private const val FILE = 2
private const val DOCUMENT = "document"

/** Files of others on their way to their screen: picked by the person, or handed over by another app. */
internal class Arrivals(private val host: MainActivity) {
    /** What came before there was a handset. */
    private var waiting: Uri? = null

    /** Whether something is to be shown as soon as the phone is open. */
    val any: Boolean get() = waiting != null

    /** What the window was made with: `kept` if it was there before, and then nothing else counts. */
    fun begin(kept: Bundle?, intent: Intent?) {
        waiting = if (kept != null) kept.getString(DOCUMENT)?.let(Uri::parse) else fileOf(intent)
    }

    fun keep(out: Bundle) = out.putString(DOCUMENT, (waiting ?: host.document)?.toString())

    /** Another app hands a file over while the window is there. */
    fun sent(intent: Intent?) {
        fileOf(intent)?.let(::come)
    }

    /** Lets the person pick. Every kind: hardly a phone knows what an OFD is, and calls it so. */
    fun pick() {
        val any = Intent(Intent.ACTION_OPEN_DOCUMENT).addCategory(Intent.CATEGORY_OPENABLE).setType("*/*")
        try {
            @Suppress("DEPRECATION") // What took its place comes with AndroidX.
            host.startActivityForResult(any, FILE)
        } catch (_: ActivityNotFoundException) {
            // Every phone must have a picker; on one without, the screen says that nothing can be read.
            come(Uri.EMPTY)
        }
    }

    fun picked(request: Int, result: Int, answer: Intent?) {
        if (request == FILE && result == RESULT_OK) answer?.data?.let(::come)
    }

    /** Shows what waits, once the phone is open. */
    fun show() {
        val file = waiting ?: return
        waiting = null
        come(file)
    }

    /** The newest takes the place of one that is shown. A task is left as by the back key: home leads back to it. */
    private fun come(file: Uri) {
        if (host.session.handset == null) {
            waiting = file
            return
        }
        if (host.busy) host.home()
        val screen = DocumentScreen(host, file)
        if (host.document != null) host.replace(screen) else host.open(screen)
    }
}

/**
 * The file that an intent hands over to be shown, if it does. One out of the list of recent apps was handed over once,
 * and its grant is over.
 */
internal fun fileOf(intent: Intent?): Uri? {
    val again = (intent?.flags ?: 0) and Intent.FLAG_ACTIVITY_LAUNCHED_FROM_HISTORY != 0
    val file = intent?.data?.takeIf { it.scheme == ContentResolver.SCHEME_CONTENT }
    return file?.takeIf { intent.action == Intent.ACTION_VIEW && !again }
}

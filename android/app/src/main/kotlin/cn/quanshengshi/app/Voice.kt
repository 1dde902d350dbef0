package cn.quanshengshi.app

import android.content.Context
import android.speech.tts.TextToSpeech
import cn.quanshengshi.core.TextLanguage
import java.util.Locale

/** The system's voice. It takes a moment to be ready: what is to be said first waits for it. */
class Voice(context: Context) {
    private var ready = false
    private var waiting: Pair<String, TextLanguage>? = null
    private val speech: TextToSpeech = TextToSpeech(context) { status ->
        ready = status == TextToSpeech.SUCCESS
        if (ready) waiting?.let { (line, language) -> speak(line, language) }
        waiting = null
    }

    /** Says a line now, in the place of what was being said. */
    fun speak(line: String, language: TextLanguage) {
        if (!ready) {
            waiting = line to language
            return
        }
        speech.language = if (language == TextLanguage.ZH) Locale.SIMPLIFIED_CHINESE else Locale.ENGLISH
        speech.speak(line, TextToSpeech.QUEUE_FLUSH, null, line)
    }

    /** Is silent. */
    fun hush() {
        waiting = null
        if (ready) speech.stop()
    }
}

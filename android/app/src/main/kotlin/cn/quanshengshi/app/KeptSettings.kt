package cn.quanshengshi.app

import android.content.Context
import cn.quanshengshi.core.TextLanguage
import cn.quanshengshi.kit.phone.Settings
import cn.quanshengshi.kit.phone.SettingsStore

/** The person's choices, in the app's own preferences. */
class KeptSettings(context: Context) : SettingsStore {
    private val kept = context.getSharedPreferences("choices", Context.MODE_PRIVATE)

    override fun read(): Settings =
        Settings(
            language = if (kept.getBoolean(ENGLISH, false)) TextLanguage.EN else TextLanguage.ZH,
            largeText = kept.getBoolean(LARGE, false),
            helper = kept.getBoolean(HELPER, false),
            voice = kept.getBoolean(VOICE, true),
        )

    override fun write(settings: Settings) =
        kept.edit()
            .putBoolean(ENGLISH, settings.language == TextLanguage.EN)
            .putBoolean(LARGE, settings.largeText)
            .putBoolean(HELPER, settings.helper)
            .putBoolean(VOICE, settings.voice)
            .apply()

    private companion object {
        const val ENGLISH = "english"
        const val LARGE = "large"
        const val HELPER = "helper"
        const val VOICE = "voice"
    }
}

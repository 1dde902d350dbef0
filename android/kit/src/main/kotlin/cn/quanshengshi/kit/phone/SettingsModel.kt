package cn.quanshengshi.kit.phone

import cn.quanshengshi.core.Handset
import cn.quanshengshi.core.TextLanguage
import cn.quanshengshi.kit.Model
import cn.quanshengshi.kit.next.Trouble
import cn.quanshengshi.kit.next.orTrouble
import cn.quanshengshi.kit.texts.Say

/** What a person chose for this phone. Nothing here is secret, and nothing leaves the phone. */
data class Settings(
    val language: TextLanguage = TextLanguage.ZH,
    val largeText: Boolean = false,
    /** Somebody else holds the phone: rear camera, spoken prompts, twice the time. */
    val helper: Boolean = false,
    val voice: Boolean = true,
)

/** Where the host keeps them. */
interface SettingsStore {
    /** What was kept; the defaults at the first time. */
    fun read(): Settings

    /** Keeps them. */
    fun write(settings: Settings)
}

/** What the settings show. */
sealed interface SettingsState {
    /** The choices. A new language counts when the handset is opened with it. */
    data class Chosen(val settings: Settings) : SettingsState

    /** Everything is being wiped. */
    data object SigningOut : SettingsState

    /** Nothing is kept any more; `told` is whether the portal heard. */
    data class SignedOut(val told: Boolean, val say: String) : SettingsState

    /** Signing out did not finish: call it again. */
    data class InTrouble(val trouble: Trouble) : SettingsState
}

/** Choices, and leaving. */
class SettingsModel(private val handset: Handset, private val store: SettingsStore) :
    Model<SettingsState>(SettingsState.Chosen(store.read())) {
    /** Changes some of the choices and keeps them. */
    fun change(how: (Settings) -> Settings) {
        val changed = how(store.read())
        store.write(changed)
        show(SettingsState.Chosen(changed))
    }

    /** “退出并清空本机”: works without a network; ask the person first. */
    suspend fun signOut() {
        val language = store.read().language
        show(SettingsState.SigningOut)
        val told = orTrouble(language, { show(SettingsState.InTrouble(it)) }) { handset.signOut() } ?: return
        val say = if (told) Say.SIGNED_OUT else Say.SIGNED_OUT_UNTOLD
        show(SettingsState.SignedOut(told, say.text(language)))
    }
}

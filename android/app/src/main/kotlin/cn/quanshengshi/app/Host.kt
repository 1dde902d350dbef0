package cn.quanshengshi.app

import android.app.Activity
import cn.quanshengshi.app.look.Look
import cn.quanshengshi.core.CameraTrouble
import cn.quanshengshi.core.ConfirmTask
import cn.quanshengshi.core.Handset
import cn.quanshengshi.core.TextLanguage
import cn.quanshengshi.kit.next.Remedy
import cn.quanshengshi.kit.phone.Settings
import cn.quanshengshi.kit.texts.Say

/** The rooms at the foot of the screen. */
enum class Tab(val say: Say) {
    HOME(Say.TAB_HOME),
    WALLET(Say.TAB_WALLET),
    LOG(Say.TAB_LOG),
    SETTINGS(Say.TAB_SETTINGS),
}

/** What a screen asks of the window it stands in. */
interface Host {
    val activity: Activity
    val look: Look
    val ports: Ports
    val settings: Settings
    val session: Session

    /** Whether the window is in sight. */
    val inSight: Boolean

    /** The open handset. Only screens behind the opening ask for it. */
    val handset: Handset

    /** The person's language. */
    val language: TextLanguage get() = settings.language

    /** The words of a text. */
    fun say(say: Say): String = say.text(language)

    /** Puts a screen on top. */
    fun open(screen: Screen)

    /** Puts a screen in the place of the one on top. */
    fun replace(screen: Screen)

    /** What the back key does. */
    fun back()

    /** Goes to a room; whatever stood on top is over. */
    fun home(tab: Tab = Tab.HOME)

    /** Shows what a task's stage asks for. */
    fun show(task: ConfirmTask)

    /** The way on that a trouble offers; `again` is what failed. */
    fun act(remedy: Remedy, again: () -> Unit)

    /** Everything drawn anew; with `opened` the handset, too: in another language, or as nothing is kept any more. */
    fun renew(opened: Boolean = true)

    /** Asks the person for the camera. */
    fun askForCamera(answer: (CameraTrouble?) -> Unit)

    /** Asks before something that cannot be taken back. */
    fun sure(words: Say, note: Say, act: () -> Unit)
}

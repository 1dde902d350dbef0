package cn.quanshengshi.app.screens

import android.view.View
import cn.quanshengshi.app.Host
import cn.quanshengshi.app.ModelScreen
import cn.quanshengshi.kit.next.Remedy
import cn.quanshengshi.kit.phone.OpeningState
import cn.quanshengshi.kit.texts.Say

/** Before there is a handset: opens it, or says why not. With `reset` what was kept is cleared first. */
class OpeningScreen(host: Host, private val opened: () -> Unit, private val reset: Boolean = false) :
    ModelScreen<OpeningState>(host, host.session.opening) {
    private val opening = host.session.opening

    init {
        act { if (reset) opening.reset() else opening.open() }
    }

    override fun draw(state: OpeningState): View? =
        when (state) {
            is OpeningState.Opening -> host.waiting(host.say(Say.APP), Say.OPENING)
            is OpeningState.InTrouble -> host.troubled(
                host.say(Say.APP),
                state.trouble,
                mapOf(
                    Remedy.RETRY to { act { opening.open() } },
                    Remedy.RESET to { host.sure(Say.RESET, Say.SIGN_OUT_NOTE) { act { opening.reset() } } },
                ),
                back = false,
            )
            is OpeningState.Open -> null.also { opened() }
        }
}

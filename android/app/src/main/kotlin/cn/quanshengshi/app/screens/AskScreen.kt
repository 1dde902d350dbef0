package cn.quanshengshi.app.screens

import android.view.View
import cn.quanshengshi.app.Host
import cn.quanshengshi.app.ModelScreen
import cn.quanshengshi.app.look.Tone
import cn.quanshengshi.app.look.Type
import cn.quanshengshi.app.look.Weight
import cn.quanshengshi.app.look.button
import cn.quanshengshi.app.look.fact
import cn.quanshengshi.app.look.notice
import cn.quanshengshi.app.look.rows
import cn.quanshengshi.core.ConfirmTask
import cn.quanshengshi.kit.confirm.AskModel
import cn.quanshengshi.kit.confirm.AskState
import cn.quanshengshi.kit.next.Remedy
import cn.quanshengshi.kit.texts.Say

/** “请核对”: exactly what will be signed, and saying no is as near as saying yes. */
class AskScreen private constructor(host: Host, private val task: ConfirmTask, private val ask: AskModel) :
    ModelScreen<AskState>(host, ask) {
    constructor(host: Host, task: ConfirmTask) : this(host, task, AskModel(task, host.language))

    override val secure: Boolean get() = true

    override fun back(): Boolean {
        // The task stays open; the home screen leads back to it.
        host.home()
        return true
    }

    override fun draw(state: AskState): View? =
        when (state) {
            is AskState.Asking -> asking(state)
            is AskState.FaceConsent -> null.also { host.replace(ConsentScreen(host, task)) }
            is AskState.Sending -> host.waiting(host.say(Say.ASK_TITLE), Say.SENDING)
            is AskState.Moved -> null.also { host.show(task) }
            is AskState.InTrouble -> host.troubled(
                host.say(Say.ASK_TITLE),
                state.trouble,
                mapOf(Remedy.RETRY to ask::again, Remedy.OTHER_WAYS to { host.replace(ConsentScreen(host, task)) }),
            )
        }

    private fun asking(state: AskState.Asking): View {
        val look = host.look
        val screen = state.screen
        val title = look.padded(look.text(screen.title, Type.CARD, bold = true), 16, 12).apply {
            setBackgroundColor(look.palette.pineTint)
            isAccessibilityHeading = true
        }
        val facts = screen.lines.map { look.fact(it.label, it.value) }
        val body = look.column(
            16,
            look.rows(title, *facts.toTypedArray()),
            screen.otherPerson?.let { look.notice(if (it.mayGoOn) Tone.CARE else Tone.BAD, it.text) },
            look.notice(Tone.CARE, screen.warning),
        )
        val yes = if (state.mayAgree) look.button(host.say(Say.ASK_YES), Weight.FILLED, ask::itIsMe) else null
        val no = look.button(host.say(Say.ASK_NO), Weight.DANGER) { act { ask.notMe() } }
        val later = if (state.mayAgree) null else look.button(host.say(Say.ASK_DECLINE)) { act { ask.decline() } }
        return host.page(host.bar(host.say(Say.ASK_TITLE), back = true), body, look.column(8, yes, no, later))
    }
}

package cn.quanshengshi.app.screens

import android.view.View
import cn.quanshengshi.app.Host
import cn.quanshengshi.app.ModelScreen
import cn.quanshengshi.app.look.Icon
import cn.quanshengshi.app.look.Type
import cn.quanshengshi.app.look.Weight
import cn.quanshengshi.app.look.button
import cn.quanshengshi.app.look.card
import cn.quanshengshi.core.ConfirmTask
import cn.quanshengshi.kit.confirm.FaceConsentModel
import cn.quanshengshi.kit.confirm.FaceConsentState
import cn.quanshengshi.kit.next.Remedy
import cn.quanshengshi.kit.texts.Say

/** The consent to the face check, by itself: refusing is a button of the same size. */
class ConsentScreen private constructor(
    host: Host,
    private val task: ConfirmTask,
    private val consent: FaceConsentModel,
) : ModelScreen<FaceConsentState>(host, consent) {
    constructor(host: Host, task: ConfirmTask) : this(host, task, FaceConsentModel(task, host.language))

    override val secure: Boolean get() = true

    override fun hidden() = host.ports.hush()

    override fun back(): Boolean {
        if (consent.state.value is FaceConsentState.Ways) consent.again() else host.show(task)
        return true
    }

    override fun draw(state: FaceConsentState): View? =
        when (state) {
            is FaceConsentState.Notice -> notice(state)
            is FaceConsentState.Sending -> host.waiting(host.say(Say.FACE_TITLE), Say.SENDING)
            is FaceConsentState.Ways -> host.ways(state.ways, consent::again) {}
            is FaceConsentState.Moved -> null.also { host.show(task) }
            is FaceConsentState.InTrouble -> host.troubled(
                host.say(Say.FACE_TITLE),
                state.trouble,
                mapOf(Remedy.RETRY to { act { consent.agree() } }, Remedy.OTHER_WAYS to consent::otherWays),
            )
        }

    private fun notice(state: FaceConsentState.Notice): View {
        val look = host.look
        val points = state.lines.map { line ->
            val words = look.text(line)
            look.row(12, look.icon(Icon.CHECK), words, stretch = words)
        }
        val version = look.text("${host.say(Say.NOTICE_VERSION)} ${state.version}", Type.HINT, look.palette.hint)
        val spoken = (listOf(state.title) + state.lines).joinToString("\n")
        val read = look.button(host.say(Say.READ_ALOUD)) { host.ports.speak(spoken, host.language) }
        val title = look.text(state.title, Type.TITLE, bold = true)
        val body = look.column(16, title, look.card(*points.toTypedArray(), gap = 16), version, read)
        val foot = look.column(
            8,
            look.button(host.say(Say.CONSENT_YES), Weight.FILLED) { act { consent.agree() } },
            look.button(host.say(Say.CONSENT_NO), act = consent::otherWays),
        )
        return host.page(host.bar(host.say(Say.FACE_TITLE), back = true), body, foot)
    }
}

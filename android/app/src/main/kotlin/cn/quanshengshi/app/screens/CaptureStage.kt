package cn.quanshengshi.app.screens

import android.view.Gravity
import android.view.View
import android.view.ViewGroup.LayoutParams.MATCH_PARENT
import android.view.ViewGroup.LayoutParams.WRAP_CONTENT
import android.widget.FrameLayout
import android.widget.LinearLayout
import android.widget.TextView
import cn.quanshengshi.app.Host
import cn.quanshengshi.app.look.Type
import cn.quanshengshi.app.look.Weight
import cn.quanshengshi.app.look.button
import cn.quanshengshi.kit.confirm.CaptureState
import cn.quanshengshi.kit.texts.Say

private const val WIDE = 300
private const val HIGH = 372
private const val THOUSAND = 1000

/** The parts of the capture that stay while the words change: prompt, oval, count, hint, buttons. */
internal class CaptureStage(
    private val host: Host,
    preview: View,
    private val start: () -> Unit,
    private val otherWays: () -> Unit,
) {
    private val look = host.look
    private val say = centred(look.text("", Type.PROMPT, bold = true)).apply {
        minLines = 2
        accessibilityLiveRegion = View.ACCESSIBILITY_LIVE_REGION_ASSERTIVE
    }
    private val count = centred(look.text("", colour = look.palette.inkSecond, bold = true))
    private val hint = look.padded(look.text("", colour = look.palette.amber, bold = true), 16, 4)
    private val begin = look.button(host.say(Say.FACE_START), Weight.FILLED) { start() }
    private val oval = OvalView(look)

    /** All of it. */
    val view: View

    init {
        val picture = FrameLayout(host.activity).apply {
            val place = FrameLayout.LayoutParams(look.px(WIDE), look.px(HIGH), Gravity.CENTER)
            addView(preview, place)
            addView(oval, place)
            setBackgroundColor(look.palette.sunken)
        }
        hint.background = look.ground(look.palette.amberTint, round = WIDE)
        val hints = LinearLayout(host.activity).apply {
            gravity = Gravity.CENTER
            addView(hint, WRAP_CONTENT, WRAP_CONTENT)
        }
        val body = look.column(8, say, picture, count, hints)
        val ways = look.button(host.say(Say.FACE_WAYS)) { otherWays() }
        view = host.page(host.bar(host.say(Say.FACE_TITLE), back = true), body, look.column(8, begin, ways))
        view.layoutParams = FrameLayout.LayoutParams(MATCH_PARENT, MATCH_PARENT)
    }

    /** Shows where the capture stands. */
    fun draw(state: CaptureState) {
        begin.visibility = if (state is CaptureState.Ready) View.VISIBLE else View.GONE
        when (state) {
            is CaptureState.Ready -> {
                write(
                    host.say(Say.FACE_READY),
                    "${host.say(Say.ATTEMPT)} ${state.attempt} / ${state.attempts}",
                    state.reason,
                )
                oval.at(state.steps, 0, 0f)
            }
            is CaptureState.Running -> {
                write(state.say, counted(state), state.hint)
                oval.at(state.steps, state.step, state.progress)
            }
            else -> {
                write(host.say(Say.FACE_WAIT), "", null)
                oval.at(1, 2, 1f)
            }
        }
    }

    private fun counted(state: CaptureState.Running): String {
        if (state.step == 0) return host.say(Say.FACE_READY)
        val left = state.remainingMs?.let { "　${host.say(Say.SECONDS)} ${(it + THOUSAND - 1) / THOUSAND}" }.orEmpty()
        return "${host.say(Say.STEP)} ${state.step} / ${state.steps}$left"
    }

    private fun write(line: String, counted: String, small: String?) {
        // The same words again would be read out again.
        if (say.text.toString() != line) say.text = line
        count.text = counted
        hint.text = small.orEmpty()
        hint.visibility = if (small == null) View.INVISIBLE else View.VISIBLE
    }

    private fun centred(text: TextView) = text.apply { gravity = Gravity.CENTER }
}

package cn.quanshengshi.app.screens

import android.text.InputFilter
import android.text.InputType
import android.util.TypedValue
import android.view.View
import android.view.ViewGroup
import android.widget.EditText
import android.widget.FrameLayout
import cn.quanshengshi.app.Host
import cn.quanshengshi.app.Screen
import cn.quanshengshi.app.copy.Copies
import cn.quanshengshi.app.copy.annotated
import cn.quanshengshi.app.look.Tone
import cn.quanshengshi.app.look.Type
import cn.quanshengshi.app.look.Weight
import cn.quanshengshi.app.look.button
import cn.quanshengshi.app.look.notice
import cn.quanshengshi.kit.texts.Say
import cn.quanshengshi.kit.wallet.CertificateModel
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext

/** Room for more than the core takes, so that it can say so. */
private const val LONGEST = 40

/** Handing a copy of a certificate on: what it is for, then the system asks whom to. */
class CopyScreen(host: Host, private val model: CertificateModel) : Screen(host) {
    private val field = EditText(host.activity).apply {
        val look = host.look
        inputType = InputType.TYPE_CLASS_TEXT
        filters = arrayOf(InputFilter.LengthFilter(LONGEST))
        hint = host.say(Say.SHARE_PURPOSE)
        contentDescription = host.say(Say.SHARE_PURPOSE)
        setTextSize(TypedValue.COMPLEX_UNIT_SP, Type.BODY.sp)
        setTextColor(look.palette.ink)
        setHintTextColor(look.palette.hint)
        background = look.ground(look.palette.surface, look.palette.edge, round = 8, width = 2)
        look.padded(this, 16, 14)
    }
    private val frame = FrameLayout(host.activity)
    private var trouble: String? = null

    override val secure: Boolean get() = true

    override val view: View get() = frame.also { if (it.childCount == 0) draw() }

    private fun draw() {
        val look = host.look
        frame.removeAllViews()
        // It has lain in the picture before.
        (field.parent as? ViewGroup)?.removeView(field)
        val note = look.text(host.say(Say.SHARE_HINT), colour = look.palette.inkSecond)
        val body = look.column(12, note, field, trouble?.let { look.notice(Tone.BAD, it) })
        val go = look.button(host.say(Say.SHARE_MAKE), Weight.FILLED, ::share)
        frame.addView(host.page(host.bar(host.say(Say.SHARE), back = true), body, go))
    }

    private fun share() {
        frame.removeAllViews()
        frame.addView(host.waiting(host.say(Say.SHARE), Say.LOADING, back = true))
        scope.launch {
            trouble = null
            val copy = model.copyFor(field.text.toString()) { trouble = it.text }
            if (copy == null) return@launch draw()
            val pages = withContext(Dispatchers.Default) { copy.pages.map { annotated(it, copy.notes) } }
            host.activity.startActivity(Copies.handOn(copy.name, pages))
            host.back()
        }
    }
}

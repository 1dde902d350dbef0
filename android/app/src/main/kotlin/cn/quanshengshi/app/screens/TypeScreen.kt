package cn.quanshengshi.app.screens

import android.text.InputFilter
import android.text.InputType
import android.util.TypedValue
import android.view.Gravity
import android.view.View
import android.widget.EditText
import cn.quanshengshi.app.Host
import cn.quanshengshi.app.ModelScreen
import cn.quanshengshi.app.look.Type
import cn.quanshengshi.app.look.Weight
import cn.quanshengshi.app.look.button
import cn.quanshengshi.kit.next.Remedy
import cn.quanshengshi.kit.scan.ScanModel
import cn.quanshengshi.kit.scan.ScanState
import cn.quanshengshi.kit.texts.Say

/** Nine digits, and a space or two between them. */
private const val LONGEST = 11

/** The way without a camera: the nine digits under the code. */
class TypeScreen private constructor(host: Host, private val scan: ScanModel) : ModelScreen<ScanState>(host, scan) {
    constructor(host: Host) : this(host, ScanModel(host.handset, host.language))

    private val field = EditText(host.activity).apply {
        val look = host.look
        inputType = InputType.TYPE_CLASS_PHONE
        filters = arrayOf(InputFilter.LengthFilter(LONGEST))
        contentDescription = host.say(Say.DIGITS_TITLE)
        gravity = Gravity.CENTER
        setTextSize(TypedValue.COMPLEX_UNIT_SP, Type.PROMPT.sp)
        setTextColor(look.palette.ink)
        background = look.ground(look.palette.surface, look.palette.edge, round = 8, width = 2)
        look.padded(this, 16, 14)
    }

    override fun draw(state: ScanState): View? =
        when (state) {
            is ScanState.Looking -> form()
            is ScanState.Claiming -> host.waiting(host.say(Say.DIGITS_TITLE), Say.CLAIMING, back = true)
            is ScanState.Claimed -> null.also { host.show(state.task) }
            is ScanState.InTrouble -> {
                val own = mapOf(
                    Remedy.RETRY to ::send,
                    Remedy.TYPE_DIGITS to { host.replace(TypeScreen(host)) },
                    Remedy.SCAN to { host.replace(ScanScreen(host)) },
                )
                host.troubled(host.say(Say.DIGITS_TITLE), state.trouble, own)
            }
        }

    private fun send() = act { scan.type(field.text.filter(Char::isDigit).toString()) }

    private fun form(): View {
        val look = host.look
        val note = look.text(host.say(Say.DIGITS_NOTE), colour = look.palette.inkSecond)
        val go = look.button(host.say(Say.GO_ON), Weight.FILLED, ::send)
        return host.page(host.bar(host.say(Say.DIGITS_TITLE), back = true), look.column(12, note, field), go)
    }
}

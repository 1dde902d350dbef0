package cn.quanshengshi.app.screens

import android.view.Gravity
import android.view.View
import cn.quanshengshi.app.Host
import cn.quanshengshi.app.ModelScreen
import cn.quanshengshi.app.Tab
import cn.quanshengshi.app.look.Icon
import cn.quanshengshi.app.look.Tone
import cn.quanshengshi.app.look.Type
import cn.quanshengshi.app.look.Weight
import cn.quanshengshi.app.look.button
import cn.quanshengshi.app.look.fact
import cn.quanshengshi.app.look.heading
import cn.quanshengshi.app.look.notice
import cn.quanshengshi.app.look.rows
import cn.quanshengshi.core.ActivityLine
import cn.quanshengshi.core.ConfirmTask
import cn.quanshengshi.kit.confirm.Outcome
import cn.quanshengshi.kit.confirm.ResultModel
import cn.quanshengshi.kit.confirm.ResultState
import cn.quanshengshi.kit.next.Remedy
import cn.quanshengshi.kit.texts.Say

/** How it ended, and the receipt. */
class ResultScreen private constructor(host: Host, private val result: ResultModel) :
    ModelScreen<ResultState>(host, result) {
    constructor(host: Host, task: ConfirmTask) : this(host, ResultModel(host.handset, task, host.language))

    override val secure: Boolean get() = true

    init {
        load()
    }

    override fun back(): Boolean {
        host.home()
        return true
    }

    private fun load() = act { result.load() }

    override fun draw(state: ResultState): View =
        when (state) {
            is ResultState.Loading -> host.waiting(host.say(Say.RESULT_TITLE), Say.LOADING)
            is ResultState.Ended -> ended(state)
            is ResultState.InTrouble ->
                host.troubled(host.say(Say.RESULT_TITLE), state.trouble, mapOf(Remedy.RETRY to { load() }))
        }

    private fun ended(state: ResultState.Ended): View {
        val look = host.look
        val sign = when (state.outcome) {
            Outcome.APPROVED -> host.disc(Icon.CHECK, look.palette.greenTint, look.palette.green)
            Outcome.REVIEW -> host.disc(Icon.CLOCK, look.palette.pineTint, look.palette.pine)
            Outcome.FAILED, Outcome.ENDED -> host.disc(Icon.WARN, look.palette.amberTint, look.palette.amber)
        }
        val words = look.text(state.say, Type.TITLE, bold = true).apply {
            gravity = Gravity.CENTER
            accessibilityLiveRegion = View.ACCESSIBILITY_LIVE_REGION_POLITE
        }
        val body = look.column(
            16,
            sign,
            words,
            state.reason?.let { look.notice(Tone.CARE, it) },
            state.trouble?.let { look.notice(Tone.CARE, it.text) },
            state.receipt?.let { look.heading(host.say(Say.RECEIPT)) },
            state.receipt?.let(host::receipt),
        )
        val again = if (state.trouble == null) null else look.button(host.say(Say.RETRY)) { load() }
        val kept = state.kept.isNotEmpty()
        val see = if (kept) {
            look.button(host.say(Say.SEE_CERTIFICATES), Weight.FILLED) {
                host.home(Tab.WALLET)
            }
        } else {
            null
        }
        val done = look.button(host.say(Say.DONE), if (kept) Weight.OUTLINED else Weight.FILLED) { host.home() }
        return host.page(host.bar(host.say(Say.RESULT_TITLE), back = false), body, look.column(8, see, again, done))
    }
}

/** What the log says of one task. */
internal fun Host.receipt(line: ActivityLine): View {
    val facts = listOf(
        Say.RECEIPT_WHAT to (listOf(line.title) + line.certificates).joinToString(" · "),
        Say.RECEIPT_ACCOUNT to line.account,
        Say.RECEIPT_PURPOSE to line.purpose,
        Say.RECEIPT_PLACE to line.place,
        Say.RECEIPT_TIME to moment(line.decidedAtMs ?: line.claimedAtMs),
        Say.RECEIPT_OUTCOME to line.outcome,
        Say.RECEIPT_NUMBER to line.receipt,
    )
    val shown = facts.filter { it.second.isNotBlank() }.map { (say, value) -> look.fact(say(say), value) }
    return look.rows(*shown.toTypedArray())
}

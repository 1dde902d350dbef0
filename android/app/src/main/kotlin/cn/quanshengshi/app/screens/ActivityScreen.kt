package cn.quanshengshi.app.screens

import android.content.Intent
import android.view.Gravity
import android.view.View
import cn.quanshengshi.app.Host
import cn.quanshengshi.app.ModelScreen
import cn.quanshengshi.app.Tab
import cn.quanshengshi.app.look.Icon
import cn.quanshengshi.app.look.button
import cn.quanshengshi.app.look.entry
import cn.quanshengshi.app.look.heading
import cn.quanshengshi.app.look.rows
import cn.quanshengshi.core.ActivityLine
import cn.quanshengshi.kit.next.Remedy
import cn.quanshengshi.kit.phone.ActivityModel
import cn.quanshengshi.kit.phone.ActivityState
import cn.quanshengshi.kit.texts.Say
import java.time.LocalDate

/** “记录”: what was done with this phone, by day. */
class ActivityScreen private constructor(host: Host, private val log: ActivityModel) :
    ModelScreen<ActivityState>(host, log) {
    constructor(host: Host) : this(host, ActivityModel(host.handset, host.language))

    override val secure: Boolean get() = true
    override val tab: Tab get() = Tab.LOG

    init {
        act { log.load() }
    }

    override fun draw(state: ActivityState): View =
        when (state) {
            is ActivityState.Loading -> host.waiting(host.say(Say.TAB_LOG), Say.LOADING, tab = tab)
            is ActivityState.Empty -> empty(state.say)
            is ActivityState.Days -> days(state)
            is ActivityState.InTrouble ->
                host.troubled(host.say(Say.TAB_LOG), state.trouble, mapOf(Remedy.RETRY to { act { log.load() } }), tab)
        }

    private fun empty(say: String): View {
        val look = host.look
        val words = look.text(say, colour = look.palette.inkSecond).apply { gravity = Gravity.CENTER }
        val body = look.column(20, host.disc(Icon.CLOCK, look.palette.pineTint, look.palette.pine), words)
        body.gravity = Gravity.CENTER
        return host.page(host.bar(host.say(Say.TAB_LOG), back = false), body, tab = tab)
    }

    private fun days(state: ActivityState.Days): View {
        val look = host.look
        val parts = state.days.flatMap { (day, lines) -> listOf(look.heading(day.toString()), day(day, lines)) }
        val note = look.text(host.say(Say.LOG_NOTE), colour = look.palette.inkSecond)
        val export = look.button(host.say(Say.LOG_EXPORT)) { act { log.export()?.let(::send) } }
        val body = look.column(12, note, *parts.toTypedArray(), export)
        return host.page(host.bar(host.say(Say.TAB_LOG), back = false), body, tab = tab)
    }

    private fun day(day: LocalDate, lines: List<ActivityLine>): View {
        val rows = lines.map { line ->
            val icon = if (line.approved) Icon.CHECK else Icon.WARN
            val note = "${hour(line.decidedAtMs ?: line.claimedAtMs)}　${line.place}"
            host.look.entry(icon, "${line.title}　${line.outcome}", note) { host.open(ReceiptScreen(host, day, line)) }
        }
        return host.look.rows(*rows.toTypedArray())
    }

    /** Leaves this phone only by a hand that chooses where to. */
    private fun send(text: String) {
        val out = Intent(Intent.ACTION_SEND).setType("text/plain").putExtra(Intent.EXTRA_TEXT, text)
        host.activity.startActivity(Intent.createChooser(out, host.say(Say.LOG_EXPORT)))
    }
}

package cn.quanshengshi.app.screens

import android.view.View
import android.view.ViewGroup.LayoutParams.WRAP_CONTENT
import cn.quanshengshi.app.Host
import cn.quanshengshi.app.ModelScreen
import cn.quanshengshi.app.Tab
import cn.quanshengshi.app.look.CardGround
import cn.quanshengshi.app.look.Icon
import cn.quanshengshi.app.look.Tone
import cn.quanshengshi.app.look.Type
import cn.quanshengshi.app.look.entry
import cn.quanshengshi.app.look.notice
import cn.quanshengshi.app.look.rows
import cn.quanshengshi.app.look.tapped
import cn.quanshengshi.kit.next.Remedy
import cn.quanshengshi.kit.phone.HomeModel
import cn.quanshengshi.kit.phone.HomeState
import cn.quanshengshi.kit.texts.Say

private const val WHITE = -1
private const val HERO = 20

/** The first screen. With a task that was left in the middle it goes back into it. */
class HomeScreen private constructor(host: Host, private val left: String?, private val home: HomeModel) :
    ModelScreen<HomeState>(host, home) {
    constructor(host: Host, left: String? = null) : this(host, left, HomeModel(host.handset, host.language))

    override val tab: Tab get() = Tab.HOME

    init {
        start()
    }

    private fun start() =
        act {
            home.start()
            val ready = home.state.value as? HomeState.Ready
            if (ready != null && left in ready.openTasks) resume(ready.openTasks.first { it == left })
        }

    private suspend fun resume(task: String) = home.resume(task)

    override fun draw(state: HomeState): View? =
        when (state) {
            is HomeState.Loading -> host.waiting(host.say(Say.APP), Say.LOADING, tab = tab)
            is HomeState.Ready -> ready(state)
            is HomeState.Resumed -> null.also { host.show(state.task) }
            is HomeState.InTrouble ->
                host.troubled(host.say(Say.APP), state.trouble, mapOf(Remedy.RETRY to { start() }), tab)
        }

    private fun ready(state: HomeState.Ready): View {
        val look = host.look
        val scan = pill(look.palette.pine, look.palette.onPine)
        val tasks = state.openTasks.map { task ->
            look.entry(Icon.CLOCK, host.say(Say.OPEN_TASK), host.say(Say.OPEN_TASK_NOTE)) { act { resume(task) } }
        }
        val kept = listOfNotNull(host.say(Say.SHOWN_OFFLINE), state.certificates.takeIf { it > 0 }).joinToString(" · ")
        val body = look.column(
            16,
            if (state.offline) look.notice(Tone.CARE, host.say(Say.NO_NETWORK)) else null,
            hero(),
            if (tasks.isEmpty()) null else look.rows(*tasks.toTypedArray()),
            look.rows(
                look.entry(Icon.CARD, host.say(Say.MY_CERTIFICATES), kept) { host.home(Tab.WALLET) },
                look.entry(Icon.PHONE, host.say(Say.DEVICES_TITLE), state.person) { host.open(DevicesScreen(host)) },
            ),
            look.rows(look.entry(Icon.PEOPLE, host.say(Say.HELP_FAMILY), host.say(Say.HELP_FAMILY_NOTE), act = ::help)),
        )
        return host.page(host.bar(host.say(Say.APP), back = false, right = scan), body, tab = tab)
    }

    /** The other hand holds the phone from now on; the settings say so and turn it off. */
    private fun help() {
        host.ports.settings.write(host.settings.copy(helper = true, voice = true))
        host.renew(opened = false)
    }

    private fun hero(): View {
        val look = host.look
        val type = look.row(
            8,
            look.icon(Icon.KEYS, WHITE, size = 22),
            look.text(host.say(Say.CANNOT_SCAN), colour = WHITE),
        ).apply {
            minimumHeight = look.px(48)
            tapped { host.open(TypeScreen(host)) }
        }
        return look.column(
            4,
            look.text(host.say(Say.HERO), Type.TITLE, WHITE, bold = true),
            look.text(host.say(Say.HERO_NOTE), colour = WHITE),
            look.row(0, pill(WHITE, CardGround.PINE.colour, round = 8)).apply { setPadding(0, look.px(16), 0, 0) },
            type,
        ).apply {
            background = look.river(CardGround.PINE.colour, HERO)
            look.padded(this, 24)
        }
    }

    private fun pill(ground: Int, sign: Int, round: Int = 24): View {
        val look = host.look
        val words = look.text(host.say(Say.SCAN), colour = sign, bold = true)
        return look.row(8, look.icon(Icon.SCAN, sign, size = 22), words).apply {
            background = look.touched(look.ground(ground, round = round))
            minimumHeight = look.px(48)
            minimumWidth = WRAP_CONTENT
            look.padded(this, 18, 4)
            tapped { host.open(ScanScreen(host)) }
        }
    }
}

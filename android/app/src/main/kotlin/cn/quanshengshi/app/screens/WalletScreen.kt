package cn.quanshengshi.app.screens

import android.text.InputType
import android.view.Gravity
import android.view.View
import android.view.inputmethod.EditorInfo
import android.widget.EditText
import android.widget.HorizontalScrollView
import android.widget.LinearLayout
import cn.quanshengshi.app.Host
import cn.quanshengshi.app.ModelScreen
import cn.quanshengshi.app.Tab
import cn.quanshengshi.app.look.CardGround
import cn.quanshengshi.app.look.Icon
import cn.quanshengshi.app.look.Tone
import cn.quanshengshi.app.look.Type
import cn.quanshengshi.app.look.Weight
import cn.quanshengshi.app.look.badge
import cn.quanshengshi.app.look.button
import cn.quanshengshi.app.look.entry
import cn.quanshengshi.app.look.notice
import cn.quanshengshi.app.look.rows
import cn.quanshengshi.app.look.tapped
import cn.quanshengshi.core.SubjectLine
import cn.quanshengshi.core.WalletLine
import cn.quanshengshi.kit.next.Remedy
import cn.quanshengshi.kit.texts.Say
import cn.quanshengshi.kit.wallet.WalletModel
import cn.quanshengshi.kit.wallet.WalletState

private const val WHITE = -1
private const val CARD_ROUND = 18
private const val CARD_HEIGHT = 132

/** “卡包”: what is kept on this phone. */
class WalletScreen private constructor(host: Host, private val wallet: WalletModel) :
    ModelScreen<WalletState>(host, wallet) {
    constructor(host: Host) : this(host, WalletModel(host.handset, host.language))

    override val secure: Boolean get() = true
    override val tab: Tab get() = Tab.WALLET

    init {
        act {
            wallet.load()
            wallet.refresh()
        }
    }

    override fun draw(state: WalletState): View =
        when (state) {
            is WalletState.Loading -> host.waiting(host.say(Say.TAB_WALLET), Say.LOADING, tab = tab)
            is WalletState.Empty -> empty(state)
            is WalletState.Listed -> listed(state)
            is WalletState.InTrouble ->
                host.troubled(
                    host.say(Say.TAB_WALLET),
                    state.trouble,
                    mapOf(
                        Remedy.RETRY to {
                            act { wallet.load() }
                        },
                    ),
                    tab,
                )
        }

    private fun empty(state: WalletState.Empty): View {
        val look = host.look
        val words = look.text(state.say, colour = look.palette.inkSecond).apply { gravity = Gravity.CENTER }
        val body = look.column(20, host.disc(Icon.CARD, look.palette.pineTint, look.palette.pine), words)
        body.gravity = Gravity.CENTER
        val scan = look.button(host.say(Say.SCAN), Weight.FILLED) { host.act(state.remedy) {} }
        val file = look.button(host.say(Say.OPEN_FILE)) { host.act(Remedy.OPEN_FILE) {} }
        return host.page(host.bar(host.say(Say.TAB_WALLET), back = false), body, look.column(8, scan, file), tab)
    }

    private fun listed(state: WalletState.Listed): View {
        val look = host.look
        val soon = state.endingSoon.takeIf { it.isNotEmpty() }?.joinToString("、") { it.name }
        val cards = state.lines.map(::card)
        val body = look.column(
            16,
            search(state.query),
            if (state.subjects.size > 1) subjects(state) else null,
            state.offline?.let { look.notice(Tone.CARE, it) },
            soon?.let { look.notice(Tone.CARE, it, host.say(Say.ENDING_SOON)) },
            if (cards.isEmpty()) look.text(host.say(Say.WALLET_NONE), colour = look.palette.inkSecond) else null,
            *cards.toTypedArray(),
            look.rows(look.entry(Icon.FOLDER, host.say(Say.OPEN_FILE)) { host.act(Remedy.OPEN_FILE) {} }),
        )
        val scan = host.iconButton(Icon.SCAN, Say.SCAN) { host.open(ScanScreen(host)) }
        return host.page(host.bar(host.say(Say.TAB_WALLET), back = false, right = scan), body, tab = tab)
    }

    private fun search(query: String): View {
        val look = host.look
        return EditText(host.activity).apply {
            setText(query)
            hint = host.say(Say.WALLET_SEARCH)
            contentDescription = host.say(Say.WALLET_SEARCH)
            setTextColor(look.palette.ink)
            setHintTextColor(look.palette.hint)
            inputType = InputType.TYPE_CLASS_TEXT
            imeOptions = EditorInfo.IME_ACTION_SEARCH
            minHeight = look.px(48)
            background = look.ground(look.palette.surface, look.palette.edge, round = 24)
            look.padded(this, 18, 8)
            setOnEditorActionListener { view, _, _ ->
                act { wallet.search(view.text.toString()) }
                true
            }
        }
    }

    private fun subjects(state: WalletState.Listed): View {
        val all = chip(host.say(Say.WALLET_ALL), state.subject == null) { act { wallet.choose(null) } }
        val chips = state.subjects.map { one: SubjectLine ->
            chip("${one.name} ${one.certificates}", state.subject == one.subject) { act { wallet.choose(one.subject) } }
        }
        return HorizontalScrollView(host.activity).apply {
            isHorizontalScrollBarEnabled = false
            addView(host.look.row(8, all, *chips.toTypedArray()))
        }
    }

    private fun chip(words: String, chosen: Boolean, act: () -> Unit): View {
        val look = host.look
        val (fill, sign) = with(look.palette) { if (chosen) pine to onPine else surface to ink }
        return look.padded(look.text(words, Type.HINT, sign, bold = chosen), 16, 4).apply {
            background = look.touched(look.ground(fill, if (chosen) null else look.palette.edge, round = 24))
            minHeight = look.px(48)
            gravity = Gravity.CENTER
            isSelected = chosen
            tapped(act)
        }
    }

    private fun card(line: WalletLine): View {
        val look = host.look
        val ground = if (line.holds) groundOf(line.name) else CardGround.GREY
        val tone = when {
            !line.holds -> Tone.BAD
            line.banner != null -> Tone.CARE
            else -> Tone.GOOD
        }
        val words = listOfNotNull(line.standing, host.say(Say.SAMPLE).takeIf { line.sample }).joinToString(" · ")
        val marks = LinearLayout(host.activity).apply { addView(look.badge(tone, words)) }
        return look.column(
            4,
            look.text(line.name, Type.CARD, WHITE, bold = true),
            look.text(line.number, Type.HINT, WHITE),
            look.text(line.holder, Type.HINT, WHITE),
            marks.apply { setPadding(0, look.px(8), 0, 0) },
        ).apply {
            background = look.river(ground.colour, CARD_ROUND)
            minimumHeight = look.px(CARD_HEIGHT)
            look.padded(this, 20, 16)
            tapped { host.open(CertificateScreen(host, line.certificate)) }
        }
    }

    /** The same kind has the same ground on every phone. */
    private fun groundOf(name: String): CardGround {
        val grounds = CardGround.entries - CardGround.GREY
        return grounds[Math.floorMod(name.hashCode(), grounds.size)]
    }
}

package cn.quanshengshi.app.screens

import android.view.Gravity
import android.view.View
import android.view.ViewGroup.LayoutParams.WRAP_CONTENT
import android.widget.LinearLayout
import cn.quanshengshi.app.Host
import cn.quanshengshi.app.Tab
import cn.quanshengshi.app.look.Icon
import cn.quanshengshi.app.look.Type
import cn.quanshengshi.app.look.Weight
import cn.quanshengshi.app.look.button
import cn.quanshengshi.app.look.entry
import cn.quanshengshi.app.look.rows
import cn.quanshengshi.core.WayLine
import cn.quanshengshi.kit.next.Remedy
import cn.quanshengshi.kit.next.Trouble
import cn.quanshengshi.kit.texts.Say

private const val DISC = 88
private const val SIGN = 44

/** What is in the way, and every way on. `own` are the ways that the screen knows itself, `RETRY` among them. */
internal fun Host.troubled(
    title: String,
    trouble: Trouble,
    own: Map<Remedy, () -> Unit>,
    tab: Tab? = null,
    back: Boolean = tab == null,
): View {
    val again = own[Remedy.RETRY] ?: {}
    val ways = trouble.remedies.mapIndexed { at, remedy ->
        look.button(say(remedy.label), if (at == 0) Weight.FILLED else Weight.OUTLINED) {
            own[remedy]?.invoke() ?: act(remedy, again)
        }
    }
    val words = look.text(trouble.text, Type.CARD, bold = true).apply {
        gravity = Gravity.CENTER
        accessibilityLiveRegion = View.ACCESSIBILITY_LIVE_REGION_ASSERTIVE
    }
    val code = look.text("${say(Say.TROUBLE_CODE)} ${trouble.code}", Type.SMALL, look.palette.hint)
    code.gravity = Gravity.CENTER
    val body = look.column(16, disc(Icon.WARN, look.palette.amberTint, look.palette.amber), words, code)
    body.gravity = Gravity.CENTER
    return page(bar(title, back), body, look.column(8, *ways.toTypedArray()), tab)
}

/** A sign in the middle of a round ground. */
internal fun Host.disc(icon: Icon, ground: Int, sign: Int): View =
    LinearLayout(activity).apply {
        gravity = Gravity.CENTER
        val round = LinearLayout(activity).apply {
            gravity = Gravity.CENTER
            background = look.ground(ground, round = DISC)
            minimumWidth = look.px(DISC)
            minimumHeight = look.px(DISC)
            addView(look.icon(icon, sign, SIGN))
        }
        addView(round, WRAP_CONTENT, WRAP_CONTENT)
    }

/** The ways without this face check, or with other acts; `choose` is for those that are acts. */
internal fun Host.ways(ways: List<WayLine>, back: () -> Unit, choose: (WayLine) -> Unit): View {
    val lines = ways.map { way ->
        look.entry(null, way.title, way.text, act = if (way.variant == null) null else ({ choose(way) }))
    }
    val body = look.column(12, look.rows(*lines.toTypedArray()))
    return page(bar(say(Say.WAYS_TITLE), back = false), body, look.button(say(Say.BACK), act = back))
}

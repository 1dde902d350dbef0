package cn.quanshengshi.app.look

import android.content.res.ColorStateList
import android.graphics.Typeface
import android.util.TypedValue
import android.view.Gravity
import android.view.View
import android.view.accessibility.AccessibilityNodeInfo
import android.widget.Button
import android.widget.LinearLayout
import android.widget.Switch
import android.widget.TextView

private const val TARGET = 52
private const val ROW = 60
private const val CONTROL = 8

/** Signs of a label that leaves room for its value beside it. */
private const val SHORT = 8

/** How loud a button is: one filled on a screen. */
enum class Weight { FILLED, OUTLINED, DANGER }

/** A button as wide as its place. */
fun Look.button(words: String, weight: Weight = Weight.OUTLINED, act: () -> Unit): Button {
    val (fill, border, sign) = when (weight) {
        Weight.FILLED -> Triple(palette.pine, null, palette.onPine)
        Weight.OUTLINED -> Triple(palette.surface, palette.pine, palette.pine)
        Weight.DANGER -> Triple(palette.surface, palette.red, palette.red)
    }
    return Button(context).apply {
        text = words
        isAllCaps = false
        stateListAnimator = null
        typeface = Typeface.DEFAULT_BOLD
        setTextSize(TypedValue.COMPLEX_UNIT_PX, this@button.text("").textSize)
        setTextColor(sign)
        minHeight = px(TARGET)
        background = touched(ground(fill, border, CONTROL))
        padded(this, 16, 10)
        setOnClickListener { act() }
    }
}

/** A card for parts. */
fun Look.card(vararg parts: View?, gap: Int = 8): LinearLayout =
    column(gap, *parts).apply {
        background = ground(palette.surface, palette.line)
        padded(this, 16)
    }

/** Rows in one card, a line between each two. */
fun Look.rows(vararg rows: View?): LinearLayout =
    LinearLayout(context).apply {
        orientation = LinearLayout.VERTICAL
        background = ground(palette.surface, palette.line)
        dividerDrawable = ground(palette.line, round = 0).apply { setSize(1, px(1)) }
        showDividers = LinearLayout.SHOW_DIVIDER_MIDDLE
        clipToOutline = true
        rows.filterNotNull().forEach(::addView)
    }

/** A row to be tapped: icon, words, a smaller line, and a sign that it leads on. */
fun Look.entry(icon: Icon?, words: String, note: String? = null, colour: Int = palette.ink, act: (() -> Unit)?): View {
    val lines = column(0, text(words, colour = colour), note?.let { text(it, Type.HINT, palette.hint) })
    val drawn = icon?.let { icon(it, if (colour == palette.red) palette.red else palette.pine) }
    val next = act?.let { icon(Icon.NEXT, palette.hint, size = 20) }
    return row(12, drawn, lines, next, stretch = lines).apply {
        minimumHeight = px(ROW)
        padded(this, 16, 8)
        if (act != null) tapped(act)
    }
}

/** A row with a switch; the whole row turns it. */
fun Look.choice(icon: Icon, words: String, note: String?, on: Boolean, change: (Boolean) -> Unit): View {
    val lines = column(0, text(words), note?.let { text(it, Type.HINT, palette.hint) })
    val tint = ColorStateList.valueOf(if (on) palette.pine else palette.edge)
    val switch = Switch(context).apply {
        isChecked = on
        isClickable = false
        isFocusable = false
        thumbTintList = tint
        trackTintList = tint
    }
    return row(12, icon(icon), lines, switch, stretch = lines).apply {
        minimumHeight = px(ROW)
        padded(this, 16, 8)
        tapped { change(!on) }
    }
}

/** A label and its value, as a table of facts has them; a question stands above its answer, and the answer is large. */
fun Look.fact(label: String, value: String): View {
    val name = text(label, colour = palette.hint)
    if (label.length > SHORT) return padded(column(0, name, text(value, Type.CARD, bold = true)), 16, 10)
    val words = text(value)
    name.minWidth = px(88)
    return row(12, name, words, stretch = words).apply {
        gravity = Gravity.TOP
        padded(this, 16, 10)
    }
}

/** How serious a notice is. */
enum class Tone { GOOD, CARE, BAD }

/** One sentence in a coloured box, with an icon: colour alone says nothing. */
fun Look.notice(tone: Tone, words: String, heading: String? = null): View {
    val (ground, sign, icon) = when (tone) {
        Tone.GOOD -> Triple(palette.greenTint, palette.green, Icon.SHIELD)
        Tone.CARE -> Triple(palette.amberTint, palette.amber, Icon.WARN)
        Tone.BAD -> Triple(palette.redTint, palette.red, Icon.WARN)
    }
    val lines = column(
        2,
        heading?.let { text(it, colour = sign, bold = true) },
        text(words, Type.HINT, if (heading == null) sign else palette.inkSecond, bold = heading == null),
    )
    return row(12, icon(icon, sign), lines, stretch = lines).apply {
        background = ground(ground, round = CONTROL)
        padded(this, 16, 12)
    }
}

/** A short word on a tinted ground. */
fun Look.badge(tone: Tone, words: String): TextView {
    val (ground, sign) = when (tone) {
        Tone.GOOD -> palette.greenTint to palette.green
        Tone.CARE -> palette.amberTint to palette.amber
        Tone.BAD -> palette.redTint to palette.red
    }
    return padded(text(words, Type.HINT, sign, bold = true), 10, 2).apply { background = ground(ground, round = 4) }
}

/** A heading over rows. */
fun Look.heading(words: String): TextView =
    text(words, Type.HINT, palette.hint, bold = true).apply { isAccessibilityHeading = true }

/** Makes a part a button to fingers and to those who hear the screen. */
fun View.tapped(act: () -> Unit) {
    isClickable = true
    isFocusable = true
    setOnClickListener { act() }
    accessibilityDelegate = object : View.AccessibilityDelegate() {
        override fun onInitializeAccessibilityNodeInfo(host: View, info: AccessibilityNodeInfo) {
            super.onInitializeAccessibilityNodeInfo(host, info)
            info.className = Button::class.java.name
        }
    }
}

package cn.quanshengshi.app.screens

import android.view.Gravity
import android.view.View
import android.view.ViewGroup.LayoutParams.MATCH_PARENT
import android.view.ViewGroup.LayoutParams.WRAP_CONTENT
import android.widget.LinearLayout
import android.widget.ProgressBar
import android.widget.ScrollView
import cn.quanshengshi.app.Host
import cn.quanshengshi.app.Tab
import cn.quanshengshi.app.look.Icon
import cn.quanshengshi.app.look.Type
import cn.quanshengshi.app.look.tapped
import cn.quanshengshi.kit.texts.Say

private const val BAR = 56
private const val TARGET = 48
private const val SIDE = 20

/** The bar on top: back where there is a back, the title, and what stands at the right. */
internal fun Host.bar(title: String, back: Boolean, right: View? = null, colour: Int = look.palette.ink): View {
    val words = look.text(title, Type.CARD, colour, bold = true).apply { isAccessibilityHeading = true }
    val way = if (back) iconButton(Icon.BACK, Say.BACK, colour.takeIf { it != look.palette.ink }) { back() } else null
    return look.row(8, way, words, right, stretch = words).apply {
        minimumHeight = look.px(BAR)
        setPadding(look.px(if (back) 8 else SIDE), 0, look.px(12), 0)
    }
}

/** An icon to be tapped, with words for those who hear the screen. */
internal fun Host.iconButton(icon: Icon, say: Say, colour: Int? = null, act: () -> Unit): View {
    val drawn = look.icon(icon, colour ?: look.palette.pine)
    return look.row(0, drawn).apply {
        gravity = Gravity.CENTER
        minimumWidth = look.px(TARGET)
        minimumHeight = look.px(TARGET)
        contentDescription = say(say)
        tapped(act)
    }
}

/** A whole screen: bar, what scrolls, the buttons that stay, and the rooms. */
internal fun Host.page(bar: View, body: View, foot: View? = null, tab: Tab? = null): View =
    LinearLayout(activity).apply {
        orientation = LinearLayout.VERTICAL
        setBackgroundColor(look.palette.page)
        layoutParams = LinearLayout.LayoutParams(MATCH_PARENT, MATCH_PARENT)
        addView(bar, MATCH_PARENT, WRAP_CONTENT)
        val scroll = ScrollView(activity).apply {
            isFillViewport = true
            clipToPadding = false
            look.padded(this, SIDE, 8)
            addView(body)
        }
        addView(scroll, LinearLayout.LayoutParams(MATCH_PARENT, 0, 1f))
        if (foot != null) {
            addView(line(), MATCH_PARENT, look.px(1))
            val ground = look.padded(look.column(0, foot), SIDE, 12)
            ground.setBackgroundColor(look.palette.surface)
            addView(ground, MATCH_PARENT, WRAP_CONTENT)
        }
        if (tab != null) {
            addView(line(), MATCH_PARENT, look.px(1))
            addView(tabs(tab), MATCH_PARENT, WRAP_CONTENT)
        }
    }

private fun Host.line() = View(activity).apply { setBackgroundColor(look.palette.line) }

private fun Host.tabs(here: Tab): View =
    LinearLayout(activity).apply {
        setBackgroundColor(look.palette.surface)
        for (tab in Tab.entries) {
            val colour = if (tab == here) look.palette.pine else look.palette.hint
            val icon = when (tab) {
                Tab.HOME -> Icon.HOUSE
                Tab.WALLET -> Icon.CARD
                Tab.LOG -> Icon.CLOCK
                Tab.SETTINGS -> Icon.GEAR
            }
            val words = look.text(say(tab.say), Type.SMALL, colour, bold = tab == here)
            val part = LinearLayout(activity).apply {
                orientation = LinearLayout.VERTICAL
                gravity = Gravity.CENTER
                minimumHeight = look.px(BAR)
                addView(look.icon(icon, colour))
                addView(words, WRAP_CONTENT, WRAP_CONTENT)
                look.padded(this, 4, 6)
                isSelected = tab == here
                tapped { if (tab != here) home(tab) }
            }
            addView(part, LinearLayout.LayoutParams(0, WRAP_CONTENT, 1f))
        }
    }

/** A screen that waits. */
internal fun Host.waiting(title: String, say: Say, back: Boolean = false, tab: Tab? = null): View {
    val words = look.text(say(say), colour = look.palette.inkSecond).apply {
        gravity = Gravity.CENTER
        accessibilityLiveRegion = View.ACCESSIBILITY_LIVE_REGION_POLITE
    }
    val body = look.column(16, spinner(), words).apply { gravity = Gravity.CENTER }
    return page(bar(title, back), body, tab = tab)
}

/** What turns while something is waited for. */
internal fun Host.spinner(): View =
    ProgressBar(activity).apply {
        indeterminateTintList = android.content.res.ColorStateList.valueOf(look.palette.pine)
    }

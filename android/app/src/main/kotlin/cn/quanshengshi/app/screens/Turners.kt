package cn.quanshengshi.app.screens

import android.view.Gravity
import android.view.View
import cn.quanshengshi.app.Host
import cn.quanshengshi.app.look.Icon
import cn.quanshengshi.kit.texts.Say

private const val NOWHERE = 0.35f

/** Which page of how many, as it is read aloud. `number` counts from 0. */
internal fun Host.placeOf(number: Int, count: Int): String = "${number + 1} / $count ${say(Say.PAGE)}"

/** The ways to the pages beside page `number`, from 0, left and right of where it stands; `turn` gets by how many. */
internal fun Host.turners(number: Int, count: Int, turn: (Int) -> Unit): View {
    val place = look.text("${number + 1} / $count", colour = look.palette.inkSecond).apply {
        gravity = Gravity.CENTER
        accessibilityLiveRegion = View.ACCESSIBILITY_LIVE_REGION_POLITE
    }
    val before = iconButton(Icon.BACK, Say.PAGE_BEFORE) { turn(-1) }.enabled(number > 0)
    val after = iconButton(Icon.NEXT, Say.PAGE_AFTER) { turn(1) }.enabled(number + 1 < count)
    return look.row(8, before, place, after, stretch = place)
}

/** A way that leads nowhere is pale, and cannot be tapped. */
private fun View.enabled(leads: Boolean): View =
    apply {
        isEnabled = leads
        alpha = if (leads) 1f else NOWHERE
    }

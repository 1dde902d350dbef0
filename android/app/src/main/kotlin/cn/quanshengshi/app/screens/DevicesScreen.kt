package cn.quanshengshi.app.screens

import android.view.View
import cn.quanshengshi.app.Host
import cn.quanshengshi.app.ModelScreen
import cn.quanshengshi.app.look.Icon
import cn.quanshengshi.app.look.Tone
import cn.quanshengshi.app.look.Weight
import cn.quanshengshi.app.look.button
import cn.quanshengshi.app.look.entry
import cn.quanshengshi.app.look.heading
import cn.quanshengshi.app.look.notice
import cn.quanshengshi.app.look.rows
import cn.quanshengshi.core.DeviceLine
import cn.quanshengshi.core.HostPlatform
import cn.quanshengshi.kit.next.Remedy
import cn.quanshengshi.kit.phone.DevicesModel
import cn.quanshengshi.kit.phone.DevicesState
import cn.quanshengshi.kit.texts.Say

/** “我的手机”: the phones that act for the same accounts. */
class DevicesScreen private constructor(host: Host, private val devices: DevicesModel) :
    ModelScreen<DevicesState>(host, devices) {
    constructor(host: Host) : this(host, DevicesModel(host.handset, host.language))

    override val secure: Boolean get() = true

    init {
        load()
    }

    private fun load() = act { devices.load() }

    override fun draw(state: DevicesState): View =
        when (state) {
            is DevicesState.Loading -> host.waiting(host.say(Say.DEVICES_TITLE), Say.LOADING, back = true)
            is DevicesState.Listed -> listed(state)
            is DevicesState.InTrouble ->
                host.troubled(host.say(Say.DEVICES_TITLE), state.trouble, mapOf(Remedy.RETRY to { load() }))
        }

    private fun listed(state: DevicesState.Listed): View {
        val look = host.look
        val none = { say: Say -> listOf(look.entry(null, host.say(say), act = null)) }
        val own = state.thisPhone.map(::row).ifEmpty { none(Say.LOG_EMPTY) }
        val others = state.others.map(::other).ifEmpty { none(Say.NO_OTHER_PHONES) }
        val body = look.column(
            12,
            look.heading(host.say(Say.THIS_PHONE)),
            look.rows(*own.toTypedArray()),
            look.heading(host.say(Say.OTHER_PHONES)),
            look.rows(*others.toTypedArray()),
            look.notice(Tone.CARE, host.say(Say.DEVICES_NOTE)),
        )
        return host.page(host.bar(host.say(Say.DEVICES_TITLE), back = true), body)
    }

    /** Another phone, and what disables it once the person is sure: below, for beside it is no room for its facts. */
    private fun other(line: DeviceLine): View {
        val look = host.look
        val disable = look.button(host.say(Say.DEVICE_DISABLE), Weight.DANGER) {
            host.sure(Say.DEVICE_DISABLE, Say.DEVICE_DISABLE_NOTE) { act { devices.disable(line.device) } }
        }
        val foot = look.column(0, disable).apply { setPadding(look.px(16), 0, look.px(16), look.px(12)) }
        return look.column(0, row(line), foot)
    }

    private fun row(line: DeviceLine): View {
        val kind = when (line.platform) {
            HostPlatform.ANDROID -> "Android"
            HostPlatform.IOS -> "iPhone"
            HostPlatform.DESKTOP -> "PC"
        }
        val note = "${line.account}\n${host.say(Say.LAST_USED)} ${moment(line.lastAtMs)}"
        return host.look.entry(Icon.PHONE, "$kind ${line.appVersion}", note, act = null)
    }
}

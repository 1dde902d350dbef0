package cn.quanshengshi.app.screens

import android.view.Gravity
import android.view.View
import cn.quanshengshi.app.Host
import cn.quanshengshi.app.ModelScreen
import cn.quanshengshi.app.Tab
import cn.quanshengshi.app.look.Icon
import cn.quanshengshi.app.look.Type
import cn.quanshengshi.app.look.Weight
import cn.quanshengshi.app.look.button
import cn.quanshengshi.app.look.choice
import cn.quanshengshi.app.look.entry
import cn.quanshengshi.app.look.rows
import cn.quanshengshi.core.TextLanguage
import cn.quanshengshi.kit.next.Remedy
import cn.quanshengshi.kit.phone.Settings
import cn.quanshengshi.kit.phone.SettingsModel
import cn.quanshengshi.kit.phone.SettingsState
import cn.quanshengshi.kit.texts.Say

/** “设置”, and leaving. */
class SettingsScreen private constructor(host: Host, private val choices: SettingsModel) :
    ModelScreen<SettingsState>(host, choices) {
    constructor(host: Host) : this(host, SettingsModel(host.handset, host.ports.settings))

    override val tab: Tab get() = Tab.SETTINGS

    override fun draw(state: SettingsState): View =
        when (state) {
            is SettingsState.Chosen -> chosen(state.settings)
            is SettingsState.SigningOut -> host.waiting(host.say(Say.SIGN_OUT), Say.LOADING)
            is SettingsState.SignedOut -> out(state.say)
            is SettingsState.InTrouble -> host.troubled(
                host.say(Say.SIGN_OUT),
                state.trouble,
                mapOf(Remedy.RETRY to { act { choices.signOut() } }),
                tab,
            )
        }

    private fun chosen(now: Settings): View {
        val look = host.look
        val body = look.column(
            16,
            look.rows(
                look.choice(Icon.LETTER, host.say(Say.LARGE_TEXT), null, now.largeText) { on ->
                    // Everything is drawn in another size from here on.
                    change { it.copy(largeText = on) }
                    host.renew(opened = false)
                },
                look.choice(Icon.PEOPLE, host.say(Say.HELPER), host.say(Say.HELPER_NOTE), now.helper) { on ->
                    change { it.copy(helper = on) }
                    host.renew(opened = false)
                },
                look.choice(Icon.VOICE, host.say(Say.VOICE), null, now.voice) { on ->
                    change { it.copy(voice = on) }
                    host.renew(opened = false)
                },
                look.entry(Icon.LETTER, host.say(Say.OTHER_LANGUAGE)) {
                    change {
                        it.copy(
                            language = if (it.language ==
                                TextLanguage.ZH
                            ) {
                                TextLanguage.EN
                            } else {
                                TextLanguage.ZH
                            },
                        )
                    }
                    host.renew()
                },
            ),
            look.rows(look.entry(Icon.PHONE, host.say(Say.DEVICES_TITLE)) { host.open(DevicesScreen(host)) }),
            look.rows(
                look.entry(Icon.LEAVE, host.say(Say.SIGN_OUT), host.say(Say.SIGN_OUT_NOTE), look.palette.red) {
                    host.sure(Say.SIGN_OUT, Say.SIGN_OUT_NOTE) { act { choices.signOut() } }
                },
            ),
        )
        return host.page(host.bar(host.say(Say.TAB_SETTINGS), back = false), body, tab = tab)
    }

    private fun change(how: (Settings) -> Settings) = choices.change(how)

    private fun out(say: String): View {
        val look = host.look
        val words = look.text(say, Type.CARD, bold = true).apply { gravity = Gravity.CENTER }
        val body = look.column(20, host.disc(Icon.CHECK, look.palette.greenTint, look.palette.green), words)
        body.gravity = Gravity.CENTER
        val done = look.button(host.say(Say.DONE), Weight.FILLED) { host.renew() }
        return host.page(host.bar(host.say(Say.SIGN_OUT), back = false), body, done)
    }
}

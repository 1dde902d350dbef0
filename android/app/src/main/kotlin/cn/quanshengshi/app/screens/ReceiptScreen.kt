package cn.quanshengshi.app.screens

import android.view.View
import cn.quanshengshi.app.Host
import cn.quanshengshi.app.Screen
import cn.quanshengshi.app.look.heading
import cn.quanshengshi.core.ActivityLine
import cn.quanshengshi.kit.texts.Say
import java.time.LocalDate

/** One line of the log in full. */
class ReceiptScreen(host: Host, day: LocalDate, line: ActivityLine) : Screen(host) {
    override val secure: Boolean get() = true

    override val view: View = host.page(
        host.bar(host.say(Say.RECEIPT), back = true),
        host.look.column(12, host.look.heading(day.toString()), host.receipt(line)),
    )
}

package cn.quanshengshi.app.screens

import android.graphics.BitmapFactory
import android.view.Gravity
import android.view.View
import android.widget.LinearLayout
import android.widget.LinearLayout.LayoutParams
import android.widget.LinearLayout.LayoutParams.MATCH_PARENT
import cn.quanshengshi.app.Host
import cn.quanshengshi.app.ModelScreen
import cn.quanshengshi.app.look.Tone
import cn.quanshengshi.app.look.Type
import cn.quanshengshi.app.look.Weight
import cn.quanshengshi.app.look.button
import cn.quanshengshi.app.look.card
import cn.quanshengshi.app.look.fact
import cn.quanshengshi.app.look.notice
import cn.quanshengshi.app.look.rows
import cn.quanshengshi.core.CopyFreshness
import cn.quanshengshi.core.DrawnPage
import cn.quanshengshi.core.ShownCertificate
import cn.quanshengshi.core.VerificationLine
import cn.quanshengshi.kit.next.Remedy
import cn.quanshengshi.kit.next.Trouble
import cn.quanshengshi.kit.texts.Say
import cn.quanshengshi.kit.wallet.CertificateModel
import cn.quanshengshi.kit.wallet.CertificateState
import cn.quanshengshi.kit.wallet.WalletModel
import kotlinx.coroutines.Job
import kotlinx.coroutines.launch

private const val CODE = 220

/** One certificate: the verdict, the page under its watermark, and a code to check it by while it is in sight. */
class CertificateScreen(host: Host, private val certificate: String, private val model: CertificateModel) :
    ModelScreen<CertificateState>(host, model) {
    constructor(host: Host, certificate: String) :
        this(host, certificate, CertificateModel(host.handset, certificate, host.language))

    /** Kept while the code changes under it: a page that was made larger stays so. */
    private var page: PageView? = null
    private var drawn: DrawnPage? = null
    private var keeping: Job? = null

    override val secure: Boolean get() = true

    override fun shown() {
        keeping = scope.launch {
            if (model.state.value !is CertificateState.Shown) model.open()
            model.keepCode()
        }
    }

    override fun hidden() {
        keeping?.cancel()
    }

    override fun over() {
        super.over()
        model.close()
    }

    override fun draw(state: CertificateState): View =
        when (state) {
            is CertificateState.Loading -> host.waiting(host.say(Say.MY_CERTIFICATES), Say.LOADING, back = true)
            is CertificateState.Shown -> copy(state)
            is CertificateState.InTrouble -> host.troubled(
                host.say(Say.MY_CERTIFICATES),
                state.trouble,
                mapOf(Remedy.RETRY to ::shown, Remedy.FORGET_COPY to ::forget),
            )
        }

    private fun copy(state: CertificateState.Shown): View {
        val look = host.look
        val shown = state.certificate
        val pages = look.text(host.placeOf(state.number, state.count), colour = look.palette.pine, bold = true)
        val body = look.column(
            12,
            *host.sealNotices(shown.seal),
            shown.banner?.let { look.notice(Tone.BAD, it) },
            if (shown.freshness == CopyFreshness.UNCONFIRMED) look.notice(Tone.CARE, shown.mark) else null,
            paper(state),
            state.pageTrouble?.let { look.notice(Tone.CARE, it.text) },
            if (state.count > 1) host.turners(state.number, state.count, ::turn) else null,
            state.code?.let(::code),
            state.codeTrouble?.let(::without),
            facts(shown),
            // One that does not hold may be looked at, no more.
            if (shown.holds) look.button(host.say(Say.SHARE)) { host.open(CopyScreen(host, model)) } else null,
            look.button(host.say(Say.FORGET), Weight.DANGER) { host.sure(Say.FORGET, Say.FORGET_NOTE, ::forget) },
        )
        return host.page(host.bar(shown.name, back = true, right = pages), body)
    }

    private fun paper(state: CertificateState.Shown): View {
        val shown = state.certificate
        val view = page?.takeIf { drawn === state.page } ?: PageView(
            host.activity,
            BitmapFactory.decodeByteArray(state.page.png, 0, state.page.png.size),
            state.watermark,
        ).also {
            page = it
            drawn = state.page
            it.turned = ::turn
        }
        // It has lain in the picture before.
        (view.parent as? LinearLayout)?.removeView(view)
        val place = host.placeOf(state.number, state.count)
        val about = "${shown.name} ${shown.number} $place ${state.watermark}"
        view.contentDescription = host.spoken(about, state.facts)
        view.layoutParams = LayoutParams(MATCH_PARENT, LayoutParams.WRAP_CONTENT)
        return view
    }

    /** The page so many after this one. */
    private fun turn(by: Int) =
        act { (model.state.value as? CertificateState.Shown)?.let { model.turn(it.number + by) } }

    private fun code(line: VerificationLine): View {
        val look = host.look
        val title = look.text(host.say(Say.CHECK_CODE), Type.HINT, look.palette.hint).apply { gravity = Gravity.CENTER }
        val square = LinearLayout(host.activity).apply {
            gravity = Gravity.CENTER
            val view = CodeView(host.activity, line.rows).apply { contentDescription = host.say(Say.CHECK_CODE) }
            addView(view, look.px(CODE), look.px(CODE))
        }
        return look.card(title, square)
    }

    private fun without(trouble: Trouble): View {
        val again = host.look.button(host.say(Say.RETRY)) { shown() }
        return host.look.card(
            host.look.text(host.say(Say.CHECK_CODE), Type.HINT, host.look.palette.hint),
            host.look.notice(Tone.CARE, trouble.text),
            again,
        )
    }

    private fun facts(shown: ShownCertificate): View {
        val until = shown.validTo ?: host.say(Say.LONG_TERM)
        val look = host.look
        return look.rows(
            look.fact(host.say(Say.HOLDER), shown.holders.joinToString("、")),
            look.fact(host.say(Say.NUMBER), shown.number),
            look.fact(host.say(Say.ISSUER), shown.issuer),
            look.fact(host.say(Say.VALIDITY), "${shown.validFrom} – $until"),
            look.fact(host.say(Say.RECEIPT_OUTCOME), shown.standing),
            if (shown.sample) look.notice(Tone.CARE, host.say(Say.SAMPLE)) else null,
        )
    }

    private fun forget() =
        act {
            WalletModel(host.handset, host.language).forget(certificate)
            host.back()
        }
}

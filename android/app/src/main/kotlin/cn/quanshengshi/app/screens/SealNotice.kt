package cn.quanshengshi.app.screens

import android.view.View
import cn.quanshengshi.app.Host
import cn.quanshengshi.app.look.Tone
import cn.quanshengshi.app.look.notice
import cn.quanshengshi.core.SealReport
import cn.quanshengshi.core.SealVerdict

/** What became of the seals, and what they do not cover: to stand above the pages of every OFD. */
internal fun Host.sealNotices(seal: SealReport): Array<View?> =
    arrayOf(
        look.notice(toneOf(seal.verdict), seal.text),
        seal.uncoveredText?.let { look.notice(Tone.CARE, it) },
    )

private fun toneOf(verdict: SealVerdict): Tone =
    when (verdict) {
        SealVerdict.INTACT_TRUSTED -> Tone.GOOD
        SealVerdict.INTACT_UNKNOWN_ISSUER, SealVerdict.UNSIGNED -> Tone.CARE
        SealVerdict.BROKEN -> Tone.BAD
    }

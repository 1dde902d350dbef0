package cn.quanshengshi.kit.phone

import cn.quanshengshi.core.ActivityLine
import cn.quanshengshi.core.Handset
import cn.quanshengshi.core.TextLanguage
import cn.quanshengshi.kit.Model
import cn.quanshengshi.kit.next.Trouble
import cn.quanshengshi.kit.next.orTrouble
import cn.quanshengshi.kit.texts.Say
import java.time.Instant
import java.time.LocalDate
import java.time.ZoneId

/** The portal's province, whatever the phone is set to: a receipt's day is the same for everybody. */
private val PROVINCE: ZoneId = ZoneId.of("Asia/Shanghai")

/** What the log shows. */
sealed interface ActivityState {
    /** It is being read. */
    data object Loading : ActivityState

    /** Nothing was done yet. */
    data class Empty(val say: String) : ActivityState

    /** What was done, by day, newest first. */
    data class Days(val days: Map<LocalDate, List<ActivityLine>>) : ActivityState

    /** It cannot be read. */
    data class InTrouble(val trouble: Trouble) : ActivityState
}

/** The log of this phone; needs no network. */
class ActivityModel(private val handset: Handset, private val language: TextLanguage) :
    Model<ActivityState>(ActivityState.Loading) {
    /** Reads the log. */
    suspend fun load() {
        val lines = orTrouble(language, ::trouble) { handset.activity() } ?: return
        val days = lines.groupBy { line ->
            val at = line.decidedAtMs ?: line.claimedAtMs
            Instant.ofEpochMilli(at.toLong()).atZone(PROVINCE).toLocalDate()
        }
        show(if (lines.isEmpty()) ActivityState.Empty(Say.LOG_EMPTY.text(language)) else ActivityState.Days(days))
    }

    /** The log as text for the person to keep or to send; none after a trouble. */
    suspend fun export(): String? = orTrouble(language, ::trouble) { handset.exportActivity() }

    private fun trouble(trouble: Trouble) = show(ActivityState.InTrouble(trouble))
}

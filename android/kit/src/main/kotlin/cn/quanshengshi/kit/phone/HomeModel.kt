package cn.quanshengshi.kit.phone

import cn.quanshengshi.core.ConfirmTask
import cn.quanshengshi.core.Handset
import cn.quanshengshi.core.TextLanguage
import cn.quanshengshi.kit.Model
import cn.quanshengshi.kit.cancelling
import cn.quanshengshi.kit.next.Trouble
import cn.quanshengshi.kit.next.orTrouble

/** What the first screen shows. */
sealed interface HomeState {
    /** What is kept is being read. */
    data object Loading : HomeState

    /** Scanning is possible. `openTasks` were begun and not seen to their end; `person` is masked. */
    data class Ready(val openTasks: List<String>, val certificates: Int, val person: String?, val offline: Boolean) :
        HomeState

    /** Back in a task: show what its stage asks for. */
    data class Resumed(val task: ConfirmTask) : HomeState

    /** This phone was disabled, or what it keeps cannot be read. */
    data class InTrouble(val trouble: Trouble) : HomeState
}

/** The start of the app, also after its process was killed. */
class HomeModel(private val handset: Handset, private val language: TextLanguage) :
    Model<HomeState>(HomeState.Loading) {
    /** Hears whether this phone may go on, and reads what it keeps. */
    suspend fun start() {
        var heard: Trouble? = null
        orTrouble(language, { heard = it }) { cancelling { handset.checkIn(it) } }
        val offline = heard?.afterMs != null
        val other = heard?.takeIf { it.afterMs == null }
        if (other != null) return trouble(other)
        val ready = orTrouble(language, ::trouble) {
            val certificates = handset.wallet().use { it.list().size }
            HomeState.Ready(handset.openTasks(), certificates, handset.people().firstOrNull()?.label, offline)
        }
        if (ready != null) show(ready)
    }

    /** Goes back into a task. */
    suspend fun resume(task: String) {
        val resumed = orTrouble(language, ::trouble) { cancelling { handset.resume(task, it) } }
        if (resumed != null) show(HomeState.Resumed(resumed))
    }

    private fun trouble(trouble: Trouble) = show(HomeState.InTrouble(trouble))
}

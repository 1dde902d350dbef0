package cn.quanshengshi.kit.phone

import cn.quanshengshi.core.Handset
import cn.quanshengshi.core.HandsetConfig
import cn.quanshengshi.core.HostAnchor
import cn.quanshengshi.core.HostDeviceKey
import cn.quanshengshi.core.HostKeystore
import cn.quanshengshi.core.resetHandset
import cn.quanshengshi.kit.Model
import cn.quanshengshi.kit.next.Trouble
import cn.quanshengshi.kit.next.orTrouble
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext

/** What is shown before there is a handset. */
sealed interface OpeningState {
    /** What is kept is being opened; the system may ask the person to unlock. */
    data object Opening : OpeningState

    /** The app's one handset. Whoever takes it closes it. */
    data class Open(val handset: Handset) : OpeningState

    /** Locked, full, in use, or never to be opened again: the last one offers `reset`. */
    data class InTrouble(val trouble: Trouble) : OpeningState
}

/** The start of the process: opens what the phone keeps, or says why it cannot. */
class OpeningModel(
    private val config: HandsetConfig,
    private val keystore: HostKeystore,
    private val deviceKey: HostDeviceKey,
    private val anchor: HostAnchor? = null,
) : Model<OpeningState>(OpeningState.Opening) {
    /** Opens; again after the person unlocked or made room. */
    suspend fun open() {
        show(OpeningState.Opening)
        // Blocks and may wait for the person: never on the thread that draws.
        val handset = tried { withContext(Dispatchers.IO) { Handset(config, keystore, deviceKey, anchor) } }
        if (handset != null) show(OpeningState.Open(handset))
    }

    /** Clears what can never be opened again and starts anew; ask the person first. */
    suspend fun reset() {
        show(OpeningState.Opening)
        if (tried { withContext(Dispatchers.IO) { resetHandset(config.dataFolder, keystore) } } != null) open()
    }

    private suspend fun <T> tried(call: suspend () -> T): T? =
        orTrouble(config.language, { show(OpeningState.InTrouble(it)) }, call)
}

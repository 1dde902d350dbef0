package cn.quanshengshi.kit.phone

import cn.quanshengshi.core.DeviceLine
import cn.quanshengshi.core.Handset
import cn.quanshengshi.core.TextLanguage
import cn.quanshengshi.kit.Model
import cn.quanshengshi.kit.cancelling
import cn.quanshengshi.kit.next.Trouble
import cn.quanshengshi.kit.next.orTrouble

/** What “我的手机” shows. */
sealed interface DevicesState {
    /** The portal is asked. */
    data object Loading : DevicesState

    /** This phone, once an account knows it, and the others. */
    data class Listed(val thisPhone: List<DeviceLine>, val others: List<DeviceLine>) : DevicesState

    /** The portal cannot be asked. */
    data class InTrouble(val trouble: Trouble) : DevicesState
}

/** The phones that act for this one's accounts. */
class DevicesModel(private val handset: Handset, private val language: TextLanguage) :
    Model<DevicesState>(DevicesState.Loading) {
    /** Asks the portal. */
    suspend fun load() {
        show(DevicesState.Loading)
        val lines = orTrouble(language, { show(DevicesState.InTrouble(it)) }) { cancelling { handset.devices(it) } }
        val (own, others) = lines?.partition { it.thisPhone } ?: return
        show(DevicesState.Listed(own, others))
    }

    /** Disables another phone for good, then asks who is left. The person was asked before. */
    suspend fun disable(device: String) {
        show(DevicesState.Loading)
        val trouble: (Trouble) -> Unit = { show(DevicesState.InTrouble(it)) }
        orTrouble(language, trouble) { cancelling { handset.disableDevice(device, it) } } ?: return
        load()
    }
}

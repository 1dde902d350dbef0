package cn.quanshengshi.app

import cn.quanshengshi.core.Handset
import cn.quanshengshi.kit.phone.OpeningModel
import cn.quanshengshi.kit.phone.OpeningState

/** The one handset of the process, and the model that opens it. */
class Session(private val ports: Ports) {
    /** What opens it now. */
    var opening = made()
        private set

    /** The handset, once it is open. */
    val handset: Handset? get() = (opening.state.value as? OpeningState.Open)?.handset

    /** Closes and begins anew: in another language, or after what was kept is gone. */
    fun renew() {
        handset?.close()
        opening = made()
    }

    private fun made() =
        OpeningModel(ports.config(ports.settings.read().language), ports.keystore, ports.deviceKey, ports.anchor)
}

package cn.quanshengshi.kit

import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow

/**
 * What one screen shows. Its functions are what the person does; those that wait are `suspend`, so the host's own
 * scope decides how long they live. Nothing here survives the process: a model is made anew from the handset.
 */
abstract class Model<S : Any> internal constructor(first: S) {
    private val states = MutableStateFlow(first)

    /** What to draw now. */
    val state: StateFlow<S> = states.asStateFlow()

    /** Shows something else. */
    protected fun show(state: S) {
        states.value = state
    }
}

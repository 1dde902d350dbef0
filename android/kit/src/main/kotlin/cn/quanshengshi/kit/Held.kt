package cn.quanshengshi.kit

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext

/**
 * Something of the core that goes with its screen. A screen may end while a call runs on another thread: then it is let
 * go of when that is done, for a call of what is gone would end the app. Everything but the calls is for one thread.
 */
internal class Held<T : Any>(private val held: T) {
    private var calls = 0
    private var over = false

    /** Calls it on another thread. */
    suspend fun <R> call(what: (T) -> R): R {
        calls += 1
        try {
            return withContext(Dispatchers.Default) { what(held) }
        } finally {
            calls -= 1
            settle()
        }
    }

    /** Nothing more will be asked of it. */
    fun letGo() {
        over = true
        settle()
    }

    private fun settle() {
        if (over && calls == 0) (held as? AutoCloseable)?.close()
    }
}

package cn.quanshengshi.kit

import cn.quanshengshi.core.CancelToken
import kotlinx.coroutines.coroutineScope

/**
 * Runs a call of the core with a token that is cancelled when the coroutine is, so that the core ends the
 * call in the same way on every platform.
 */
suspend fun <T> cancelling(call: suspend (CancelToken) -> T): T {
    val token = CancelToken()
    return try {
        coroutineScope { call(token) }
    } finally {
        token.cancel()
        token.close()
    }
}

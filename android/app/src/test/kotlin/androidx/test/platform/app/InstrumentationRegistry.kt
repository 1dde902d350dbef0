package androidx.test.platform.app

import android.app.Instrumentation
import android.os.Bundle

/** Where the running instrumentation is found. */
object InstrumentationRegistry {
    @Volatile
    private var registered: Pair<Instrumentation, Bundle?>? = null

    @JvmStatic
    fun registerInstance(instrumentation: Instrumentation?, arguments: Bundle?) {
        registered = instrumentation?.let { it to arguments }
    }

    @JvmStatic
    fun getInstrumentation(): Instrumentation = checkNotNull(registered) { "no instrumentation" }.first

    @JvmStatic
    fun getArguments(): Bundle? = registered?.second
}

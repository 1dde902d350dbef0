package androidx.test.runner.intent

import android.app.Instrumentation
import android.content.Intent

/** Hears of intents. */
interface IntentMonitor

/** Answers an intent in the place of another app. */
fun interface IntentStubber {
    fun getActivityResultForIntent(intent: Intent): Instrumentation.ActivityResult?
}

/** Where the monitor is left. */
object IntentMonitorRegistry {
    @JvmStatic
    @Suppress("UnusedParameter")
    fun registerInstance(monitor: IntentMonitor?) = Unit
}

/** There is never a stubber. */
object IntentStubberRegistry {
    @JvmStatic
    @Suppress("FunctionOnlyReturningConstant")
    fun isLoaded(): Boolean = false

    @JvmStatic
    fun getInstance(): IntentStubber = error("no stubber")
}

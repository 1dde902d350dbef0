package androidx.test.internal.runner.intent

import android.content.Intent
import androidx.test.runner.intent.IntentMonitor

/** Hears of every intent that is sent, and of none cares. */
class IntentMonitorImpl : IntentMonitor {
    @Suppress("UnusedParameter")
    fun signalIntent(intent: Intent) = Unit
}

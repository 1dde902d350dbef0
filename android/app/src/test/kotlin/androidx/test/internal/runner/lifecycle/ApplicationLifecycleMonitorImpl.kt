package androidx.test.internal.runner.lifecycle

import android.app.Application
import androidx.test.runner.lifecycle.ApplicationLifecycleMonitor
import androidx.test.runner.lifecycle.ApplicationStage

/** Hears of the application's stages. */
class ApplicationLifecycleMonitorImpl : ApplicationLifecycleMonitor {
    @Suppress("UnusedParameter")
    fun signalLifecycleChange(application: Application, stage: ApplicationStage) = Unit
}

package androidx.test.runner.lifecycle

import android.app.Activity

/** Stages of an activity. */
enum class Stage { PRE_ON_CREATE, CREATED, STARTED, RESUMED, PAUSED, STOPPED, RESTARTED, DESTROYED }

/** Stages of an application. */
enum class ApplicationStage { PRE_ON_CREATE, CREATED }

/** Hears of an activity's stages. */
fun interface ActivityLifecycleCallback {
    fun onActivityLifecycleChanged(activity: Activity, stage: Stage)
}

/** Knows the stages of activities. */
interface ActivityLifecycleMonitor {
    fun addLifecycleCallback(callback: ActivityLifecycleCallback)

    fun removeLifecycleCallback(callback: ActivityLifecycleCallback)

    fun getLifecycleStageOf(activity: Activity): Stage?

    fun getActivitiesInStage(stage: Stage): Collection<Activity>
}

/** Knows the stages of the application. */
interface ApplicationLifecycleMonitor

/** Where the activities' monitor is found. */
object ActivityLifecycleMonitorRegistry {
    private var monitor: ActivityLifecycleMonitor? = null

    @JvmStatic
    fun getInstance(): ActivityLifecycleMonitor? = monitor

    @JvmStatic
    fun registerInstance(instance: ActivityLifecycleMonitor?) {
        monitor = instance
    }
}

/** Where the application's monitor is left. */
object ApplicationLifecycleMonitorRegistry {
    @JvmStatic
    @Suppress("UnusedParameter")
    fun registerInstance(instance: ApplicationLifecycleMonitor?) = Unit
}

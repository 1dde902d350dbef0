package cn.quanshengshi.app

import android.app.Activity
import android.content.Intent
import android.net.Uri
import android.os.Bundle
import android.view.View
import android.view.Window
import android.view.WindowManager.LayoutParams.FLAG_SECURE
import android.widget.FrameLayout
import cn.quanshengshi.app.document.Arrivals
import cn.quanshengshi.app.look.Look
import cn.quanshengshi.app.screens.ActivityScreen
import cn.quanshengshi.app.screens.AskScreen
import cn.quanshengshi.app.screens.CaptureScreen
import cn.quanshengshi.app.screens.HomeScreen
import cn.quanshengshi.app.screens.OpeningScreen
import cn.quanshengshi.app.screens.ResultScreen
import cn.quanshengshi.app.screens.SettingsScreen
import cn.quanshengshi.app.screens.WalletScreen
import cn.quanshengshi.core.CameraTrouble
import cn.quanshengshi.core.ConfirmTask
import cn.quanshengshi.core.Handset
import cn.quanshengshi.core.TaskStage
import cn.quanshengshi.kit.next.Remedy
import cn.quanshengshi.kit.phone.Settings
import cn.quanshengshi.kit.texts.Say

private const val TASK = "task"
private const val TAB = "tab"

/** The app's one window: a stack of screens, and where it stood when the system ended the process. */
@Suppress("TooManyFunctions") // The system calls half of them, the screens the others.
class MainActivity :
    Activity(),
    Host {
    private val screens = ArrayDeque<Screen>()
    private val asking = Asking(this)
    private val arrivals = Arrivals(this)
    private lateinit var root: FrameLayout
    private var task: ConfirmTask? = null

    /** What was left in the middle, by the bundle of the window before. */
    private var left: Bundle? = null

    override val activity: Activity get() = this
    override lateinit var look: Look
        private set
    override val ports: Ports get() = (application as App).ports
    override val session: Session get() = (application as App).session
    override var settings = Settings()
        private set
    override var inSight = false
        private set
    override val handset: Handset get() = checkNotNull(session.handset) { "shown before the handset was open" }

    /** The screen on top. */
    val top: Screen get() = screens.last()

    /** The file of others that is shown, if one is. */
    internal val document: Uri? get() = screens.firstNotNullOfOrNull(Screen::document)

    /** Whether a task is being asked, proven or told. */
    internal val busy: Boolean get() = task != null

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        left = savedInstanceState
        arrivals.begin(savedInstanceState, intent)
        requestWindowFeature(Window.FEATURE_NO_TITLE)
        root = FrameLayout(this)
        setContentView(root)
        begin()
    }

    override fun onSaveInstanceState(outState: Bundle) {
        super.onSaveInstanceState(outState)
        outState.putString(TASK, task?.taskId() ?: left?.getString(TASK))
        outState.putString(TAB, (screens.firstNotNullOfOrNull(Screen::tab) ?: Tab.HOME).name)
        arrivals.keep(outState)
    }

    override fun onNewIntent(intent: Intent?) {
        super.onNewIntent(intent)
        arrivals.sent(intent)
    }

    @Deprecated("Deprecated in Java")
    override fun onActivityResult(request: Int, result: Int, answer: Intent?) {
        @Suppress("DEPRECATION")
        super.onActivityResult(request, result, answer)
        arrivals.picked(request, result, answer)
    }

    override fun onResume() {
        super.onResume()
        inSight = true
        top.shown()
    }

    override fun onPause() {
        inSight = false
        top.hidden()
        super.onPause()
    }

    override fun onDestroy() {
        clear()
        super.onDestroy()
    }

    @Deprecated("Deprecated in Java")
    override fun onBackPressed() = back()

    override fun onRequestPermissionsResult(request: Int, names: Array<out String>, results: IntArray) {
        super.onRequestPermissionsResult(request, names, results)
        asking.answered(results)
    }

    override fun open(screen: Screen) {
        leave()
        screens.addLast(screen)
        enter()
    }

    override fun replace(screen: Screen) {
        leave()
        screens.removeLastOrNull()?.over()
        screens.addLast(screen)
        enter()
    }

    override fun back() {
        if (top.back()) return
        if (screens.size == 1) return if (top.tab == Tab.HOME || top.tab == null) finish() else home()
        leave()
        screens.removeLast().over()
        enter()
    }

    override fun home(tab: Tab) {
        clear()
        open(
            when (tab) {
                Tab.HOME -> HomeScreen(this)
                Tab.WALLET -> WalletScreen(this)
                Tab.LOG -> ActivityScreen(this)
                Tab.SETTINGS -> SettingsScreen(this)
            },
        )
    }

    override fun show(task: ConfirmTask) {
        if (task !== this.task) {
            clear()
            this.task = task
        }
        val next = when (task.stage()) {
            is TaskStage.Ask -> AskScreen(this, task)
            is TaskStage.Capture, is TaskStage.Appraising -> CaptureScreen(this, task)
            else -> ResultScreen(this, task)
        }
        if (screens.isEmpty()) open(next) else replace(next)
    }

    override fun act(remedy: Remedy, again: () -> Unit) = asking.act(remedy, again)

    override fun renew(opened: Boolean) {
        clear()
        if (opened) session.renew()
        begin()
    }

    override fun askForCamera(answer: (CameraTrouble?) -> Unit) = asking.camera(answer)

    override fun sure(words: Say, note: Say, act: () -> Unit) = asking.sure(words, note, act)

    /** Lets the person pick a file of others to be shown. */
    internal fun pick() = arrivals.pick()

    /** Opens what the phone keeps, then goes where the person was. */
    private fun begin() {
        settings = ports.settings.read()
        look = Look(this, settings.largeText)
        window.statusBarColor = look.palette.page
        window.navigationBarColor = look.palette.surface
        @Suppress("DEPRECATION")
        root.systemUiVisibility =
            if (look.light) View.SYSTEM_UI_FLAG_LIGHT_STATUS_BAR or View.SYSTEM_UI_FLAG_LIGHT_NAVIGATION_BAR else 0
        root.setBackgroundColor(look.palette.page)
        if (session.handset == null) open(OpeningScreen(this, ::opened)) else opened()
    }

    /** The handset is open: goes where the person was. With a file on its way, a task waits on the home screen. */
    internal fun opened() {
        val before = left
        left = null
        clear()
        val begun = before?.getString(TASK).takeUnless { arrivals.any }
        if (begun != null) open(HomeScreen(this, begun)) else home(Tab.valueOf(before?.getString(TAB) ?: Tab.HOME.name))
        arrivals.show()
    }

    private fun leave() {
        if (inSight) screens.lastOrNull()?.hidden()
    }

    private fun enter() {
        root.removeAllViews()
        if (top.secure) window.addFlags(FLAG_SECURE) else window.clearFlags(FLAG_SECURE)
        root.addView(top.view)
        if (inSight) top.shown()
    }

    private fun clear() {
        leave()
        screens.forEach(Screen::over)
        screens.clear()
        task?.close()
        task = null
    }
}

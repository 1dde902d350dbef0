package cn.quanshengshi.app

import android.net.Uri
import android.view.View
import android.widget.FrameLayout
import cn.quanshengshi.kit.Model
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.MainScope
import kotlinx.coroutines.cancel
import kotlinx.coroutines.launch

/** One screen: a view, and coroutines that live as long as it does. */
abstract class Screen(protected val host: Host) {
    /** What is to be drawn. */
    abstract val view: View

    /** Whether no picture of it may be taken. */
    open val secure: Boolean = false

    /** The room it belongs to, if it is one. */
    open val tab: Tab? = null

    /** The file of others that it shows, if it does. */
    open val document: Uri? = null

    /** Ends with the screen. */
    protected val scope: CoroutineScope = MainScope()

    /** It is in sight now. */
    open fun shown() = Unit

    /** It is not any more. */
    open fun hidden() = Unit

    /** Whether it used the back key for itself. */
    open fun back(): Boolean = false

    /** It is over. */
    open fun over() = scope.cancel()
}

/** A screen that draws a model's states, each anew. */
abstract class ModelScreen<S : Any>(host: Host, private val model: Model<S>) : Screen(host) {
    private val frame by lazy {
        FrameLayout(host.activity).also { frame ->
            scope.launch {
                model.state.collect { state ->
                    val drawn = draw(state) ?: return@collect
                    frame.removeAllViews()
                    frame.addView(drawn)
                }
            }
        }
    }

    override val view: View get() = frame

    /** What a state looks like; none for one that leads elsewhere. */
    protected abstract fun draw(state: S): View?

    /** Does something that waits. */
    protected fun act(what: suspend () -> Unit) {
        scope.launch { what() }
    }
}

package cn.quanshengshi.app.screens

import android.view.View
import android.widget.FrameLayout
import cn.quanshengshi.app.Host
import cn.quanshengshi.core.CameraTrouble
import cn.quanshengshi.core.ConfirmTask
import cn.quanshengshi.core.WayLine
import cn.quanshengshi.kit.camera.FrameSource
import cn.quanshengshi.kit.confirm.CaptureModel
import cn.quanshengshi.kit.confirm.CaptureState
import cn.quanshengshi.kit.next.Remedy
import cn.quanshengshi.kit.texts.Say
import kotlinx.coroutines.Job
import kotlinx.coroutines.launch

/** “刷脸”: begins when the person says so; other ways are a button away from the first moment. */
class CaptureScreen(host: Host, private val task: ConfirmTask) : CameraScreen(host) {
    private val model = CaptureModel(task, host.language)
    private val stage = CaptureStage(host, preview, start = ::begin, otherWays = model::otherWays)
    private val frame = FrameLayout(host.activity)
    private var source: FrameSource? = null
    private var capturing: Job? = null
    private var spoken = ""

    override val front: Boolean get() = !host.settings.helper
    override val secure: Boolean get() = true

    override val view: View by lazy {
        frame.keepScreenOn = true
        scope.launch { model.state.collect(::draw) }
        // Sent before the process ended: the portal is asked what it made of it.
        if (model.state.value is CaptureState.Judging) scope.launch { model.refresh() }
        frame
    }

    override fun see(source: FrameSource) {
        this.source = source
    }

    override fun blind(trouble: CameraTrouble) {
        source = null
        capturing?.cancel()
        model.cameraFailed(trouble)
    }

    override fun hidden() {
        super.hidden()
        source = null
    }

    override fun over() {
        super.over()
        model.close()
    }

    override fun back(): Boolean {
        if (model.state.value is CaptureState.Ways) scope.launch { model.refresh() } else host.home()
        return true
    }

    private fun begin() {
        val pictures = source ?: return lookAgain()
        capturing?.cancel()
        capturing = scope.launch { model.capture(pictures, front) }
    }

    private fun draw(state: CaptureState) {
        when (state) {
            is CaptureState.Ready, is CaptureState.Running, is CaptureState.Judging -> {
                stage.draw(state)
                speak(state)
                only(stage.view)
            }
            is CaptureState.Ways -> {
                capturing?.cancel()
                only(host.ways(state.ways, { scope.launch { model.refresh() } }, ::choose))
            }
            is CaptureState.Moved -> host.show(task)
            is CaptureState.InTrouble -> only(
                host.troubled(
                    host.say(Say.FACE_TITLE),
                    state.trouble,
                    mapOf(Remedy.RETRY to ::again, Remedy.OTHER_WAYS to model::otherWays),
                ),
            )
        }
    }

    /** Sends what was captured once more, or asks where the task stands; the camera only if it was lost. */
    private fun again() {
        scope.launch { model.send() }
        if (source == null) lookAgain()
    }

    private fun choose(way: WayLine) {
        val variant = way.variant ?: return
        scope.launch { model.changeActs(variant) }
    }

    private fun speak(state: CaptureState) {
        val line = (state as? CaptureState.Running)?.say ?: return
        if (line == spoken || !host.settings.voice) return
        spoken = line
        host.ports.speak(line, host.language)
    }

    private fun only(view: View) {
        if (frame.getChildAt(0) === view) return
        frame.removeAllViews()
        frame.addView(view)
    }
}

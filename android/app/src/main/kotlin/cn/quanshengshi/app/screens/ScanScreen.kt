package cn.quanshengshi.app.screens

import android.view.Gravity
import android.view.View
import android.view.ViewGroup.LayoutParams.MATCH_PARENT
import android.view.ViewGroup.LayoutParams.WRAP_CONTENT
import android.widget.FrameLayout
import android.widget.LinearLayout
import cn.quanshengshi.app.Host
import cn.quanshengshi.app.look.DARKROOM
import cn.quanshengshi.app.look.GOLD
import cn.quanshengshi.app.look.Icon
import cn.quanshengshi.app.look.Type
import cn.quanshengshi.app.look.VEIL
import cn.quanshengshi.app.look.tapped
import cn.quanshengshi.core.CameraTrouble
import cn.quanshengshi.kit.camera.FrameSource
import cn.quanshengshi.kit.next.Remedy
import cn.quanshengshi.kit.scan.ScanModel
import cn.quanshengshi.kit.scan.ScanState
import cn.quanshengshi.kit.texts.Say
import kotlinx.coroutines.Job
import kotlinx.coroutines.launch

private const val WHITE = -1
private const val PALE = 0xffdbe6e2.toInt()
private const val PILL = 24

/** “扫一扫”: the camera fills the screen, one line says what to do. */
class ScanScreen(host: Host) : CameraScreen(host) {
    private val model = ScanModel(host.handset, host.language)
    private var looking: Job? = null
    private var claiming = false
    private var light = false
    private val line = host.look.text("", Type.CARD, WHITE, bold = true).apply {
        gravity = Gravity.CENTER
        background = host.look.ground(VEIL, round = PILL)
        host.look.padded(this, 20, 8)
        accessibilityLiveRegion = View.ACCESSIBILITY_LIVE_REGION_POLITE
    }
    private val torch by lazy { tool(Icon.TORCH, Say.TORCH) { shine(!light) } }
    private val finder by lazy { finder() }
    private val frame = FrameLayout(host.activity)

    override val front: Boolean get() = false

    override val view: View by lazy {
        scope.launch { model.state.collect(::draw) }
        frame
    }

    override fun see(source: FrameSource) {
        looking?.cancel()
        // A claim under way needs no camera and must not be lost.
        if (model.state.value is ScanState.Claiming) return
        looking = scope.launch { model.look(source) }
    }

    override fun blind(trouble: CameraTrouble) {
        looking?.cancel()
        model.cameraFailed(trouble)
    }

    override fun hidden() {
        super.hidden()
        light = false
        if (model.state.value is ScanState.Looking) looking?.cancel()
    }

    private fun draw(state: ScanState) {
        when (state) {
            is ScanState.Looking -> {
                claiming = false
                line.text = state.say
                torch.background = if (state.torchWished) host.look.ground(VEIL, GOLD, width = 2) else null
                only(finder)
            }
            is ScanState.Claiming -> {
                claiming = true
                only(host.waiting(host.say(Say.SCAN), Say.CLAIMING, back = true))
            }
            is ScanState.Claimed -> host.show(state.task)
            is ScanState.InTrouble -> {
                camera.close()
                val again = if (claiming) ({ claimAgain() }) else ({ lookAgain() })
                val own = mapOf(Remedy.RETRY to again, Remedy.SCAN to { lookAgain() }, Remedy.TYPE_DIGITS to ::type)
                only(host.troubled(host.say(Say.SCAN), state.trouble, own))
            }
        }
    }

    private fun only(view: View) {
        if (frame.getChildAt(0) === view) return
        frame.removeAllViews()
        frame.addView(view)
    }

    private fun claimAgain() {
        scope.launch { model.claimAgain() }
    }

    private fun type() = host.replace(TypeScreen(host))

    private fun shine(on: Boolean) {
        light = on
        camera.torch(on)
        torch.isSelected = on
    }

    private fun finder(): View {
        val look = host.look
        val words = LinearLayout(host.activity).apply {
            gravity = Gravity.CENTER
            look.padded(this, 16, 8)
            addView(line, WRAP_CONTENT, WRAP_CONTENT)
        }
        val tools = LinearLayout(host.activity).apply {
            gravity = Gravity.CENTER
            addView(torch, LinearLayout.LayoutParams(0, WRAP_CONTENT, 1f))
            addView(tool(Icon.KEYS, Say.DIGITS, ::type), LinearLayout.LayoutParams(0, WRAP_CONTENT, 1f))
        }
        val note = look.text(host.say(Say.SMALL_CODE), Type.HINT, PALE).apply { gravity = Gravity.CENTER }
        val foot = look.column(4, tools, note).apply {
            setBackgroundColor(VEIL)
            look.padded(this, 16)
        }
        return FrameLayout(host.activity).apply {
            setBackgroundColor(DARKROOM)
            keepScreenOn = true
            addView(preview, MATCH_PARENT, MATCH_PARENT)
            val top = look.column(4, host.bar(host.say(Say.SCAN), back = true, colour = WHITE), words)
            addView(top, MATCH_PARENT, WRAP_CONTENT)
            addView(Finder(look), MATCH_PARENT, MATCH_PARENT)
            addView(foot, FrameLayout.LayoutParams(MATCH_PARENT, WRAP_CONTENT, Gravity.BOTTOM))
        }
    }

    private fun tool(icon: Icon, say: Say, act: () -> Unit): LinearLayout {
        val look = host.look
        return LinearLayout(host.activity).apply {
            orientation = LinearLayout.VERTICAL
            gravity = Gravity.CENTER
            minimumHeight = look.px(76)
            addView(look.icon(icon, WHITE, size = 30))
            addView(look.text(host.say(say), Type.HINT, WHITE), WRAP_CONTENT, WRAP_CONTENT)
            tapped(act)
        }
    }
}

package cn.quanshengshi.kit

import cn.quanshengshi.core.ConfirmTask
import cn.quanshengshi.core.Handset
import cn.quanshengshi.core.TaskStage
import cn.quanshengshi.core.TextLanguage
import cn.quanshengshi.kit.confirm.AskModel
import cn.quanshengshi.kit.confirm.AskState
import cn.quanshengshi.kit.confirm.CaptureModel
import cn.quanshengshi.kit.confirm.CaptureState
import cn.quanshengshi.kit.confirm.FaceConsentModel
import cn.quanshengshi.kit.confirm.FaceConsentState
import cn.quanshengshi.kit.scan.ScanModel
import cn.quanshengshi.kit.scan.ScanState
import org.junit.jupiter.api.Assumptions.assumeTrue
import java.nio.file.Path
import kotlin.test.assertIs
import kotlin.test.assertTrue

/** The rendered, invented representative of the sample enterprise. */
private val REPRESENTATIVE = Path.of("../../tests/fixtures/people/p01")

/** Runs a test against a portal of its own; without the program it is skipped and says so. */
fun withPortal(folder: Path, test: (PortalProcess) -> Unit) {
    val portal = PortalProcess.start(folder.resolve("portal"))
    if (portal == null) println("SKIP: QSS_PORTAL names no program of the portal")
    assumeTrue(portal != null)
    portal?.use(test)
}

/**
 * A phone whose app can be killed and started again: its keys and its folder outlive the handset.
 *
 * @property person Whoever stands before the camera: one before all phones of a test, so that no two captures have the
 * same noise.
 */
class Phone(private val portal: PortalProcess, private val folder: Path, val person: Person = Person(REPRESENTATIVE)) :
    AutoCloseable {
    private val keystore = JvmKeystore()
    private val deviceKey = JvmDeviceKey()
    private val tasks = mutableListOf<ConfirmTask>()

    /** The app that runs now. */
    var handset = open()
        private set

    /** Ends the app without a word to it, and starts it over the same folder. */
    fun killAndStart() {
        close()
        handset = open()
    }

    /** Scans the code on a waiting page. */
    suspend fun scan(page: PcPage): ConfirmTask {
        val model = ScanModel(handset, TextLanguage.ZH)
        model.look(StillCamera(listOf(page.pictured())))
        return kept(assertIs<ScanState.Claimed>(model.state.value).task)
    }

    /** Remembers a task, so that its end is the app's end. */
    fun kept(task: ConfirmTask): ConfirmTask = task.also { tasks += it }

    /** Says that it is them and agrees to the face. */
    suspend fun agree(task: ConfirmTask): TaskStage {
        val ask = AskModel(task, TextLanguage.ZH)
        ask.itIsMe()
        assertIs<AskState.FaceConsent>(ask.state.value)
        val consent = FaceConsentModel(task, TextLanguage.ZH)
        assertTrue(assertIs<FaceConsentState.Notice>(consent.state.value).lines.isNotEmpty())
        consent.agree()
        return assertIs<FaceConsentState.Moved>(consent.state.value).stage
    }

    /** Does what the phone says until there is a verdict. */
    suspend fun prove(task: ConfirmTask): TaskStage =
        CaptureModel(task, TextLanguage.ZH).use { model ->
            model.capture(PersonCamera(person) { (model.state.value as? CaptureState.Running)?.say })
            assertIs<CaptureState.Moved>(model.state.value, "${model.state.value}").stage
        }

    override fun close() {
        tasks.forEach(ConfirmTask::close)
        tasks.clear()
        handset.close()
    }

    private fun open() = Handset(portal.config(folder), keystore, deviceKey)
}

package cn.quanshengshi.kit.camera

import cn.quanshengshi.core.Capture
import cn.quanshengshi.core.FaceGuidance
import cn.quanshengshi.core.ScanGlance
import cn.quanshengshi.core.Scanner
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.transformWhile
import kotlinx.coroutines.withContext

/** Milliseconds for one look: three pictures of a camera that gives thirty a second would be too long. */
private const val LOOK_MS = 25u

/**
 * What the scanner sees, picture by picture, until the source ends. The next picture is asked for when the
 * collector is done with the glance, so nothing waits in line.
 */
fun Scanner.glances(source: FrameSource, worker: CoroutineDispatcher = Dispatchers.Default): Flow<ScanGlance> =
    looking(source, worker) { look(it.bytes, it.layout, it.timeMs, LOOK_MS) }

/** What the person should do, picture by picture; ends after `Finished` or `Failed`. */
fun Capture.guidance(source: FrameSource, worker: CoroutineDispatcher = Dispatchers.Default): Flow<FaceGuidance> =
    looking(source, worker) { offered(it) }.transformWhile { guidance ->
        emit(guidance)
        guidance !is FaceGuidance.Finished && guidance !is FaceGuidance.Failed
    }

private fun Capture.offered(frame: CameraFrame): FaceGuidance =
    frame.planes?.let { offerPlanes(frame.bytes, it.second, it.third, it.layout, frame.timeMs) }
        ?: offer(frame.bytes, frame.layout, frame.timeMs)

private fun <T> looking(source: FrameSource, worker: CoroutineDispatcher, look: (CameraFrame) -> T): Flow<T> =
    flow {
        while (true) {
            val frame = source.next() ?: return@flow
            // Not `flowOn`: its buffer would let pictures be looked at that nobody asked for.
            emit(frame.use { withContext(worker) { look(it) } })
        }
    }

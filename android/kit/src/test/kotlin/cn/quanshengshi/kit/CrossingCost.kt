package cn.quanshengshi.kit

import cn.quanshengshi.core.CancelToken
import cn.quanshengshi.core.CertificateFile
import cn.quanshengshi.core.FrameFormat
import cn.quanshengshi.core.FrameLayout
import cn.quanshengshi.core.FrameRotation
import cn.quanshengshi.core.QssException
import cn.quanshengshi.core.Scanner
import cn.quanshengshi.core.TextLanguage
import cn.quanshengshi.core.codeText
import java.io.File
import java.lang.management.ManagementFactory
import java.nio.ByteBuffer
import java.util.Locale

private const val WIDTH = 1920
private const val HEIGHT = 1080
private const val NOWHERE = 99u
private const val ROUNDS = 15
private const val WARM_NS = 1_500_000_000L

/** Long beside any step of the clock. */
private const val BATCH_NS = 80_000_000L

private val threads = ManagementFactory.getThreadMXBean()

/** One thing that is measured, and how many times a batch does it. */
private class Way(val name: String, val call: () -> Unit) {
    var times = 1
    val perCallNs = mutableListOf<Double>()

    /** CPU nanoseconds of this thread for so many calls. */
    fun batch(): Long {
        val start = threads.currentThreadCpuTime
        repeat(times) { call() }
        return threads.currentThreadCpuTime - start
    }

    /** Until the compiler of the JVM is done with it, and a batch is long enough. */
    fun warm() {
        val end = threads.currentThreadCpuTime + WARM_NS
        while (threads.currentThreadCpuTime < end) if (batch() < BATCH_NS) times *= 2
    }

    val medianUs: Double get() = perCallNs.sorted()[perCallNs.size / 2] / NS_PER_US
}

private const val NS_PER_US = 1_000.0

/**
 * What calls and camera frames cost on their way into the core: CPU of the calling thread, warm, all ways in turn,
 * medians of [ROUNDS] batches. A frame is refused for its length as soon as it has crossed, so that nothing but the
 * crossing and an error is paid; the peer hands over the same bytes as an array, and is refused as well.
 */
fun main(arguments: Array<String>) {
    val pixels = ByteArray(WIDTH * HEIGHT) { (it % 251).toByte() }
    val lent = ByteBuffer.allocateDirect(pixels.size).put(pixels).flip()
    val few = ByteBuffer.allocateDirect(1)
    // A row more than there is.
    val layout = FrameLayout(
        width = WIDTH.toUInt(),
        height = HEIGHT.toUInt() + 1u,
        stride = WIDTH.toUInt(),
        format = FrameFormat.LUMA8,
        rotation = FrameRotation.UPRIGHT,
        mirrored = false,
    )
    val scanner = Scanner()
    val token = CancelToken()
    val sample = File(arguments.single()).readBytes()
    val file = CertificateFile.open(ByteBuffer.allocateDirect(sample.size).put(sample).flip())
    val ways = listOf(
        Way("a plain call (`CancelToken.isCancelled`)") { check(!token.isCancelled()) },
        Way("a call with a text back (`codeText`)") { codeText("QR_NOT_OURS", TextLanguage.ZH) },
        Way("refused: one byte in a direct buffer") { refused { scanner.offer(few, layout, 0u) } },
        Way("refused: 1080p luma in a direct buffer") { refused { scanner.offer(lent, layout, 0u) } },
        Way("refused: the same, put into the direct buffer first") {
            lent.clear()
            lent.put(pixels).flip()
            refused { scanner.offer(lent, layout, 0u) }
        },
        Way("refused: no array (`drawPage` of no page)") { refused { file.drawPage(NOWHERE, 1f, null) } },
        Way("refused: the same bytes as an array (`ByteArray`)") { refused { file.drawPage(NOWHERE, 1f, pixels) } },
    )
    ways.forEach(Way::warm)
    repeat(ROUNDS) { ways.forEach { it.perCallNs += it.batch().toDouble() / it.times } }
    println(
        "JVM ${System.getProperty(
            "java.version",
        )}, load %.1f on %d processors, medians of $ROUNDS batches, CPU of the thread"
            .format(
                Locale.ROOT,
                ManagementFactory.getOperatingSystemMXBean().systemLoadAverage,
                Runtime.getRuntime().availableProcessors(),
            ),
    )
    println()
    println("| call | µs CPU |")
    println("|---|---|")
    ways.forEach { println("| ${it.name} | %.1f |".format(Locale.ROOT, it.medianUs)) }
    val us = ways.map(Way::medianUs)
    println()
    val (lentUs, copiedUs) = us[LENT] - us[LENT - 1] to us[COPIED] - us[COPIED - 1]
    println("a 1080p frame itself: %.1f µs lent, %.1f µs as an array".format(Locale.ROOT, lentUs, copiedUs))
}

private const val LENT = 3
private const val COPIED = 6

private inline fun refused(call: () -> Unit) {
    try {
        call()
    } catch (_: QssException) {
        return
    }
    error("it should have been refused")
}

package cn.quanshengshi.app.screens

import android.graphics.BitmapFactory
import android.net.Uri
import android.view.View
import cn.quanshengshi.app.Host
import cn.quanshengshi.app.ModelScreen
import cn.quanshengshi.app.document.ContentFile
import cn.quanshengshi.app.look.Tone
import cn.quanshengshi.app.look.notice
import cn.quanshengshi.kit.document.DocumentModel
import cn.quanshengshi.kit.document.DocumentState
import cn.quanshengshi.kit.document.FileTrouble
import cn.quanshengshi.kit.next.Remedy
import cn.quanshengshi.kit.texts.Say
import kotlinx.coroutines.Job
import kotlinx.coroutines.launch
import java.io.IOException

/** “证照文件”: a file of anybody, what is to be said of it, and its pages. Nothing of it is kept. */
class DocumentScreen private constructor(host: Host, override val document: Uri, private val model: DocumentModel) :
    ModelScreen<DocumentState>(host, model) {
    constructor(host: Host, document: Uri) : this(
        host,
        document,
        DocumentModel(ContentFile(host.activity.contentResolver, document), sealRoots(host), host.language),
    )

    private var drawing: Job? = null

    /** It is somebody's certificate, whoever keeps it: the rule of the wallet holds for it, too. */
    override val secure: Boolean get() = true

    init {
        open()
    }

    override fun over() {
        super.over()
        model.close()
    }

    override fun draw(state: DocumentState): View {
        drawing?.cancel()
        return when (state) {
            is DocumentState.Opening -> host.waiting(title(), Say.OPENING, back = true)
            is DocumentState.Pages -> pages(state)
            is DocumentState.Pdf -> pdf(state)
            is DocumentState.InTrouble -> host.troubled(title(), state.trouble, mapOf(Remedy.RETRY to { open() }))
        }
    }

    private fun open() = act { model.open() }

    private fun title() = host.say(Say.DOCUMENT_TITLE)

    private fun pages(state: DocumentState.Pages): View {
        val look = host.look
        val picture = BitmapFactory.decodeByteArray(state.page.png, 0, state.page.png.size)
        val paper = PageView(host.activity, picture, mark = null).apply {
            turned = ::turn
            contentDescription = host.spoken(
                "${state.title ?: title()} ${host.placeOf(state.number, state.count)}",
                state.facts,
            )
        }
        val body = look.column(
            12,
            *host.sealNotices(state.seals),
            paper,
            state.pageTrouble?.let { look.notice(Tone.CARE, it.text) },
            if (state.count > 1) host.turners(state.number, state.count, ::turn) else null,
        )
        return host.page(host.bar(title(), back = true), body)
    }

    /** The page so many after this one. */
    private fun turn(by: Int) = act { (model.state.value as? DocumentState.Pages)?.let { model.turn(it.number + by) } }

    private fun pdf(state: DocumentState.Pdf): View {
        val paper = PdfPaper(host, state.file)
        drawing = scope.launch {
            try {
                paper.keepDrawn()
            } catch (_: SecurityException) {
                model.failed(FileTrouble.PDF_LOCKED)
            } catch (_: IOException) {
                model.failed(FileTrouble.PDF_UNDRAWN)
            }
        }
        val warnings = state.warnings.map { host.look.notice(Tone.CARE, it) }
        return host.page(host.bar(title(), back = true), host.look.column(12, *warnings.toTypedArray(), paper.view))
    }
}

/** What a stranger's seals may hang on: the same roots as those of the wallet. */
private fun sealRoots(host: Host): List<ByteArray> =
    host.ports.config(host.language).sealRootsPem.takeIf(String::isNotBlank)?.let { listOf(it.encodeToByteArray()) }
        .orEmpty()

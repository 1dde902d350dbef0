package cn.quanshengshi.kit

import cn.quanshengshi.core.CertificateFile
import cn.quanshengshi.core.OpenCertificate
import cn.quanshengshi.core.OpenCertificateInterface
import cn.quanshengshi.core.Wallet
import java.nio.ByteBuffer
import java.nio.file.Files
import java.nio.file.Path

private val TWO_PAGES = Path.of("../../tests/fixtures/certificates/two_pages.ofd")

/** A kept certificate with a face of two pages: the portal writes faces of one. */
class LongerCertificate(private val kept: OpenCertificate) :
    OpenCertificateInterface by kept,
    AutoCloseable {
    private val face = Files.readAllBytes(TWO_PAGES).let { bytes ->
        CertificateFile.open(ByteBuffer.allocateDirect(bytes.size).put(bytes).flip())
    }

    /** Whether it was let go of. */
    var closed = false
        private set

    override fun about() = kept.about().copy(pages = face.pageCount())

    override fun pageCount() = face.pageCount()

    override fun drawPage(page: UInt, pxPerMm: Float) = face.drawPage(page, pxPerMm, null)

    override fun pageFacts(page: UInt) = face.pageFacts(page)

    override fun find(page: UInt, query: String) = face.find(page, query, null)

    override fun close() {
        closed = true
        kept.close()
        face.close()
    }

    companion object {
        /** Opens a kept certificate, and gives it its second page. */
        fun opening(certificate: String): (Wallet) -> LongerCertificate = { LongerCertificate(it.open(certificate)) }
    }
}

import cn.quanshengshi.core.CertificateFile
import java.io.File
import java.nio.ByteBuffer

fun main(arguments: Array<String>) {
    val bytes = File(arguments.single()).readBytes()
    val lent = ByteBuffer.allocateDirect(bytes.size).put(bytes).flip()
    CertificateFile.open(lent).use { file ->
        println("${file.title()}: ${file.pageCount()} page, ${file.pageFacts(0u).text.lines().size} lines")
        File("page.png").writeBytes(file.drawPage(page = 0u, pxPerMm = 8f, font = null).png)
    }
}

import CoreTransferable
import PDFKit
import QuanshengshiCore
import UIKit
import UniformTypeIdentifiers

/// What leaves the phone: every page drawn under its watermark and with the notes below it, never a page alone.
struct AnnotatedCopy: Transferable {
    let name: String
    /// Draws the pages, when somebody really shares them.
    let pages: @Sendable () throws -> [Data]
    let notes: CopyNotes

    struct Undrawable: Error {}

    static var transferRepresentation: some TransferRepresentation {
        DataRepresentation(exportedContentType: .pdf) { (copy: AnnotatedCopy) in try copy.pdf() }
    }

    private func pdf() throws -> Data {
        let document = PDFDocument()
        for page in try pages() {
            guard let page = PDFPage(image: try annotated(page)) else { throw Undrawable() }
            document.insert(page, at: document.pageCount)
        }
        document.documentAttributes = [PDFDocumentAttribute.titleAttribute: name]
        guard let bytes = document.dataRepresentation() else { throw Undrawable() }
        return bytes
    }

    private func annotated(_ page: Data) throws -> UIImage {
        guard let image = UIImage(data: page) else { throw Undrawable() }
        let text = NSAttributedString(
            string: notes.lines.joined(separator: "\n"),
            attributes: [
                .font: UIFont.systemFont(ofSize: image.size.width / 50), .foregroundColor: UIColor.black,
            ])
        let margin = image.size.width / 30
        let width = image.size.width - 2 * margin
        let fits = CGSize(width: width, height: .greatestFiniteMagnitude)
        let foot = text.boundingRect(with: fits, options: .usesLineFragmentOrigin, context: nil).height
        let whole = CGRect(
            x: 0, y: 0, width: image.size.width, height: image.size.height + foot + 2 * margin)
        return UIGraphicsImageRenderer(bounds: whole).image { canvas in
            UIColor.white.setFill()
            canvas.fill(whole)
            image.draw(at: .zero)
            watermark(over: image.size, in: canvas.cgContext)
            text.draw(in: CGRect(x: margin, y: image.size.height + margin, width: width, height: foot))
        }
    }

    /// The line again and again, aslant, over the page and not over the notes.
    private func watermark(over page: CGSize, in canvas: CGContext) {
        let ink = UIColor(red: 0.13, green: 0.22, blue: 0.2, alpha: 0.2)
        let mark = NSAttributedString(
            string: notes.watermark,
            attributes: [.font: UIFont.systemFont(ofSize: page.width / 36), .foregroundColor: ink])
        let step = page.height / 6
        let long = mark.size().width + step
        let reach = (page.width * page.width + page.height * page.height).squareRoot()
        canvas.saveGState()
        canvas.clip(to: CGRect(origin: .zero, size: page))
        canvas.translateBy(x: page.width / 2, y: page.height / 2)
        canvas.rotate(by: -0.38)
        for (row, down) in stride(from: -reach / 2, to: reach / 2, by: step).enumerated() {
            let first = -reach / 2 - (row.isMultiple(of: 2) ? 0 : long / 2)
            for across in stride(from: first, to: reach / 2, by: long) {
                mark.draw(at: CGPoint(x: across, y: down))
            }
        }
        canvas.restoreGState()
    }
}

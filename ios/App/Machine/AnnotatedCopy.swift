import CoreTransferable
import PDFKit
import UIKit
import UniformTypeIdentifiers

/// What leaves the phone: every page drawn with the notes below it, never a page alone.
struct AnnotatedCopy: Transferable {
    let name: String
    /// Draws the pages, when somebody really shares them.
    let pages: @Sendable () throws -> [Data]
    let notes: [String]

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
            string: notes.joined(separator: "\n"),
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
            text.draw(in: CGRect(x: margin, y: image.size.height + margin, width: width, height: foot))
        }
    }
}

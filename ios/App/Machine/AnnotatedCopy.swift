import CoreTransferable
import PDFKit
import UIKit
import UniformTypeIdentifiers

/// What leaves the phone: the drawn page with its notes below it, never the page alone.
struct AnnotatedCopy: Transferable {
    let name: String
    let page: Data
    let notes: [String]

    struct Undrawable: Error {}

    static var transferRepresentation: some TransferRepresentation {
        DataRepresentation(exportedContentType: .pdf) { (copy: AnnotatedCopy) in try copy.pdf() }
    }

    private func pdf() throws -> Data {
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
        let drawn = UIGraphicsImageRenderer(bounds: whole).image { canvas in
            UIColor.white.setFill()
            canvas.fill(whole)
            image.draw(at: .zero)
            text.draw(in: CGRect(x: margin, y: image.size.height + margin, width: width, height: foot))
        }
        let document = PDFDocument()
        guard let page = PDFPage(image: drawn) else { throw Undrawable() }
        document.insert(page, at: 0)
        document.documentAttributes = [PDFDocumentAttribute.titleAttribute: name]
        guard let bytes = document.dataRepresentation() else { throw Undrawable() }
        return bytes
    }
}

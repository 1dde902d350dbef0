import PDFKit
import SwiftUI

/// A PDF in the system's own viewer.
struct PdfPages: UIViewRepresentable {
    let bytes: Data

    func makeUIView(context: Context) -> PDFView {
        let view = PDFView()
        view.autoScales = true
        view.document = PDFDocument(data: bytes)
        return view
    }

    func updateUIView(_ view: PDFView, context: Context) {}
}

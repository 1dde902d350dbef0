import HandsetModel
import SwiftUI

/// A certificate file of anybody, page by page.
struct DocumentPage: View {
    @State var document: DocumentModel
    @Environment(AppModel.self) private var app

    var body: some View {
        Group {
            switch document.phase {
            case .opening: ProgressView(app.say(.opening))
            case .pdf(let bytes):
                VStack(spacing: Space.s4) {
                    Notice(kind: .care, text: app.say(.pdfUnproven)).padding(Space.s4)
                    PdfPages(bytes: bytes)
                }
            case .trouble(let trouble): TroublePage(trouble: trouble) { await document.open() }
            case .pages(let drawn, let page, let count, let seal):
                Sheet {
                    SealNotice(seal: seal)
                    Paper(png: drawn.png)
                } foot: {
                    HStack(spacing: Space.s4) {
                        Button(app.say(.pageBefore), systemImage: "chevron.left") {
                            Task { await document.turn(to: page - 1) }
                        }
                        .disabled(page == 0)
                        Text(Word.pageOf.text(app.language, n: String(page + 1), m: String(count)))
                            .frame(maxWidth: .infinity)
                        Button(app.say(.pageAfter), systemImage: "chevron.right") {
                            Task { await document.turn(to: page + 1) }
                        }
                        .disabled(page + 1 == count)
                    }
                    .labelStyle(.iconOnly)
                    .font(.title3.weight(.semibold))
                    .frame(minHeight: Space.target)
                }
            }
        }
        .background(Tone.page)
        .task { await document.open() }
    }
}

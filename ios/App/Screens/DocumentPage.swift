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
            case .pdf(let bytes, let facts):
                VStack(spacing: Space.s4) {
                    VStack(spacing: Space.s2) {
                        ForEach(facts.warnings, id: \.self) { Notice(kind: .care, text: $0) }
                    }
                    .padding(Space.s4)
                    PdfPages(bytes: bytes)
                }
            case .trouble(let trouble): TroublePage(trouble: trouble) { await document.open() }
            case .pages(let drawn, let page, let count, let seal):
                Sheet {
                    SealNotice(seal: seal)
                    Paper(png: drawn.png, words: document.spoken)
                } foot: {
                    Turner(page: page, count: count) { await document.turn(to: $0) }
                }
            }
        }
        .background(Tone.page)
        .navigationTitle(app.say(.documentTitle))
        .task { await document.open() }
    }
}

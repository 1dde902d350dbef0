import HandsetModel
import QuanshengshiCore
import SwiftUI

/// A certificate: the verdict on its seal, its pages, a code to hold out, a copy to share.
struct CertificatePage: View {
    @State var page: CertificateModel
    let wallet: WalletModel
    let line: WalletLine
    @Environment(AppModel.self) private var app
    @Environment(\.dismiss) private var dismiss
    @State private var asksToForget = false
    /// Only when asked for: the question for a code is signed, so the person is looked at first.
    @State private var holdsOut = false
    /// What the copy to share is for.
    @State private var purpose = ""

    var body: some View {
        Sheet {
            if let trouble = page.trouble {
                TroubleCard(trouble: trouble, forget: { await forget() }, again: { await page.show() })
            }
            if let shown = page.shown {
                SealNotice(seal: shown.seal)
                if let banner = shown.banner { Notice(kind: .bad, text: banner) }
                Notice(kind: .care, text: shown.mark)
                if let drawn = page.page { Paper(png: drawn.png, words: page.spoken).id(page.number) }
                if let trouble = page.pageTrouble { Notice(kind: .care, text: trouble.text) }
                if shown.pages > 1 {
                    Turner(page: page.number, count: shown.pages) { await page.turn(to: $0) }
                }
                // One that does not hold may be looked at, no more.
                if shown.holds {
                    Text(app.say(.shareHint)).font(.subheadline).foregroundStyle(Tone.hint)
                    TextField(app.say(.sharePurpose), text: $purpose).textFieldStyle(.roundedBorder)
                    if !purpose.isEmpty, let trouble = page.copyTrouble {
                        Notice(kind: .bad, text: trouble.text)
                    }
                }
            }
            if page.shown != nil {
                Card {
                    Toggle(app.say(.holdOut), isOn: $holdsOut)
                    if let code = page.code { CodeImage(rows: code.rows) }
                    if let trouble = page.codeTrouble { Notice(kind: .care, text: trouble.text) }
                }
            }
        } foot: {
            if let shown = page.shown, let pages = page.everyPage, let notes = page.copyNotes {
                ShareLink(
                    item: AnnotatedCopy(name: shown.name, pages: pages, notes: notes),
                    preview: SharePreview(shown.name)
                ) {
                    Label(app.say(.share), systemImage: "square.and.arrow.up")
                }
                .buttonStyle(.pressed(.filled))
            }
            Button(app.say(.forget)) { asksToForget = true }.buttonStyle(.pressed(.danger))
        }
        .navigationTitle(line.name)
        .task { await page.show() }
        .onChange(of: purpose) { page.prepareCopy(for: purpose) }
        .task(id: holdsOut) { if holdsOut { await page.holdOut() } }
        .confirmationDialog(app.say(.forget), isPresented: $asksToForget, titleVisibility: .visible) {
            Button(app.say(.forget), role: .destructive) { Task { await forget() } }
            Button(app.say(.cancel), role: .cancel) {}
        }
    }

    private func forget() async {
        await wallet.forget(line.certificate)
        dismiss()
    }
}

/// The verdict on a seal, outside the page: a drawn seal proves nothing.
struct SealNotice: View {
    let seal: SealReport

    var body: some View {
        Notice(kind: kind, text: seal.word + " " + seal.text)
        if let uncovered = seal.uncoveredText { Notice(kind: .care, text: uncovered) }
    }

    private var kind: Notice.Kind {
        switch seal.verdict {
        case .intactTrusted: .good
        case .intactUnknownIssuer, .unsigned: .care
        case .broken: .bad
        }
    }
}

import HandsetModel
import QuanshengshiCore
import SwiftUI
import UniformTypeIdentifiers

/// What is kept on this phone, by holder and by words; readable without a network.
struct WalletPage: View {
    @Environment(AppModel.self) private var app
    @State private var wallet: WalletModel
    @State private var words = ""
    @State private var opens = false
    @State private var file: DocumentModel?
    @State private var shows = false

    init(phone: Phone) { _wallet = State(initialValue: WalletModel(phone)) }

    var body: some View {
        NavigationStack {
            ScrollView {
                VStack(alignment: .leading, spacing: Space.s4) {
                    if let trouble = wallet.trouble {
                        TroubleCard(trouble: trouble) { await wallet.appear() }
                    }
                    if wallet.offline { Notice(kind: .care, text: app.say(.walletOffline)) }
                    subjects
                    if wallet.lines.isEmpty, words.isEmpty, wallet.trouble == nil { empty }
                    ForEach(wallet.lines, id: \.certificate) { line in
                        NavigationLink {
                            let page = wallet.page(of: line.certificate)
                            CertificatePage(page: page, wallet: wallet, line: line)
                        } label: {
                            WalletRow(line: line)
                        }
                        .buttonStyle(.plain)
                    }
                }
                .padding(Space.s5)
            }
            .background(Tone.page)
            .navigationTitle(app.say(.wallet))
            .searchable(text: $words, prompt: app.say(.walletSearch))
            .refreshable { await wallet.appear() }
            .toolbar {
                ToolbarItem(placement: .topBarTrailing) {
                    Button(app.say(.openFile), systemImage: "folder") { opens = true }
                }
            }
            .navigationDestination(isPresented: $shows) {
                if let file { DocumentPage(document: file) }
            }
            .fileImporter(isPresented: $opens, allowedContentTypes: [.data]) { chosen in
                (file, shows) = (app.document(Picked.read(chosen)), true)
            }
            .task { await wallet.appear() }
            .onChange(of: words) { Task { await wallet.search(words) } }
        }
    }

    private var subjects: some View {
        ScrollView(.horizontal) {
            HStack(spacing: Space.s2) {
                Button(app.say(.walletAll)) { Task { await wallet.choose(subject: nil) } }
                ForEach(wallet.subjects, id: \.subject) { holder in
                    Button("\(holder.name) \(holder.certificates)") {
                        Task { await wallet.choose(subject: holder.subject) }
                    }
                }
            }
            .buttonStyle(.bordered)
        }
    }

    private var empty: some View {
        Card {
            Text(app.say(.walletEmpty)).foregroundStyle(Tone.ink2)
            Button(app.say(.scan), systemImage: "qrcode.viewfinder") {
                if let home = app.start.home { app.route.openScanner(of: home) }
            }
            .buttonStyle(.pressed(.filled))
        }
    }
}

/// One certificate of the list.
struct WalletRow: View {
    let line: WalletLine
    @Environment(AppModel.self) private var app

    var body: some View {
        Card {
            Text(line.name).font(.title3.weight(.semibold)).foregroundStyle(Tone.ink)
            Text(line.number).font(.body.monospacedDigit())
            Text(line.holder + " " + line.issuer).font(.subheadline).foregroundStyle(Tone.ink2)
            if line.sample { Text(app.say(.sample)).font(.subheadline).foregroundStyle(Tone.hint) }
            Notice(kind: line.holds ? .good : .bad, text: line.standing)
            if let banner = line.banner { Notice(kind: .care, text: banner) }
            Text(line.mark).font(.subheadline).foregroundStyle(Tone.hint)
        }
        .accessibilityElement(children: .combine)
    }
}

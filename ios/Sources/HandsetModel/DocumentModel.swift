import Foundation
import HandsetKit
import Observation
import QuanshengshiCore

/// Why a file was not even read.
public enum Unread: Error, Sendable, CaseIterable {
    /// Longer than the core opens.
    case tooLarge
    /// Whoever lends it does not any more, or cannot.
    case unreachable
}

/// A certificate file of anybody, opened on this phone: its pages, and whether its seals hold.
@MainActor @Observable public final class DocumentModel {
    public enum Phase: Sendable, Equatable {
        case opening
        /// An OFD: the page drawn now. The seals' verdict stands beside it.
        case pages(DrawnPage, page: UInt32, of: UInt32, SealReport)
        /// A PDF, for the system's own viewer; `warnings` stand beside it.
        case pdf(Data, PdfFacts)
        case trouble(Trouble)
    }

    public private(set) var phase: Phase = .opening
    /// The words of the page in sight, for a screen reader; empty for a PDF, whose viewer has its own.
    public private(set) var spoken = ""
    private let bytes: Data?
    private let roots: [Data]
    private let language: TextLanguage
    private var opened: (CertificateFile, SealReport)?

    /// `roots` are the certificates that a seal may hang on.
    public init(_ bytes: Data, roots: [Data] = [], language: TextLanguage) {
        (self.bytes, self.roots, self.language) = (bytes, roots, language)
    }

    /// A file that was not read: there is nothing to open, and it says why.
    public init(_ unread: Unread, language: TextLanguage) {
        (bytes, roots, self.language) = (nil, [], language)
        phase = .trouble(Trouble(unread, language))
    }

    /// Opens, judges the seals as of `nowMs`, and draws the first page. Needs no network.
    public func open(nowMs: UInt64 = UInt64(Date().timeIntervalSince1970 * 1_000)) async {
        guard let bytes else { return }
        do {
            if fileKind(file: bytes) == .pdf {
                let facts = try await Task.detached { [bytes, language] in
                    try pdfFacts(file: bytes, language: language)
                }.value
                phase = .pdf(bytes, facts)
                return
            }
            opened = try await Task.detached { [bytes, roots, language] in
                let file = try CertificateFile.open(bytes: bytes)
                let seals = try verifySeals(
                    file: bytes, roots: roots, revocations: [], nowMs: nowMs, language: language)
                return (file, seals)
            }.value
            await turn(to: 0)
        } catch {
            show(error)
        }
    }

    /// Draws a page, from 0, no larger than can be shown; one that is not there leaves everything as it is.
    public func turn(to page: UInt32, pixelsPerMillimetre: Float = 8) async {
        guard let (file, seals) = opened, page < file.pageCount() else { return }
        do {
            let (drawn, facts) = try await Task.detached {
                let facts = try file.pageFacts(page: page)
                let scale = min(pixelsPerMillimetre, facts.largestScale)
                return (try file.drawPage(page: page, pxPerMm: scale, font: nil), facts)
            }.value
            spoken = facts.spoken(language)
            phase = .pages(drawn, page: page, of: file.pageCount(), seals)
        } catch {
            show(error)
        }
    }

    private func show(_ error: any Error) {
        if let trouble = Trouble(error, language) { phase = .trouble(trouble) }
    }
}

extension PageFacts {
    /// Pixels a millimetre at which a picture of it is 32 MB where it is shown, and its longer side one
    /// that every phone can show. A file may say that its page is as large as a house.
    fileprivate var largestScale: Float {
        min((8_000_000 / (widthMm * heightMm)).squareRoot(), 4_096 / max(widthMm, heightMm))
    }
}

extension PdfFacts {
    /// That nobody judged the file, and what to beware of in its signatures, each sentence once.
    public var warnings: [String] {
        ([text] + signatures.compactMap(\.text)).reduce(into: []) { said, sentence in
            if !said.contains(sentence) { said.append(sentence) }
        }
    }
}

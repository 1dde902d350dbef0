import Foundation
import HandsetKit
import Observation
import QuanshengshiCore

/// A certificate file of anybody, opened on this phone: its pages, and whether its seals hold.
@MainActor @Observable public final class DocumentModel {
    public enum Phase: Sendable, Equatable {
        case opening
        /// An OFD: the page drawn now. The seals' verdict stands beside it.
        case pages(DrawnPage, page: UInt32, of: UInt32, SealReport)
        /// A PDF, for the system's own viewer; its seals are not checked.
        case pdf(Data)
        case trouble(Trouble)
    }

    public private(set) var phase: Phase = .opening
    private let bytes: Data
    private let roots: [Data]
    private let language: TextLanguage
    private var opened: (CertificateFile, SealReport)?

    /// `roots` are the certificates that a seal may hang on.
    public init(_ bytes: Data, roots: [Data] = [], language: TextLanguage) {
        (self.bytes, self.roots, self.language) = (bytes, roots, language)
    }

    /// Opens, judges the seals as of `nowMs`, and draws the first page. Needs no network.
    public func open(nowMs: UInt64 = UInt64(Date().timeIntervalSince1970 * 1_000)) async {
        if bytes.starts(with: Data("%PDF-".utf8)) {
            phase = .pdf(bytes)
            return
        }
        do {
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

    /// Draws a page, from 0; one that is not there leaves everything as it is.
    public func turn(to page: UInt32, pixelsPerMillimetre: Float = 8) async {
        guard let (file, seals) = opened, page < file.pageCount() else { return }
        do {
            let drawn = try await Task.detached {
                try file.drawPage(page: page, pxPerMm: pixelsPerMillimetre, font: nil)
            }.value
            phase = .pages(drawn, page: page, of: file.pageCount(), seals)
        } catch {
            show(error)
        }
    }

    private func show(_ error: any Error) {
        if let trouble = Trouble(error, language) { phase = .trouble(trouble) }
    }
}

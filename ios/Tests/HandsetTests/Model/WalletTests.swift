import Foundation
import HandsetKit
import HandsetModel
import QuanshengshiCore
import Testing

/// The wallet's pages with a certificate of a running portal, and after the portal is gone.
@Suite(.enabled(if: PortalProcess.program != nil, "QSS_PORTAL names no program of the portal"))
@MainActor struct WalletTests {
    private let folder: Folder

    init() throws { folder = try Folder() }

    /// Scans the code of a waiting page, agrees, shows the face; the approved task.
    private func approve(_ waiting: PcPage, _ pc: Pc, _ handset: Handset) async throws -> String {
        let camera = StagedCamera(screen: try Screen(of: pc.look(at: waiting)))
        let scan = ScanModel(Phone(handset: handset, language: .zh, camera: camera))
        await scan.run()
        guard case .claimed(let confirm) = scan.phase else {
            throw Unexpected(what: "\(scan.phase)")
        }
        await confirm.answer(.agreeWithFace)
        await confirm.face()
        guard case .over(.approved, _, _) = confirm.phase else {
            throw Unexpected(what: "\(confirm.phase), \(String(describing: confirm.trouble))")
        }
        return confirm.taskId
    }

    @Test func aCertificateIsKeptShownCheckedAndForgotten() async throws {
        var portal: PortalProcess? = try PortalProcess(in: folder)
        var pc: Pc? = Pc(at: portal!, in: folder)
        let handset = try Handset(
            config: portal!.config(data: folder), keystore: SoftKeystore(),
            deviceKey: SoftDeviceKey())
        _ = try await approve(pc!.registerEnterprise(), pc!, handset)
        try await pc!.signIn()
        let task = try await approve(pc!.askForCopy(of: "营业执照"), pc!, handset)

        let phone = Phone(handset: handset, language: .zh, camera: StagedCamera(screen: nil))
        let wallet = WalletModel(phone)
        #expect(await wallet.fetch(task: task), "\(String(describing: wallet.trouble))")
        await wallet.appear()
        #expect(wallet.trouble == nil && !wallet.offline)
        let line = try #require(wallet.lines.first)
        #expect(line.name == "营业执照" && line.holds && line.sample)
        #expect(wallet.subjects.map(\.certificates) == [1])
        await wallet.search("云杉")
        #expect(wallet.lines.count == 1)
        await wallet.search("没有这样的字")
        #expect(wallet.lines.isEmpty)
        await wallet.search("")
        await wallet.choose(subject: line.subject)
        #expect(wallet.lines.count == 1)

        let page = wallet.page(of: line.certificate)
        let holding = Task { await page.holdOut() }
        while page.code == nil && page.codeTrouble == nil {
            try await Task.sleep(for: .milliseconds(10))
        }
        let code = try #require(page.code)
        #expect(code.address.hasPrefix(portal!.origin) && code.rows.count == code.rows[0].count)
        // The page is left: the code is not held out any more, and nothing is wrong.
        holding.cancel()
        await holding.value
        #expect(page.code == nil && page.codeTrouble == nil)

        // Nobody answers from here on.
        (pc, portal) = (nil, nil)
        await wallet.appear()
        #expect(wallet.offline && wallet.trouble == nil && wallet.lines.count == 1)
        await page.show()
        let shown = try #require(page.shown, "\(String(describing: page.trouble))")
        #expect(shown.holders.count == 1 && shown.holders[0].contains("北疆云杉科技"))
        page.prepareCopy(for: " ")
        #expect(page.copyNotes == nil && page.copyTrouble?.code == "COPY_PURPOSE")
        page.prepareCopy(for: "银行开户")
        let notes = try #require(page.copyNotes)
        #expect(notes.watermark.hasPrefix("仅限银行开户使用") && notes.lines.contains(shown.mark))
        #expect(page.copyTrouble == nil)
        #expect(page.page?.png.starts(with: [0x89, 0x50, 0x4e, 0x47]) == true && page.number == 0)
        #expect(try page.everyPage?().count == Int(shown.pages))
        try await turned(phone, line.certificate)
        await page.holdOut()
        #expect(page.codeTrouble?.next == .tryAgain)

        await wallet.forget(line.certificate)
        #expect(wallet.lines.isEmpty && wallet.subjects.isEmpty && wallet.trouble == nil)
        await page.show()
        #expect(page.shown == nil && page.trouble?.next == .fetchAgain)
    }
}

/// Pages are turned without a network, each page from the one verified copy; those that are not there are told.
@MainActor private func turned(_ phone: Phone, _ certificate: String) async throws {
    let kept = try phone.handset.wallet().open(certificate: certificate)
    #expect(try kept.find(page: 0, query: "云杉").count > 0)
    #expect(throws: QssError.Refused(code: "PAGE_UNREADABLE")) {
        try kept.drawPage(page: kept.pageCount(), pxPerMm: 2)
    }
    let file = top.appending(path: "tests/fixtures/certificates/two_pages.ofd")
    let bytes = try Data(contentsOf: file)
    let page = CertificateModel(phone, certificate: certificate) {
        LongerCertificate(try $0.open(certificate: $1), face: try CertificateFile.open(bytes: bytes))
    }
    await page.turn(to: 1)
    #expect(page.page == nil, "nothing is open yet")
    await page.show(pixelsPerMillimetre: 2)
    let first = try #require(page.page)
    await page.turn(to: 1, pixelsPerMillimetre: 2)
    #expect(page.number == 1 && page.page?.width == 594 && page.page != first)
    await page.turn(to: 2)
    #expect(page.number == 1 && page.pageTrouble == nil)
    await page.turn(to: 0, pixelsPerMillimetre: 2)
    #expect(page.number == 0 && page.page == first)
    // Too large to be drawn: the page before stays, and why is said.
    await page.turn(to: 1, pixelsPerMillimetre: 100_000)
    #expect(page.number == 0 && page.page == first && page.pageTrouble?.code == "PAGE_UNDRAWN")
    #expect(try page.everyPage?().count == 2)
}

/// A kept certificate with a face of two pages: the portal writes faces of one.
private final class LongerCertificate: OpenCertificateProtocol {
    private let kept: OpenCertificate
    private let face: CertificateFile

    init(_ kept: OpenCertificate, face: CertificateFile) { (self.kept, self.face) = (kept, face) }

    func about() -> ShownCertificate {
        var about = kept.about()
        about.pages = face.pageCount()
        return about
    }

    func bytes() -> Data { kept.bytes() }
    func pageCount() -> UInt32 { face.pageCount() }
    func pageFacts(page: UInt32) throws -> PageFacts { try face.pageFacts(page: page) }
    func copyNotes(purpose: String) throws -> CopyNotes { try kept.copyNotes(purpose: purpose) }
    func find(page: UInt32, query: String) throws -> [PageMatch] {
        try face.find(page: page, query: query, font: nil)
    }
    func drawPage(page: UInt32, pxPerMm: Float) throws -> DrawnPage {
        try face.drawPage(page: page, pxPerMm: pxPerMm, font: nil)
    }
}

struct Unexpected: Error { let what: String }

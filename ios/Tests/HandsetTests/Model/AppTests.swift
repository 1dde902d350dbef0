import Foundation
import HandsetKit
import HandsetModel
import QuanshengshiCore
import Synchronization
import Testing

/// What holds the app together: choices, places, files. No portal is needed.
@Suite @MainActor struct AppTests {
    private let folder: Folder
    private let keeper = Drawer()

    init() throws { folder = try Folder() }

    private func app() throws -> AppModel {
        let file = """
            {"origin": "\(nowhere)", "trustedOrigins": ["\(nowhere)"], "pins": [], "portalKeys": [],
             "rootsPem": \(try quoted(rootPem)), "sealRootsPem": ""}
            """
        return AppModel(
            portal: try PortalFile(Data(file.utf8)), dataFolder: folder.path + "/data", appVersion: "0.1.0",
            keys: Keys(keystore: SoftKeystore(), deviceKey: SoftDeviceKey()),
            camera: StagedCamera(screen: nil), keeper: keeper)
    }

    private func quoted(_ text: String) throws -> String {
        String(decoding: try JSONEncoder().encode(text), as: UTF8.self)
    }

    private func home(_ app: AppModel) throws -> HomeModel {
        guard case .home(let home) = app.start.phase else { throw Unexpected(what: "\(app.start.phase)") }
        return home
    }

    @Test func choicesAreKeptAndAnotherLanguageOpensTheCoreAnew() async throws {
        let first = try app()
        #expect(first.preferences == Preferences())
        await first.start.open()
        #expect(try home(first).phone.language == .zh)
        await first.change { $0.language = .en }
        #expect(try home(first).phone.language == .en)
        #expect(first.say(.scan) == "Scan")
        await first.change { ($0.textSize, $0.helper, $0.voice) = (.huge, true, false) }

        let second = try app()
        #expect(second.preferences == first.preferences)
        #expect(keeper.language == .en && second.preferences.textSize == .huge)
    }

    @Test func theCommittedPortalFileIsReadAndBelievesNobody() async throws {
        let file = try Data(contentsOf: top.appending(path: "ios/App/Resources/portal.json"))
        let portal = try PortalFile(file)
        #expect(portal.trustedOrigins == [portal.origin])
        #expect(portal.rootsPem.isEmpty && portal.portalKeys.isEmpty)
        let app = AppModel(
            portal: portal, dataFolder: folder.path + "/data", appVersion: "0.1.0",
            keys: Keys(keystore: SoftKeystore(), deviceKey: SoftDeviceKey()),
            camera: StagedCamera(screen: nil), keeper: keeper)
        await app.start.open()
        guard case .trouble(let trouble) = app.start.phase else {
            throw Unexpected(what: "\(app.start.phase)")
        }
        #expect(trouble.code == "CONFIG" && !trouble.remedies.isEmpty)
    }

    @Test func choicesOfAnotherVersionAreReadAsFarAsTheyAreKnown() throws {
        keeper.write(Data(#"{"textSize": "enormous", "helper": true, "new": 1}"#.utf8))
        let read = try app().preferences
        #expect(read.helper && read.textSize == .normal && read.voice && read.language == .zh)
        keeper.write(Data("not json".utf8))
        #expect(try app().preferences == Preferences())
    }

    @Test func aFileOfAnotherAppTakesThePlaceOfWhatLiesOverTheTabs() async throws {
        let app = try app()
        let fixture = top.appending(path: "tests/fixtures/certificates/two_pages.pdf")
        let document = app.document(.success(try Data(contentsOf: fixture)))
        // The core is not open yet, and need not be.
        app.route.open(document)
        #expect(app.route.cover == .document && app.route.document === document)
        await document.open()
        guard case .pdf = document.phase else { throw Unexpected(what: "\(document.phase)") }

        await app.start.open()
        app.route.openScanner(of: try home(app))
        #expect(app.route.cover == .scan && app.route.document == nil)
        let unread = app.document(.failure(.unreachable))
        app.route.open(unread)
        #expect(app.route.cover == .document && app.route.document === unread && app.route.scan == nil)
        guard case .trouble(let trouble) = unread.phase else { throw Unexpected(what: "\(unread.phase)") }
        #expect(!trouble.remedies.isEmpty)
        app.route.leave()
        #expect(app.route.cover == nil && app.route.document == nil)
    }

    @Test func everyRemedyLeadsSomewhere() async throws {
        let app = try app()
        await app.start.open()
        let (home, route) = (try home(app), app.route)
        route.openScanner(of: home)
        #expect(route.cover == .scan && route.scan != nil)
        let scan = route.scan
        #expect(route.follow(.typeDigits, home: home) == nil)
        // The digits are typed into the same page, which knows what to ask again.
        #expect(route.cover == .digits && route.scan === scan)
        #expect(route.follow(.scan, home: home) == nil)
        #expect(route.cover == .scan && route.scan !== scan)
        #expect(route.follow(.offlineCopies, home: home) == nil)
        #expect(route.cover == nil && route.scan == nil && route.tab == .wallet)
        #expect(route.follow(.home, home: nil) == nil)
        #expect(route.tab == .home)
        let errands: [Remedy: Route.Errand] = [
            .retry: .again, .unlock: .again, .otherWays: .ways, .systemSettings: .systemSettings,
            .freeSpace: .systemSettings, .reset: .reset, .forgetCopy: .forget,
        ]
        for (remedy, errand) in errands { #expect(route.follow(remedy, home: home) == errand) }
        // Before the core is open there is nothing to scan with: the app opens it again.
        #expect(route.follow(.scan, home: nil) == .again)
    }

    @Test func nineDigitsAreWholeHoweverTheyAreSpaced() {
        for whole in ["123456789", "123 456 789", " 123456 789"] { #expect(ScanModel.isWhole(whole)) }
        for not in ["", "12345678", "1234567890", "12345678a", "123-456-789"] {
            #expect(!ScanModel.isWhole(not))
        }
    }

    @Test func everyStepHasARemedyWithAWord() {
        for step in NextStep.allCases {
            #expect(!step.remedies.isEmpty, "\(step)")
        }
        let words = Remedy.allCases.map { $0.word.text(.en) }
        #expect(Set(words).count == words.count)
    }

    @Test func aTimeReadsTheSameInBothLanguages() throws {
        let harbin = try #require(TimeZone(identifier: "Asia/Shanghai"))
        #expect(when(1_795_431_120_000, in: harbin) == "2026-11-23 18:52")
        #expect(when(0, in: harbin) == "1970-01-01 08:00")
    }

    @Test func placesInASentenceAreFilled() {
        #expect(Word.captureStep.text(.zh, n: "2", m: "3") == "第 2 步，共 3 步")
        for word in Word.allCases {
            let places = { (language) in "nm".filter { word.text(language).contains("{\($0)}") } }
            #expect(places(TextLanguage.zh) == places(.en), "\(word)")
        }
    }

    @Test func aFileOfAnybodyShowsItsPagesAndItsVerdict() async throws {
        let app = try app()
        let file = top.appending(path: "tests/fixtures/certificates/sample.ofd")
        let document = app.document(try Data(contentsOf: file))
        await document.open(nowMs: 1_795_431_120_000)
        guard case .pages(let drawn, page: 0, of: let count, let seals) = document.phase else {
            throw Unexpected(what: "\(document.phase)")
        }
        #expect(drawn.png.starts(with: [0x89, 0x50, 0x4e, 0x47]) && drawn.width > 0)
        #expect(!seals.word.isEmpty)
        #expect(document.spoken.contains("营业执照"))
        let before = document.phase
        await document.turn(to: count)
        #expect(document.phase == before)
        // However large, a page becomes no larger than can be shown.
        await document.turn(to: 0, pixelsPerMillimetre: 1_000)
        guard case .pages(let large, page: 0, of: count, seals) = document.phase else {
            throw Unexpected(what: "\(document.phase)")
        }
        #expect((7_900_000...8_010_000).contains(large.width * large.height))
    }

    @Test func aPdfIsToldAboutAndWhatIsNoCertificateIsRefused() async throws {
        let app = try app()
        let bytes = try Data(
            contentsOf: top.appending(path: "tests/fixtures/certificates/two_pages.pdf"))
        let facts = try await told(of: app.document(bytes), are: bytes)
        #expect(facts.pages == 2 && facts.signatures.map(\.coverage) == [.wholeFile])
        #expect(facts.warnings == [facts.text])
        // Something was added after the signature.
        let longer = bytes + Data("\n% more\n".utf8)
        let grown = try await told(of: app.document(longer), are: longer)
        #expect(grown.warnings == [grown.text] + grown.signatures.compactMap(\.text))
        #expect(grown.warnings.count == 2)

        let refused: [(Data, String)] = [
            (bytes.prefix(bytes.count / 2), "PDF_UNREADABLE"), (Data("%PDF-1.7 ".utf8), "PDF_UNREADABLE"),
            (Data("no file".utf8), "FILE_UNREADABLE"), (Data(), "FILE_UNREADABLE"),
        ]
        for (bytes, code) in refused {
            let document = app.document(bytes)
            await document.open()
            guard case .trouble(let trouble) = document.phase else {
                throw Unexpected(what: "\(document.phase)")
            }
            #expect(trouble.next == .refused && trouble.code == code)
        }
    }

    @Test func aFileThatWasNotReadSaysWhyAndStaysSo() async throws {
        let app = try app()
        let words: [Unread: Word] = [.tooLarge: .fileTooLarge, .unreachable: .fileUnreachable]
        for unread in Unread.allCases {
            let document = app.document(Result<Data, Unread>.failure(unread))
            let before = document.phase
            await document.open()
            await document.turn(to: 0)
            guard document.phase == before, case .trouble(let trouble) = document.phase else {
                throw Unexpected(what: "\(document.phase)")
            }
            #expect(trouble.text == words[unread].map(app.say) && trouble.remedies == [.home])
        }
        #expect(app.document(.success(Data())).phase == .opening)
    }

    /// What a PDF says of itself, once it was opened as it is.
    private func told(of document: DocumentModel, are bytes: Data) async throws -> PdfFacts {
        await document.open()
        guard case .pdf(bytes, let facts) = document.phase else {
            throw Unexpected(what: "\(document.phase)")
        }
        return facts
    }

    @Test func keysOfTheKeychainFailAsTheCoreUnderstands() {
        #expect(HostKeyError(securityStatus: -25_300) == .KeyGone)
        #expect(HostKeyError(securityStatus: -25_308) == .Locked)
        #expect(HostKeyError(securityStatus: -34_018) == .Failed(reason: "Security -34018"))
        #expect(HostKeyError(authenticationCode: -2) == .Locked)
        #expect(HostKeyError(authenticationCode: -5) == .Failed(reason: "LocalAuthentication -5"))
        #expect(KeyPolicy.sealingKey(of: "vault") != KeyPolicy.mark(of: "vault"))
    }
}

/// Keeps choices in memory.
private final class Drawer: PreferenceKeeper {
    private let kept = Mutex<Data?>(nil)
    func read() -> Data? { kept.withLock { $0 } }
    func write(_ data: Data) { kept.withLock { $0 = data } }
}

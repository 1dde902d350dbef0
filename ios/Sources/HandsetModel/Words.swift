import QuanshengshiCore

/// Every sentence of this shell's own, in both languages. Those of codes, ways and certificates come
/// from the core. A word that Android has too says the same there; `tests/house` compares them.
public enum Word: CaseIterable, Sendable {
    case appName, opening, resumeTask, tabHome, home
    case scan, scanHero, scanHeroHint, homeOffline, cancel, finish
    case retry, scanAgain, typeDigits, systemSettings, otherWays, unlock, reset, freeSpace, forgetCopy
    case offlineCopies, unknownTrouble, quote, covered
    case scanAim, scanTooFar, scanBlurred, scanDark, scanGlare, scanSmallCode, torchOn, torchOff, claiming
    case digitsTitle, digitsHint, digitsGo
    case askTitle, itIsMe, notMe, decline
    case noticeNumber, readAloud
    case agreeWithFace, withoutFace
    case captureTitle, captureCalm, captureStart, captureAttempt, captureStep
    case faceFind, faceHold, faceBack, faceGood, faceDone, waiting
    case doTurnLeft, doTurnRight, doOpenMouth, doNod, doLookStraight, doComeCloser, doBlink
    case resultApproved, resultReview, resultFailed, resultEnded, resultKept, copiesKept
    case receipt, receiptNumber, receiptTime, receiptPlace, receiptAccount, receiptPurpose
    case wallet, walletEmpty, walletOffline, walletSearch, walletAll, sample
    case pageOf, pageBefore, pageAfter, pageUncovered, holdOut, share, shareHint, sharePurpose, forget
    case openFile, documentTitle
    case fileTooLarge, fileUnreachable
    case activity, logEmpty, logProven, logUnproven, export
    case devices, devicesLead, devicesLost, thisPhone, lastUsedAt, people
    case deviceDisable, deviceDisableAsk
    case settings, language, inChinese, inEnglish, textSize, textNormal, textLarge, textHuge
    case helper, helperHint, voice, check, checkSound, checkDamaged, mend, mended
    case signOut, signOutAsk, signedOut, signedOutUntold, confirmReason

    /// The sentence in a language.
    public func text(_ language: TextLanguage) -> String {
        let (zh, en) = both
        return language == .zh ? zh : en
    }

    /// The sentence with its places `{n}` and `{m}` filled.
    public func text(_ language: TextLanguage, n: String, m: String = "") -> String {
        text(language).replacing("{n}", with: n).replacing("{m}", with: m)
    }
}

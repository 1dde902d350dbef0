import HandsetKit
import QuanshengshiCore

/// Every sentence of this shell's own, in both languages. Those of codes, ways and certificates come
/// from the core.
public enum Word: CaseIterable, Sendable {
    case scan, typeDigits, aimAtLargeCode, tooFar, tooBlurred, tooDark, glare
    case itIsMe, notMe, agreeWithFace, withoutFace
    case faceIntoFrame, lookStraight, turnLeft, turnRight, openMouth, nod, comeCloser, blink, comeBack
    case judging, approved, review, failed, ended
    case wallet, offlineCopy, activity, devices, settings, signOut
    case wipedHere, faultIsOurs

    /// The sentence in a language.
    public func text(_ language: TextLanguage) -> String {
        let (zh, en) = both
        return language == .zh ? zh : en
    }

    private var both: (String, String) {
        switch self {
        case .scan: ("扫一扫", "Scan")
        case .typeDigits: ("扫不了？输入 9 位数字", "Cannot scan? Type the 9 digits")
        case .aimAtLargeCode: ("对准电脑上的大二维码", "Aim at the large code on the computer")
        case .tooFar: ("请靠近一些", "Go nearer")
        case .tooBlurred: ("请拿稳手机", "Hold the phone still")
        case .tooDark: ("光线太暗，请调亮屏幕", "Too dark: turn up the screen")
        case .glare: ("有反光，请倾斜手机", "A reflection: tilt the phone")
        case .itIsMe: ("是我，继续", "Yes, this is me")
        case .notMe: ("不是我", "Not me")
        case .agreeWithFace: ("同意，开始刷脸", "Agree and start")
        case .withoutFace: ("不同意，用其他办法", "Use another way")
        case .faceIntoFrame: ("请将脸移到框内", "Bring your face into the frame")
        case .lookStraight: ("请看着正前方", "Look straight ahead")
        case .turnLeft: ("请慢慢向左转头", "Slowly turn left")
        case .turnRight: ("请慢慢向右转头", "Slowly turn right")
        case .openMouth: ("请张开嘴，再合上", "Open your mouth, then close it")
        case .nod: ("请慢慢点头", "Slowly nod")
        case .comeCloser: ("请靠近，再退回", "Come closer, then go back")
        case .blink: ("请闭眼，再睁开", "Close your eyes, then open them")
        case .comeBack: ("很好，请转回来", "Good. Come back to the middle")
        case .judging: ("好了，正在核验", "Done. We are checking")
        case .approved: ("认证成功，请回到电脑", "Confirmed. Go back to the computer")
        case .review: ("已转人工核对，会通知您", "People are looking at it. We will tell you")
        case .failed: ("没有通过，可以用其他办法", "Not confirmed. There are other ways")
        case .ended: ("这次办理已结束，请在电脑上重新开始", "This has ended. Start again on the computer")
        case .wallet: ("卡包", "Wallet")
        case .offlineCopy: ("没有网络，正在看离线副本", "No network: these are offline copies")
        case .activity: ("记录", "Log")
        case .devices: ("我的手机", "My phones")
        case .settings: ("设置", "Settings")
        case .signOut: ("退出并清空本机", "Sign out and clear this phone")
        case .wipedHere: ("此手机已被停用，内容已清空", "This phone was disabled and cleared")
        case .faultIsOurs: ("问题在我们这边，请稍后再试", "The fault is ours. Try again later")
        }
    }
}

extension ScanGuidance {
    var word: Word {
        switch self {
        case .tooFar: .tooFar
        case .tooBlurred: .tooBlurred
        case .tooDark: .tooDark
        case .glare: .glare
        case .nothingSeen: .aimAtLargeCode
        }
    }
}

extension FacePrompt {
    var word: Word {
        switch self {
        case .turnLeft: .turnLeft
        case .turnRight: .turnRight
        case .openMouth: .openMouth
        case .nod: .nod
        case .lookStraight: .lookStraight
        case .comeCloser: .comeCloser
        case .blink: .blink
        }
    }
}

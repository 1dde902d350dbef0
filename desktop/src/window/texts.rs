//! Every text of the window that the core does not bring, in both languages. Chinese first; where the
//! other shells have the same text, it has the same words.

use quanshengshi::capture::FacePrompt;
use quanshengshi::config::TextLanguage;
use quanshengshi::scanner::ScanGuidance;

macro_rules! table {
    ($($name:ident: $zh:literal, $en:literal;)*) => {
        /// A text.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Say { $($name,)* }

        impl Say {
            /// Every text.
            #[cfg(test)]
            pub(crate) const ALL: &[Self] = &[$(Self::$name,)*];

            /// The text in a language.
            pub(crate) fn text(self, language: TextLanguage) -> &'static str {
                match (self, language) {
                    $((Self::$name, TextLanguage::Zh) => $zh, (Self::$name, TextLanguage::En) => $en,)*
                }
            }
        }
    };
}

table! {
    App: "全省事", "Quanshengshi";
    Scan: "扫一扫", "Scan";
    TabHome: "首页", "Home";
    TabWallet: "卡包", "Wallet";
    TabLog: "记录", "Log";
    TabSettings: "设置", "Settings";
    Back: "返回", "Back";
    Wait: "请稍候", "One moment";
    HeroTitle: "扫电脑上的二维码", "Scan the code on the computer";
    HeroLead: "不用登录，打开就扫。", "No signing in: open and scan.";
    TypeDigits: "扫不了？输入 9 位数字", "Cannot scan? Type the 9 digits";
    MyCertificates: "我的证照", "My certificates";
    CertificatesKept: "没网也能看", "Shown without a network too";
    SignedInAs: "这台手机的本人", "The person of this phone";
    Unfinished: "没办完的事", "Not finished";
    GoOn: "继续办理", "Go on";
    OfflineHome: "没有网络，仍可看离线证照", "No network. Offline certificates can still be shown";
    ScanAim: "对准电脑上的大二维码", "Aim at the large code on the computer";
    ScanDrop: "桌面上没有相机：把二维码的图片或文件夹拖进来，或在下面选", "A desktop has no camera: drop a picture or a folder of the code here, or choose one below";
    ScanTooFar: "再靠近一点", "Go nearer";
    ScanBlurred: "请拿稳手机", "Hold the phone still";
    ScanDark: "光线太暗，可以打开手电筒", "Too dark: switch the light on";
    ScanGlare: "屏幕反光，请把手机斜一点", "A reflection is in the way: tilt the phone";
    ScanNoPicture: "这里没有能读的图片", "There is no picture here that can be read";
    ScanFolder: "整个文件夹", "The whole folder";
    ScanUp: "上一级", "One folder up";
    ScanRead: "正在读取…", "Reading…";
    DigitsTitle: "输入 9 位数字", "Type the 9 digits";
    DigitsLead: "在电脑上的二维码下面，每三位一组。", "Under the code on the computer, in groups of three.";
    DigitsGo: "继续", "Go on";
    AskTitle: "请核对", "Please check";
    ItIsMe: "是我，继续", "It is me, go on";
    NotMe: "不是我", "It is not me";
    Decline: "先不办了", "Not now";
    NoticeVersion: "告知书版本", "Version of the notice";
    AgreeFace: "同意，开始刷脸", "Agree and begin";
    RefuseFace: "不同意，用其他办法", "Refuse and use another way";
    WaysTitle: "其他办法", "Other ways";
    CaptureTitle: "刷脸核验", "Face check";
    CaptureReady: "准备好再开始：脸对准框，光线要亮", "Begin when you are ready: face in the frame, good light";
    CaptureBegin: "开始", "Begin";
    CaptureWays: "换个动作，或用其他办法", "Other acts, or another way";
    Attempt: "次数", "Attempt";
    Step: "动作", "Act";
    FaceFind: "请将脸移到框内", "Bring your face into the frame";
    FaceHold: "请看正前方，保持不动", "Look straight ahead and hold still";
    FaceBack: "很好，请回到正前方", "Good. Come back to the middle";
    FaceGood: "很好，保持", "Good, go on";
    FaceDone: "好了，正在核验", "Done. It is being checked";
    DoTurnLeft: "请慢慢向左转头", "Slowly turn your head to the left";
    DoTurnRight: "请慢慢向右转头", "Slowly turn your head to the right";
    DoOpenMouth: "请张开嘴，再合上", "Open your mouth, then close it";
    DoNod: "请慢慢点头", "Slowly nod";
    DoLookStraight: "请看正前方", "Look straight ahead";
    DoComeCloser: "请靠近手机，再慢慢离开", "Come closer to the phone, then move back";
    DoBlink: "请眨一下眼", "Blink once";
    ResultApproved: "认证成功，请回到电脑继续", "Done. Go on at the computer";
    ResultReview: "已转人工审核，结果会通知您", "People will decide; you will be told";
    ResultFailed: "这次没有通过，可以换个办法", "It did not work this time. Try another way";
    ResultEnded: "本次操作已结束", "This has ended";
    Receipt: "回执", "Receipt";
    ReceiptWhat: "事项", "What";
    ReceiptAccount: "对象", "For";
    ReceiptWhen: "时间", "When";
    ReceiptPlace: "电脑", "Computer";
    ReceiptNumber: "回执号", "Receipt number";
    ReceiptProven: "平台签名已核对", "The portal's signature holds";
    ReceiptKept: "回执已存入“记录”", "The receipt is kept in the log";
    KeptNow: "已存入卡包", "Now in the wallet";
    SeeWallet: "看卡包", "See the wallet";
    Finish: "完成", "Finish";
    WalletEmpty: "还没有证照。在电脑上选好证照，再用这里扫一扫，就会出现", "No certificates yet. Choose one on the computer and scan its code here";
    WalletOffline: "没有网络，正在看离线副本", "No network: these are the offline copies";
    WalletSearch: "搜名称、编号、持有人", "Search name, number, holder";
    WalletNone: "没有找到", "Nothing found";
    WalletAll: "全部", "All";
    WalletRefresh: "更新状态", "Refresh";
    FileOpen: "打开证照文件", "Open a certificate file";
    FileTitle: "证照文件", "Certificate file";
    FileDrop: "把 OFD 或 PDF 文件拖进来，或在下面选。只在本机打开，不会保存", "Drop an OFD or PDF here, or choose one below. It is opened on this machine alone and not kept";
    FileNone: "这个文件夹里没有 OFD 或 PDF 文件", "There is no OFD or PDF in this folder";
    FileGone: "这个文件读不出来", "This file cannot be read";
    OtherFile: "选别的文件", "Choose another file";
    Sample: "样例", "Sample";
    Forget: "从本机删除", "Remove from this phone";
    Share: "分享加注件", "Share an annotated copy";
    ShareHint: "加注件是写明用途和期限的副本", "An annotated copy says what it is for and until when";
    SharePurpose: "用途，例如：银行开户", "What it is for, such as opening a bank account";
    ShareMake: "制作加注件", "Make the copy";
    ShareNot: "先不制作", "Not now";
    ShareMade: "加注件已存到", "The copy lies in";
    CopyUnsaved: "加注件存不下来，请检查磁盘空间和权限", "The copy cannot be written. Check the disk";
    CodeTitle: "给别人核验", "For somebody to check";
    CodeLead: "对方扫码，在平台上看真伪", "They scan it and see on the portal whether it is genuine";
    CodeSeconds: "秒后自动更换", "seconds until the next";
    CodeNone: "没有网络，现在出不了核验码", "No network: no code to check by now";
    Number: "编号", "Number";
    Holder: "持有人", "Holder";
    Issuer: "颁发机关", "Issuer";
    Validity: "有效期", "Valid";
    Standing: "状态", "Standing";
    PageBefore: "上一页", "Page before";
    PageAfter: "下一页", "Page after";
    PageWords: "页面上的文字", "Words on the page";
    PageUncovered: "不受印章保护的文字", "Words that no seal covers";
    ZoomIn: "放大", "Larger";
    ZoomOut: "缩小", "Smaller";
    LogEmpty: "还没有记录", "Nothing has been done yet";
    LogReport: "不是您操作的？到电脑“我的手机”停用", "Was it not you? Disable this phone on the computer";
    DevicesTitle: "我的手机", "My phones";
    DevicesLead: "能代表您账号的手机", "Phones that act for your accounts";
    DeviceDisable: "停用这台", "Disable it";
    DeviceDisableAsk: "停用后，那台手机不能再认证，里面的证照会被清空，不能撤回。", "It can act no more, and the certificates on it are wiped. This cannot be undone.";
    DeviceDisableYes: "确认停用", "Yes, disable it";
    DeviceDisableNo: "先不停用", "Not now";
    DeviceUsed: "上次使用", "Last used";
    DevicesNote: "手机丢了，或有不认识的手机，请停用；在电脑“我的手机”里也可以。", "Disable a phone that was lost or that you do not know, here or at the computer.";
    DevicesNone: "还没有账号认得这台手机", "No account knows this phone yet";
    ThisPhone: "这台", "This one";
    TextSize: "字的大小", "Size of text";
    TextUsual: "标准", "Usual";
    TextLarge: "大字", "Large";
    LanguageTitle: "语言", "Language";
    SignOut: "退出并清空本机", "Sign out and clear this phone";
    SignOutLead: "证照以后可重新下载", "Certificates can be downloaded again";
    SignOutAsk: "确定要清空吗？本机的证照和记录都会删除", "Clear everything? Certificates and log on this phone will be gone";
    SignOutYes: "确定清空", "Clear it";
    SignOutNo: "不，留着", "No, keep it";
    SignedOut: "已退出，本机证照已清空", "Signed out. Nothing is kept on this phone";
    SignedOutUntold: "已退出，本机证照已清空。没有网络，请在电脑“我的手机”里停用本机", "Signed out. Nothing is kept on this phone. There was no network: disable this phone on the computer";
    Retry: "再试一次", "Try again";
    ScanAgain: "重新扫", "Scan again";
    TypeInstead: "改为输入 9 位数字", "Type the 9 digits instead";
    OtherWays: "用其他办法", "Use another way";
    Unlock: "解锁手机", "Unlock the phone";
    Reset: "清空卡包，重新取回证照", "Clear the wallet and fetch the certificates again";
    ForgetCopy: "删除这份，重新下载", "Remove this copy and download it again";
    OfflineCopies: "看离线证照", "Show the offline certificates";
    Home: "回首页", "Home";
    TroubleTitle: "遇到问题", "Something is in the way";
    UnknownTrouble: "出了点问题，请再试一次", "Something went wrong. Try again";
    NoPhone: "这个文件夹里还没有手机。先运行 cargo demo --keep，再打开这里", "There is no phone in this folder yet. Run cargo demo --keep first, then open this again";
    ScanCamera: "用摄像头扫", "Scan with the camera";
    NoCamera: "这台电脑没有摄像头，可以选图片，或输入 9 位数字", "This machine has no camera. Choose a picture, or type the 9 digits";
    CameraBusy: "摄像头打不开，请关掉正在使用它的程序", "The camera cannot be opened. Close the program that uses it";
    NoClips: "这个文件夹里没有可当相机的录像", "This folder holds no clips that could be the camera";
}

/// What to say about a picture that was not read.
pub(crate) fn of_scan(guidance: Option<ScanGuidance>) -> Say {
    match guidance {
        Some(ScanGuidance::TooFar) => Say::ScanTooFar,
        Some(ScanGuidance::TooBlurred) => Say::ScanBlurred,
        Some(ScanGuidance::TooDark) => Say::ScanDark,
        Some(ScanGuidance::Glare) => Say::ScanGlare,
        Some(ScanGuidance::NothingSeen) | None => Say::ScanAim,
    }
}

/// The line of a prompt.
pub(crate) fn of_prompt(prompt: FacePrompt) -> Say {
    match prompt {
        FacePrompt::TurnLeft => Say::DoTurnLeft,
        FacePrompt::TurnRight => Say::DoTurnRight,
        FacePrompt::OpenMouth => Say::DoOpenMouth,
        FacePrompt::Nod => Say::DoNod,
        FacePrompt::LookStraight => Say::DoLookStraight,
        FacePrompt::ComeCloser => Say::DoComeCloser,
        FacePrompt::Blink => Say::DoBlink,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_is_there_in_both_languages_and_each_in_its_own() {
        let is_chinese = |text: &str| {
            text.chars()
                .any(|sign| ('\u{4e00}'..='\u{9fff}').contains(&sign))
        };
        for say in Say::ALL {
            let (zh, en) = (say.text(TextLanguage::Zh), say.text(TextLanguage::En));
            assert!(is_chinese(zh), "{say:?}: {zh}");
            assert!(!en.is_empty() && !is_chinese(en), "{say:?}: {en}");
        }
    }
}

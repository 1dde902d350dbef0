//! Codes that only the phone knows, with their texts; the others are the protocol's.

use quanshengshi_protocol::refusal::RefusalCode;
use quanshengshi_rules::language::Language;

macro_rules! own_codes {
    ($($(#[$doc:meta])* $name:ident $code:literal $zh:literal $en:literal;)*) => {
        /// A code that only this side of the crossing knows.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum OwnCode { $($(#[$doc])* $name,)* }

        impl OwnCode {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The code as it crosses.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// The text for a person.
            pub const fn text(self, language: Language) -> &'static str {
                match (self, language) {
                    $((Self::$name, Language::Zh) => $zh, (Self::$name, Language::En) => $en,)*
                }
            }
        }
    };
}

own_codes! {
    /// The call was cancelled.
    Cancelled "CANCELLED" "已取消" "Cancelled";
    /// The device has to be unlocked.
    DeviceLocked "DEVICE_LOCKED" "请先解锁手机" "Unlock the phone first";
    /// The device key cannot be used.
    DeviceKey "DEVICE_KEY" "手机密钥无法使用，请重新启动应用" "The key of this phone cannot be used. Restart the app";
    /// The key of a vault is gone.
    VaultKeyGone "VAULT_KEY_GONE" "手机上的证照已无法打开，请清空后重新下载" "The certificates on this phone can no longer be opened. Clear them and download again";
    /// A vault is damaged.
    VaultDamaged "VAULT_DAMAGED" "手机上的证照数据已损坏，请清空后重新下载" "The certificates on this phone are damaged. Clear them and download again";
    /// A vault is older than it was.
    VaultRolledBack "VAULT_ROLLED_BACK" "手机上的证照被换成了较早的备份，请清空后重新下载" "The certificates on this phone were replaced by an older copy. Clear them and download again";
    /// A vault is open elsewhere.
    VaultInUse "VAULT_IN_USE" "证照正在被另一个窗口使用" "The certificates are open in another window";
    /// A vault failed otherwise.
    Vault "VAULT_FAILED" "证照数据无法读写，请重新启动应用" "The certificates cannot be read or written. Restart the app";
    /// The disk is full.
    DiskFull "DISK_FULL" "手机存储空间不足" "There is no space left on this phone";
    /// No such certificate is kept.
    CopyNotKept "COPY_NOT_KEPT" "手机上没有这份证照，请重新下载" "This certificate is not on this phone. Download it again";
    /// What a copy is handed on for is not told, or too long.
    CopyPurpose "COPY_PURPOSE" "请填写用途，最多 20 字" "Say what it is for, in at most 20 characters";
    /// A certificate that does not hold is not handed on.
    CopyViewOnly "COPY_VIEW_ONLY" "这张证照已失效或印章无效，可以查看，不能发给别人" "This certificate does not hold or its seal is broken. It can be viewed, not handed on";
    /// A copy is not what was signed.
    CopyDamaged "COPY_DAMAGED" "这份证照副本无法核验，请重新下载" "This copy cannot be verified. Download it again";
    /// The task opens certificates of somebody else than this phone's people.
    OtherPerson "OTHER_PERSON" "本次不是这台手机的本人。请用本人的手机，或先退出登录" "This is not about the person of this phone. Use their own phone, or sign out first";
    /// The camera may not be used; the system may be asked again.
    CameraDenied "CAMERA_DENIED" "需要使用相机，请点“允许”" "The camera is needed. Allow it";
    /// The camera may not be used, and only the settings can change it.
    CameraDeniedForever "CAMERA_DENIED_FOREVER" "相机权限已关闭，请到系统设置中打开" "The camera is switched off for this app. Allow it in the system settings";
    /// The camera is used by another app.
    CameraBusy "CAMERA_BUSY" "相机正被其他应用使用，请关闭后重试" "Another app is using the camera. Close it and try again";
    /// There is no camera.
    CameraNone "CAMERA_NONE" "这台设备没有可用的相机，请选择其他办法" "This device has no camera that can be used. Choose another way";
    /// The capture is not finished.
    CaptureUnfinished "CAPTURE_UNFINISHED" "人脸采集尚未完成" "The face check is not finished";
    /// The pictures cannot be sent.
    Evidence "EVIDENCE_PICTURES" "画面无法发送，请重试" "The pictures cannot be sent. Try again";
    /// A frame is not later than the one before.
    FrameOrder "FRAME_ORDER" "画面顺序有误，请重试" "The camera pictures are out of order. Try again";
    /// Bytes do not fit the shape of the frame.
    FrameShape "FRAME_SHAPE" "画面格式有误，请重试" "The camera pictures have a wrong format. Try again";
    /// An answer of the portal was not understood.
    AnswerMalformed "ANSWER_MALFORMED" "服务器的回答无法识别，请更新应用" "The answer of the server was not understood. Update the app";
    /// The settings cannot be used.
    Config "CONFIG" "应用设置有误，请重新安装应用" "The app is set up wrongly. Install it again";
    /// A pin of the settings is none.
    ConfigPins "CONFIG_PINS" "应用设置有误，请重新安装应用" "The app is set up wrongly. Install it again";
    /// A portal key of the settings is none.
    ConfigPortalKeys "CONFIG_PORTAL_KEYS" "应用设置有误，请重新安装应用" "The app is set up wrongly. Install it again";
    /// The seal of a file does not hold.
    SealBroken "SEAL_BROKEN" "文件的电子印章无效，没有保存。请联系发证机关" "The seal of the file is broken, so it was not kept. Ask the issuing authority";
    /// A trust anchor of seals is no key certificate.
    SealRoot "SEAL_ROOT" "印章根证书无法读取，需要 DER 或 PEM 格式的 X.509 证书" "The root certificate of seals cannot be read: an X.509 certificate in DER or PEM is needed";
    /// A revocation list cannot be read.
    SealList "SEAL_REVOCATION_LIST" "吊销列表无法读取，需要 DER 或 PEM 格式" "The revocation list cannot be read: DER or PEM is needed";
    /// The step is not possible now.
    Step "STEP_ORDER" "这一步现在不能进行" "This step is not possible now";
    /// A file is no OFD the reader accepts.
    FileUnreadable "FILE_UNREADABLE" "这不是可以打开的 OFD 证照文件" "This is not a certificate file (OFD) that can be opened";
    /// A file is no PDF, or one that was cut or made to be dear.
    PdfUnreadable "PDF_UNREADABLE" "这不是可以打开的 PDF 文件" "This is not a PDF that can be opened";
    /// A PDF that only opens with a password.
    PdfLocked "PDF_LOCKED" "这份 PDF 有密码，请用其他应用打开" "This PDF has a password. Open it with another app";
    /// A page of a file is missing or cannot be read.
    PageUnreadable "PAGE_UNREADABLE" "文件中没有这一页，或这一页无法读取" "The file does not have this page, or the page cannot be read";
    /// A page of a file cannot be drawn.
    PageUndrawn "PAGE_UNDRAWN" "这一页太大或太复杂，无法显示" "This page is too large or too heavy to be shown";
    /// The work was interrupted.
    Stopped "STOPPED" "操作被中断，请重试" "The work was interrupted. Try again";
}

/// The text of any code for a person; none for a code this version does not know. `{n}` and
/// `{action}` are places for details.
pub fn text_of(code: &str, language: Language) -> Option<&'static str> {
    let own = OwnCode::ALL.iter().find(|own| own.code() == code);
    own.map(|own| own.text(language))
        .or_else(|| RefusalCode::from_code(code).map(|refusal| refusal.text(language)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_own_code_is_new_and_has_both_texts() {
        for own in OwnCode::ALL {
            let twins = OwnCode::ALL.iter().filter(|twin| twin.code() == own.code());
            assert_eq!(twins.count(), 1, "{}", own.code());
            assert_eq!(RefusalCode::from_code(own.code()), None, "{}", own.code());
            let zh = text_of(own.code(), Language::Zh).unwrap();
            let en = text_of(own.code(), Language::En).unwrap();
            assert!(!zh.is_ascii() && en.is_ascii() && !en.is_empty());
        }
        assert_eq!(text_of("NEW_THING", Language::Zh), None);
        assert!(text_of("QR_EXPIRED", Language::En).is_some());
    }
}

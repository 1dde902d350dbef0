//! What a message says: the one table of texts that go out by SMS and are no codes.
//!
//! Chinese is what is sent; the English stands beside it for pages that show a message. Nothing
//! personal stands in a text: a phone shows it on its locked screen.

use quanshengshi_rules::language::Language;

use crate::review::reason::Reason;

/// A message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// People looked at the materials and said yes (requirements MR-04, MR-08).
    ReviewApproved,
    /// People looked and sent them back (requirements MR-05 to MR-07).
    ReviewReturned {
        /// Why.
        reasons: Vec<Reason>,
    },
    /// People looked at a face: the account is real-name.
    FaceRealName,
    /// People looked at a face: its certificates can be opened for a day.
    FaceCertificates,
    /// People looked at a face and said no.
    FaceRefused,
    /// An account was registered with this number.
    AccountRegistered,
    /// A phone confirmed something for the account for the first time.
    DeviceEnrolled,
    /// A file of a certificate was handed out.
    CertificateDownloaded,
}

impl Notice {
    /// The word in the database.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::ReviewApproved => "review-approved",
            Self::ReviewReturned { .. } => "review-returned",
            Self::FaceRealName => "face-real-name",
            Self::FaceCertificates => "face-certificates",
            Self::FaceRefused => "face-refused",
            Self::AccountRegistered => "account-registered",
            Self::DeviceEnrolled => "device-enrolled",
            Self::CertificateDownloaded => "certificate-downloaded",
        }
    }

    /// The text in a language.
    pub fn text(&self, language: Language) -> String {
        let fixed = |zh: &str, en: &str| language.pick(zh, en).to_owned();
        match self {
            Self::ReviewApproved => fixed(
                "人工审核已通过，账号可以登录。首次办理证照仍需刷脸确认。",
                "Your application was approved. You can sign in; the first certificate still needs your face.",
            ),
            Self::ReviewReturned { reasons } => {
                let words: Vec<&str> = reasons
                    .iter()
                    .map(|reason| reason.label(language))
                    .collect();
                match language {
                    Language::Zh => format!(
                        "人工审核已退回，请核对：{}。可以重新注册，请仔细填写。",
                        words.join("、")
                    ),
                    Language::En => format!(
                        "Your application was returned. Check: {}. You can register again.",
                        words.join(", ")
                    ),
                }
            }
            Self::FaceRealName => fixed(
                "人脸核对已通过，账号已完成实名认证，可以登录。",
                "Your face was checked by people: your account is confirmed and you can sign in.",
            ),
            Self::FaceCertificates => fixed(
                "人脸核对已通过。请在 24 小时内登录，到“用户空间—记录”里打开证照。",
                "Your face was checked by people. Sign in within 24 hours and open the certificate from your activity page.",
            ),
            Self::FaceRefused => fixed(
                "人脸核对未通过。可以重新发起，或带证件到当地窗口办理。",
                "The face check was not passed. Start again, or go to a service window with your document.",
            ),
            Self::AccountRegistered => fixed(
                "有人用这个手机号注册了账号。不是您本人，请拨打 12345。",
                "An account was registered with this number. If that was not you, call 12345.",
            ),
            Self::DeviceEnrolled => fixed(
                "一台新手机刚为您的账号完成确认。不是您本人，请修改密码并停用该手机。",
                "A new phone has just confirmed for your account. If that was not you, change your password and revoke the phone.",
            ),
            Self::CertificateDownloaded => fixed(
                "您账号里的证照刚被下载。不是您本人，请修改密码。",
                "A certificate of your account was just downloaded. If that was not you, change your password.",
            ),
        }
    }

    /// What goes to the gateway.
    pub fn message(&self) -> String {
        format!("【黑龙江政务服务】{}", self.text(Language::Zh))
    }
}

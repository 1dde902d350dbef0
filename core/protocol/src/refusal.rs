//! The one table of what can go wrong between the portal and the phone (protocol 5.7).

use quanshengshi_rules::language::Language;

/// What the person or the app should do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NextStep {
    /// Scan the code on the screen again.
    ScanAgain,
    /// Start again on the PC.
    NewTask,
    /// Follow the hint; nothing is lost.
    FollowHint,
    /// Do the face capture again.
    NewAttempt,
    /// Try the same again a little later.
    TryLater,
    /// Another way: another method, manual review or a service window.
    OtherWay,
    /// Nothing more to do here.
    Stop,
}

macro_rules! refusals {
    ($($(#[$doc:meta])* $name:ident $code:literal $next:ident $zh:literal $en:literal;)*) => {
        /// A code of the table.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum RefusalCode { $($(#[$doc])* $name,)* }

        impl RefusalCode {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The code as it stands on the wire.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// The text for a person; `{n}` and `{action}` are places for details.
            pub const fn text(self, language: Language) -> &'static str {
                match (self, language) {
                    $((Self::$name, Language::Zh) => $zh,
                      (Self::$name, Language::En) => $en,)*
                }
            }

            /// What to do next.
            pub const fn next_step(self) -> NextStep {
                match self { $(Self::$name => NextStep::$next,)* }
            }
        }
    };
}

refusals! {
    /// Not a code of this portal.
    QrNotOurs "QR_NOT_OURS" ScanAgain "这不是黑龙江政务服务网的认证码" "This is not a code of the Heilongjiang service portal";
    /// The small code that offers the app.
    QrIsDownloadLink "QR_IS_DOWNLOAD_LINK" ScanAgain "这是下载码，请扫屏幕上方的二维码" "This code downloads the app. Scan the large code at the top of the screen";
    /// Too old.
    QrExpired "QR_EXPIRED" ScanAgain "二维码已过期，请扫电脑上最新的二维码" "This code has expired. Scan the new one on the computer";
    /// Another phone was first.
    QrAlreadyUsed "QR_ALREADY_USED" NewTask "该二维码已被另一台手机使用。如非本人操作请在电脑上刷新" "Another phone has used this code. If that was not you, refresh the page on the computer";
    /// Our path, but changed.
    QrTampered "QR_TAMPERED" ScanAgain "二维码内容不完整，请重新扫描" "The code is incomplete. Scan it again";
    /// The person said no.
    TaskRejected "TASK_REJECTED" Stop "您已拒绝本次操作" "You declined";
    /// A time limit passed.
    TaskExpired "TASK_EXPIRED" NewTask "操作已超时，请在电脑上重新开始" "Time is up. Start again on the computer";
    /// The PC gave up.
    TaskCancelled "TASK_CANCELLED" NewTask "电脑端已取消" "Cancelled on the computer";
    /// No such task for this device.
    TaskUnknown "TASK_UNKNOWN" NewTask "没有找到这次操作，请重新扫码" "This request was not found. Scan again";
    /// The step does not fit the state of the task.
    TaskState "TASK_STATE" NewTask "这一步已经完成或已结束，请重新扫码" "This step is already over. Scan again";
    /// What was agreed to is not what the task says.
    TxnMismatch "TXN_MISMATCH" NewTask "操作内容已变化，请重新扫码" "The request has changed. Scan again";
    /// Face processing needs its own consent.
    ConsentRequired "CONSENT_REQUIRED" OtherWay "需要您单独同意处理人脸信息，也可以选择其他办法" "Your separate consent for the face check is needed, or choose another way";
    /// Too dark.
    QualityDark "QUALITY_DARK" FollowHint "光线太暗，请面向光源" "Too dark. Face the light";
    /// Too bright.
    QualityBright "QUALITY_BRIGHT" FollowHint "太亮，避免逆光" "Too bright. Avoid light from behind";
    /// Blurred.
    QualityBlur "QUALITY_BLUR" FollowHint "请保持稳定" "Hold still";
    /// Reflections on glasses.
    QualityGlare "QUALITY_GLARE" FollowHint "镜片反光，请稍低头或摘下眼镜" "Your glasses reflect. Lower your head a little or take them off";
    /// Too far.
    QualityFar "QUALITY_FAR" FollowHint "请靠近" "Come closer";
    /// Too near.
    QualityNear "QUALITY_NEAR" FollowHint "请远离" "Move back";
    /// Not in the middle.
    QualityOffCentre "QUALITY_OFF_CENTRE" FollowHint "请将脸移到框内" "Move your face into the frame";
    /// Head not straight.
    QualityTilt "QUALITY_TILT" FollowHint "请正对屏幕" "Face the screen";
    /// Something covers the face.
    QualityOccluded "QUALITY_OCCLUDED" FollowHint "请摘下口罩、帽子" "Take off mask and hat";
    /// More than one face.
    QualityMultiple "QUALITY_MULTIPLE" FollowHint "画面中只能有一人" "Only one person may be in the picture";
    /// No face.
    QualityNone "QUALITY_NONE" FollowHint "未检测到人脸" "No face found";
    /// A prompt was not done.
    LivenessActionMissed "LIVENESS_ACTION_MISSED" NewAttempt "未完成动作：{action}" "Not done: {action}";
    /// Prompts in another order.
    LivenessOrder "LIVENESS_ORDER" NewAttempt "动作顺序不符" "The order of movements was different";
    /// Out of time.
    LivenessTimeout "LIVENESS_TIMEOUT" NewAttempt "超时，请再试一次" "Time is up. Try again";
    /// Nothing alive was seen.
    LivenessStatic "LIVENESS_STATIC" NewAttempt "未检测到真人活动" "No living person was detected";
    /// Another person on the way.
    LivenessSwapped "LIVENESS_SWAPPED" NewAttempt "画面中途更换了人" "The person changed during the check";
    /// Not the person of the register.
    FaceMismatch "FACE_MISMATCH" NewAttempt "人脸与登记照片不一致" "The face does not match the photo on file";
    /// The register holds no photo.
    RefPhotoMissing "REF_PHOTO_MISSING" OtherWay "暂无可比对照片，请选择其他方式" "There is no photo to compare with. Choose another way";
    /// Evidence that was seen before.
    EvidenceReplayed "EVIDENCE_REPLAYED" NewAttempt "认证数据无效，请重新开始" "The check is not valid. Start again";
    /// A signature that does not hold.
    EvidenceSignature "EVIDENCE_SIGNATURE" NewAttempt "认证数据无效，请重新开始" "The check is not valid. Start again";
    /// A challenge that was answered or ended.
    EvidenceChallengeUsed "EVIDENCE_CHALLENGE_USED" NewAttempt "认证数据无效，请重新开始" "The check is not valid. Start again";
    /// A picture that is not the one signed.
    EvidenceDigest "EVIDENCE_DIGEST" NewAttempt "认证数据无效，请重新开始" "The check is not valid. Start again";
    /// Bytes that are not evidence.
    EvidenceMalformed "EVIDENCE_MALFORMED" NewAttempt "认证数据无效，请重新开始" "The check is not valid. Start again";
    /// The same key with other bytes.
    IdempotencyConflict "IDEMPOTENCY_CONFLICT" NewAttempt "认证数据无效，请重新开始" "The check is not valid. Start again";
    /// The device was revoked.
    DeviceRevoked "DEVICE_REVOKED" Stop "此设备已停用" "This device has been disabled";
    /// The device is not trusted.
    DeviceUntrusted "DEVICE_UNTRUSTED" Stop "当前设备环境存在风险" "This device cannot be trusted";
    /// The device is not enrolled here.
    DeviceUnknown "DEVICE_UNKNOWN" TryLater "此设备尚未登记，请重试" "This device is not enrolled. Try again";
    /// Too many tries for this person.
    SubjectLimit "SUBJECT_LIMIT" OtherWay "尝试次数过多，请 {n} 后再试或选择人工审核" "Too many tries. Try again after {n}, or choose manual review";
    /// Too many tries on this device.
    DeviceLimit "DEVICE_LIMIT" TryLater "尝试次数过多，请 {n} 后再试或选择人工审核" "Too many tries. Try again after {n}, or choose manual review";
    /// The confirm code was wrong.
    ConfirmCodeWrong "CONFIRM_CODE_WRONG" FollowHint "确认码错误" "Wrong code";
    /// The app is too old for this task.
    AppTooOld "APP_TOO_OLD" Stop "应用版本过低，请下载新版" "This app is too old. Download the new version";
    /// The certificate is not there for this account.
    CertNotFound "CERT_NOT_FOUND" NewTask "没有找到这份证照" "This certificate was not found";
    /// The legal representative has changed.
    LegalRepChanged "LEGAL_REP_CHANGED" NewTask "法定代表人已变更，请由现任法定代表人办理" "The legal representative has changed. The present one must do this";
    /// Typed digits that no page shows now.
    TypedCodeWrong "TYPED_CODE_WRONG" ScanAgain "数字不对或已过期，请输入电脑上最新的 9 位数字" "These digits are wrong or too old. Type the nine digits on the screen now";
    /// Other acts were asked for too often.
    VariantLimit "VARIANT_LIMIT" OtherWay "更换动作次数已用完，请按现在的动作完成，或选择其他办法" "The acts cannot be changed any more. Do the present ones, or choose another way";
    /// The ticket was used.
    TicketUsed "TICKET_USED" NewTask "下载凭证已使用，请重新申请" "This download was already used. Ask again";
    /// The ticket is too old.
    TicketExpired "TICKET_EXPIRED" NewTask "下载凭证已过期，请重新申请" "This download has expired. Ask again";
    /// No network.
    NetOffline "NET_OFFLINE" TryLater "网络不可用" "No network";
    /// No answer in time.
    NetTimeout "NET_TIMEOUT" TryLater "网络超时，请重试" "The network is too slow. Try again";
    /// The portal is not the one the app trusts.
    NetUntrusted "NET_UNTRUSTED" Stop "无法确认服务器身份，已停止" "The server could not be verified. Stopped";
    /// The portal cannot answer now.
    ServerBusy "SERVER_BUSY" TryLater "系统繁忙，请稍后再试" "The system is busy. Try again later";
    /// The request is not one the portal understands.
    RequestMalformed "REQUEST_MALFORMED" Stop "请求无法识别，请更新应用" "The request was not understood. Update the app";
}

impl RefusalCode {
    /// The code of a word on the wire.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|item| item.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_read_back() {
        for code in RefusalCode::ALL {
            assert_eq!(RefusalCode::from_code(code.code()), Some(*code));
        }
        assert_eq!(RefusalCode::from_code(""), None);
    }

    #[test]
    fn every_text_exists_in_both_languages_and_blames_nobody() {
        for code in RefusalCode::ALL {
            let (zh, en) = (code.text(Language::Zh), code.text(Language::En));
            assert!(
                zh.chars()
                    .any(|sign| ('\u{4e00}'..='\u{9fff}').contains(&sign)),
                "{zh}"
            );
            assert!(en.is_ascii() && !en.is_empty(), "{en}");
            assert!(!zh.contains('！') && !zh.contains("您输入有误"), "{zh}");
            for place in ["{n}", "{action}"] {
                assert_eq!(zh.contains(place), en.contains(place), "{}", code.code());
            }
        }
    }

    #[test]
    fn a_hint_of_quality_never_costs_an_attempt() {
        for code in RefusalCode::ALL
            .iter()
            .filter(|code| code.code().starts_with("QUALITY_"))
        {
            assert_eq!(code.next_step(), NextStep::FollowHint);
        }
    }
}

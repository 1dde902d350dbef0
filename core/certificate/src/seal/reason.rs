//! Why a seal does not hold, or is not trusted.

use quanshengshi_rules::language::Language;

macro_rules! reasons {
    ($($(#[$doc:meta])* $variant:ident $code:literal $zh:literal $en:literal)*) => {
        /// One finding about a signature.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Reason {
            $(#[doc = concat!("`", $code, "`: ", $en)] $variant,)*
        }

        impl Reason {
            /// Every reason.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The code as it is printed and logged; it never changes its meaning.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// The sentence for the person.
            pub fn text(self, language: Language) -> &'static str {
                match self { $(Self::$variant => language.pick($zh, $en),)* }
            }
        }
    };
}

reasons! {
    NotAnOfd "NOT_AN_OFD"
        "文件不是可读的 OFD。" "The file is no readable OFD."
    ListUnreadable "SIGNATURE_LIST_UNREADABLE"
        "签名清单缺失或损坏。" "The list of signatures is missing or damaged."
    SignatureUnreadable "SIGNATURE_UNREADABLE"
        "签名描述文件缺失或损坏。" "The description of a signature is missing or damaged."
    NothingReferenced "NOTHING_REFERENCED"
        "签名没有保护任何文件。" "The signature protects no file."
    ReferenceMissing "REFERENCE_MISSING"
        "签名保护的文件不在了。" "A file the signature protects is gone."
    DigestMethodUnknown "DIGEST_METHOD_UNKNOWN"
        "摘要算法不受支持。" "The digest method is not supported."
    ContentChanged "CONTENT_CHANGED"
        "签名以后，文件内容被改动过。" "The content was changed after it was signed."
    SignatureFileChanged "SIGNATURE_FILE_CHANGED"
        "签名以后，签名描述文件被改动过。" "The description of the signature was changed after signing."
    SignedValueUnreadable "SIGNED_VALUE_UNREADABLE"
        "签名值缺失或格式不对。" "The signed value is missing or malformed."
    AlgorithmUnknown "ALGORITHM_UNKNOWN"
        "签名算法不是国密 SM2。" "The signature algorithm is not SM2 with SM3."
    SignerKeyAbsent "SIGNER_KEY_ABSENT"
        "文件里没有签名人的证书，无法核验。" "The file names no signer, so the signature cannot be checked."
    SignerSignatureWrong "SIGNER_SIGNATURE_WRONG"
        "签章人的签名不正确。" "The signer's signature is wrong."
    SealSignatureWrong "SEAL_SIGNATURE_WRONG"
        "印章不是制章单位签发的。" "The seal was not signed by its maker."
    SignerNotInSeal "SIGNER_NOT_IN_SEAL"
        "签章人不在印章的授权名单里。" "The signer is not among those the seal allows."
    SealOutsideValidity "SEAL_OUTSIDE_VALIDITY"
        "签章时印章不在有效期内。" "The seal was not valid when it was used."
    SignedInFuture "SIGNED_IN_FUTURE"
        "签章时间在将来。" "The time of signing lies in the future."
    SignerRevoked "SIGNER_REVOKED"
        "签章人的证书在签章前已被吊销。" "The signer's key certificate had been revoked."
    MakerRevoked "MAKER_REVOKED"
        "制章单位的证书在签章前已被吊销。" "The seal maker's key certificate had been revoked."
    SignerIssuerUnknown "SIGNER_ISSUER_UNKNOWN"
        "不认识签章人证书的签发机构。" "The issuer of the signer's key certificate is not known."
    MakerIssuerUnknown "MAKER_ISSUER_UNKNOWN"
        "不认识制章单位证书的签发机构。" "The issuer of the seal maker's key certificate is not known."
    SignerOutsideValidity "SIGNER_OUTSIDE_VALIDITY"
        "签章时签章人的证书不在有效期内。" "The signer's key certificate was not valid at signing."
    MakerOutsideValidity "MAKER_OUTSIDE_VALIDITY"
        "签章时制章单位的证书不在有效期内。" "The seal maker's key certificate was not valid at signing."
    SignerUsage "SIGNER_USAGE"
        "签章人的证书不能用于签名。" "The signer's key certificate is not for signing."
    MakerUsage "MAKER_USAGE"
        "制章单位的证书不能用于签名。" "The seal maker's key certificate is not for signing."
}

impl Reason {
    /// Whether the seal may still be intact: only who stands behind it is not known.
    pub fn leaves_intact(self) -> bool {
        matches!(
            self,
            Self::SignerIssuerUnknown
                | Self::MakerIssuerUnknown
                | Self::SignerOutsideValidity
                | Self::MakerOutsideValidity
                | Self::SignerUsage
                | Self::MakerUsage
        )
    }
}

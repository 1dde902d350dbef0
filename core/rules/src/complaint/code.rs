//! The one table of rule codes and their texts (requirement PR-17).
//!
//! A text says what is wrong and what to do next, in at most two short sentences. The codes are
//! sent and logged; they never change their meaning.

use std::fmt;

use crate::language::Language;

macro_rules! table {
    ($($variant:ident $code:literal $zh:literal $en:literal)*) => {
        /// A rule, by its code.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Code {
            $(#[doc = concat!("`", $code, "`: ", $en)] $variant,)*
        }

        impl Code {
            /// Every code of the table.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The code as it is sent and logged.
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

table! {
    RegTypeUnknown "REG_TYPE_UNKNOWN"
        "请选择注册类型：个人或法人。"
        "Choose the kind of account: personal or enterprise."
    RegDocUnsupported "REG_DOC_UNSUPPORTED"
        "不能用这种证件注册。请用身份证、社保卡、普通护照、港澳居民来往内地通行证、台湾居民来往大陆通行证或外国人永久居留证，也可以走人工审核。"
        "This document cannot be used. Use one of the six listed kinds, or ask for a manual review."
    RegDocKindWrong "REG_DOC_KIND_WRONG"
        "这个号码属于另一种证件，请核对证件类型。"
        "This number belongs to another kind of document. Check the kind you chose."
    RegDocNumberFormat "REG_DOC_NUMBER_FORMAT"
        "证件号码的格式不对，请对照证件填写。"
        "The document number does not have the right form. Copy it from the document."
    RegDocNumberOldForm "REG_DOC_NUMBER_OLD_FORM"
        "这是旧版证件号码，校验可能需要人工审核。"
        "This is an older form of the number. It may need a manual review."
    RegDocNumberChecksum "REG_DOC_NUMBER_CHECKSUM"
        "证件号码有一位不对，请逐位核对。"
        "One character of the document number is wrong. Check it character by character."
    RegNameFormat "REG_NAME_FORMAT"
        "姓名里有不能用的字符，请按证件填写。"
        "The name holds a character that cannot be used. Copy it from the document."
    RegNameLength "REG_NAME_LENGTH"
        "姓名应为 2 至 50 个字，请按证件填写。"
        "A name has 2 to 50 characters. Copy it from the document."
    RegNamePua "REG_NAME_PUA"
        "姓名里有非标准的生僻字编码，请用输入法重新选择标准的字。"
        "The name holds a non-standard character code. Pick the standard character instead."
    RegIdLength "REG_ID_LENGTH"
        "身份证号码应为 18 位，请核对。"
        "An ID number has 18 characters. Please check it."
    RegIdCharset "REG_ID_CHARSET"
        "身份证号码只能有数字，最后一位可以是 X。"
        "An ID number holds digits only; the last may be X."
    RegIdBirthdate "REG_ID_BIRTHDATE"
        "身份证号码里的出生日期不对，请核对。"
        "The date of birth in the ID number is not a real date. Please check it."
    RegIdRegion "REG_ID_REGION"
        "身份证号码开头的地区代码不对，请核对。"
        "The region at the start of the ID number does not exist. Please check it."
    RegIdRegionUnknown "REG_ID_REGION_UNKNOWN"
        "没有查到号码开头的地区，请核对；旧地区代码可以继续。"
        "We do not know the region of this number. Check it; an old region is fine."
    RegIdChecksum "REG_ID_CHECKSUM"
        "身份证号码有一位不对，请逐位核对。"
        "One character of the ID number is wrong. Check it character by character."
    RegId15Digit "REG_ID_15_DIGIT"
        "这是 15 位旧号码，请填写 18 位号码。"
        "This is an old 15-digit number. Enter the 18-character number."
    RegValidityFormat "REG_VALIDITY_FORMAT"
        "请按证件背面填写日期，例如 2016.03.07；长期有效请填“长期”。"
        "Copy the dates from the back of the card, such as 2016.03.07, or 长期 for long-term."
    RegValidityOrder "REG_VALIDITY_ORDER"
        "有效期止应晚于有效期起，请核对证件背面。"
        "The last day must be after the first day. Check the back of the card."
    RegValidityExpired "REG_VALIDITY_EXPIRED"
        "证件已过有效期，请换用新证件。"
        "The document has expired. Use a new one."
    RegValidityFuture "REG_VALIDITY_FUTURE"
        "有效期起是将来的日期，请核对证件背面。"
        "The first day lies in the future. Check the back of the card."
    RegValidityTermMismatch "REG_VALIDITY_TERM_MISMATCH"
        "选择的年限与起止日期不符，请核对证件背面。"
        "The term you chose does not fit the dates. Check the back of the card."
    RegValidityTermUnusual "REG_VALIDITY_TERM_UNUSUAL"
        "这个年限与领证时的年龄不常见，请再看一眼证件背面。"
        "This term is unusual for the age at issue. Have another look at the back of the card."
    RegValidityStartOld "REG_VALIDITY_START_OLD"
        "二代身份证从 2004 年开始发放，请再看一眼有效期起。"
        "Cards of this kind were first issued in 2004. Have another look at the first day."
    RegConsentRequired "REG_CONSENT_REQUIRED"
        "请先阅读协议并勾选同意。"
        "Read the agreement and tick the box first."
    RegMobileFormat "REG_MOBILE_FORMAT"
        "请填写 11 位手机号。"
        "Enter an 11-digit mobile number."
    RegMobileLandline "REG_MOBILE_LANDLINE"
        "这是座机号，收不到短信。请填写 11 位手机号。"
        "This is a landline and cannot receive messages. Enter a mobile number."
    RegMobileUnusual "REG_MOBILE_UNUSUAL"
        "这个号段不常见，请核对手机号。"
        "This number range is unusual. Please check the number."
    RegMobileTaken "REG_MOBILE_TAKEN"
        "该手机号已注册。请直接登录，或换一个手机号。"
        "This mobile number is already registered. Sign in, or use another number."
    RegPasswordWeak "REG_PASSWORD_WEAK"
        "密码至少 10 位，要有字母和数字，不能是常见密码，也不能含账号或手机号。"
        "Use at least 10 characters with letters and digits, not a common password, without your account or mobile number."
    RegRegionNotHlj "REG_REGION_NOT_HLJ"
        "外省用户请选择“黑龙江省”。"
        "From another province? Choose Heilongjiang province."
    RegPersonExists "REG_PERSON_EXISTS"
        "该证件已注册，请直接登录。"
        "This document is already registered. Sign in instead."
    RegIdentityMismatch "REG_IDENTITY_MISMATCH"
        "身份信息校验失败。请依次核对证件背面的有效期、姓名和证件号码。"
        "We could not match your details. Check the dates on the back of your card, then the name and the number."
    OrgNameFormat "ORG_NAME_FORMAT"
        "请按营业执照填写 2 至 100 个字的名称。"
        "Copy the name from the licence, 2 to 100 characters."
    OrgNameBracket "ORG_NAME_BRACKET"
        "名称里的括号请用英文括号 ( )。"
        "Use the brackets ( ) in the name."
    OrgNameBracketConverted "ORG_NAME_BRACKET_CONVERTED"
        "已把名称里的中文括号改为英文括号。"
        "Full-width brackets in the name were changed to ( )."
    UsccLength "USCC_LENGTH"
        "统一社会信用代码应为 18 位，请核对。"
        "A unified social credit code has 18 characters. Please check it."
    UsccCharset "USCC_CHARSET"
        "统一社会信用代码里有不能用的字符，注意没有字母 I、O、S、V、Z。"
        "The code holds a character that cannot be used; I, O, S, V and Z never occur."
    UsccDept "USCC_DEPT"
        "统一社会信用代码的第一位不对，请核对。"
        "The first character of the code does not exist. Please check it."
    UsccCategory "USCC_CATEGORY"
        "统一社会信用代码的前两位不对，请核对。"
        "The first two characters of the code do not go together. Please check them."
    UsccRegion "USCC_REGION"
        "统一社会信用代码的地区代码不对，请核对第 3 至 8 位。"
        "The region in the code does not exist. Check characters 3 to 8."
    UsccOrgCheck "USCC_ORG_CHECK"
        "代码里的组织机构代码校验位不常见，请再核对一遍。"
        "The inner organisation code is unusual. Please check it once more."
    UsccChecksum "USCC_CHECKSUM"
        "统一社会信用代码有一位不对，请逐位核对。"
        "One character of the code is wrong. Check it character by character."
    EntTypeUnknown "ENT_TYPE_UNKNOWN"
        "请选择企业类型。"
        "Choose the kind of enterprise."
    EntTypePrefixMismatch "ENT_TYPE_PREFIX_MISMATCH"
        "企业类型与统一社会信用代码不符，请检查企业类型是否选择有误。"
        "The kind of enterprise does not fit the code. Check the kind you chose."
    EntPrefixUnsupported "ENT_PREFIX_UNSUPPORTED"
        "这类代码还不能在线注册。可以走人工审核，或用国家政务服务平台账号登录。"
        "Codes of this kind cannot register online yet. Ask for a manual review, or use a national account."
    EntOutOfProvince "ENT_OUT_OF_PROVINCE"
        "这是外省的企业。请在登录页面点击“国家政务服务平台”登录。"
        "This enterprise is from another province. Sign in with a national account."
    EntInfoMismatch "ENT_INFO_MISMATCH"
        "企业信息校验失败。请依次核对企业名称与执照、括号、统一社会信用代码、企业类型。"
        "We could not match the enterprise. Check the name against the licence, the brackets, the code and the kind."
    EntExists "ENT_EXISTS"
        "该企业已注册，请直接登录。"
        "This enterprise is already registered. Sign in instead."
    MsaMobileMismatch "MSA_MOBILE_MISMATCH"
        "只能用市监局备案的手机号。如需更换，请先到当地工商窗口变更。"
        "Only the filed mobile number can be used. To change it, go to your local registration office first."
    MsaMobileNotFound "MSA_MOBILE_NOT_FOUND"
        "未查到您在市监局备案的手机号。"
        "We found no mobile number filed for this enterprise."
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn pr_17_every_code_is_unique_and_has_both_texts() {
        let codes: HashSet<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(codes.len(), Code::ALL.len());
        for code in Code::ALL {
            let (zh, en) = (code.text(Language::Zh), code.text(Language::En));
            assert!(!zh.is_ascii() && zh.ends_with('。'), "{code}");
            assert!(en.ends_with('.'), "{code}");
            assert!(!zh.contains('！') && !en.contains('!'), "{code}");
        }
    }
}

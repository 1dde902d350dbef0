//! The kinds of certificate that have a layout of their own.

mod cards;
mod landscape;
#[cfg(test)]
mod tests;

use super::WriteError;
use super::dressing::Slot;
use super::face;
use super::package::Picture;
use super::sheet::{PAGE_HEIGHT, PAGE_WIDTH, Sheet};
use crate::record::CertificateRecord;

/// The layout a certificate is drawn in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// 营业执照: across a page of A4, two columns.
    BusinessLicence,
    /// 食品经营许可证: the same in another colour and with other words.
    FoodPermit,
    /// 居民身份证: both faces of the card.
    IdentityCard,
    /// 社会保障卡: both faces of the card.
    SocialSecurityCard,
    /// Any other: title, holder, items, issuer.
    General,
}

/// What a layout is filled with.
#[derive(Debug)]
pub(super) struct Layout<'a> {
    pub(super) record: &'a CertificateRecord,
    pub(super) code: &'a str,
    pub(super) seal: Slot,
    pub(super) portrait: Option<&'a Picture<'a>>,
}

impl Layout<'_> {
    /// How the certificate stands, and when that was true.
    pub(super) fn state_line(&self) -> String {
        let status = &self.record.status;
        let (state, as_of) = (status.state.text_zh(), status.as_of.on_face());
        format!("状态：{state}（截至 {as_of}）")
    }
}

impl Kind {
    /// The kind of a record, by the name of its type.
    pub fn of(record: &CertificateRecord) -> Self {
        match record.type_name.as_str() {
            "营业执照" => Self::BusinessLicence,
            "食品经营许可证" => Self::FoodPermit,
            "居民身份证" | "中华人民共和国居民身份证" => Self::IdentityCard,
            "社会保障卡" | "中华人民共和国社会保障卡" => Self::SocialSecurityCard,
            _ => Self::General,
        }
    }

    /// Whether it has a place for a portrait.
    pub fn has_portrait(self) -> bool {
        matches!(self, Self::IdentityCard | Self::SocialSecurityCard)
    }

    /// Width and height of the page, in millimetres.
    pub fn size(self) -> (f32, f32) {
        match self {
            Self::BusinessLicence | Self::FoodPermit => landscape::SIZE,
            Self::IdentityCard | Self::SocialSecurityCard => cards::SIZE,
            Self::General => (PAGE_WIDTH, PAGE_HEIGHT),
        }
    }

    /// How wide the seal is, in millimetres.
    pub(super) fn seal_mm(self) -> f32 {
        match self {
            Self::IdentityCard | Self::SocialSecurityCard => cards::SEAL_MM,
            Self::BusinessLicence | Self::FoodPermit | Self::General => 40.0,
        }
    }

    /// Draws the face; gives the middle of the seal.
    pub(super) fn draw(
        self,
        sheet: &mut Sheet<'_>,
        layout: &Layout<'_>,
    ) -> Result<(f32, f32), WriteError> {
        match self {
            Self::BusinessLicence => landscape::draw(sheet, layout, &landscape::BUSINESS),
            Self::FoodPermit => landscape::draw(sheet, layout, &landscape::FOOD),
            Self::IdentityCard => cards::identity(sheet, layout),
            Self::SocialSecurityCard => cards::social(sheet, layout),
            Self::General => face::draw(sheet, layout.record, layout.code, layout.seal),
        }
    }
}

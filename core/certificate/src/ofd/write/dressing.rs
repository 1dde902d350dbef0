//! What stands on a face besides the record: portrait, verification code, and the place of the seal.

use crate::record::calendar::Moment;
use crate::seal::verify::Stamp;

/// What a face is dressed with; the default is a face with nothing but the record.
#[derive(Debug, Clone, Copy, Default)]
pub struct Dressing<'a> {
    /// The holder's portrait, PNG or JPEG; kinds without a place for one leave it out.
    pub portrait: Option<&'a [u8]>,
    /// What the verification code says; the certificate's identifier without one.
    pub code: Option<&'a str>,
    /// What stands where the seal belongs.
    pub seal: SealPlace<'a>,
}

/// What stands where the seal belongs.
#[derive(Debug, Clone, Copy, Default)]
pub enum SealPlace<'a> {
    /// Nothing; on a sample a plain ring marked 样例, which cannot be taken for a seal.
    #[default]
    Bare,
    /// A picture, PNG or JPEG. It proves nothing.
    Picture(&'a [u8]),
    /// Room for the seal that the file will be stamped with, and what the metadata say about it.
    Sealed(&'a SealMark),
}

/// What the metadata say about the seal of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealMark {
    /// The seal's name (ZZQZMC).
    pub name: String,
    /// Who signs (ZZQZR).
    pub signer: String,
    /// When (ZZQZSJ).
    pub at: Moment,
}

/// A written face that is still to be sealed.
#[derive(Debug, Clone, PartialEq)]
pub struct Face {
    /// The OFD.
    pub ofd: Vec<u8>,
    /// Where the seal belongs.
    pub stamp: Stamp,
}

/// What a layout has to do about the seal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    Bare,
    Picture,
    Free,
}

impl SealPlace<'_> {
    pub(super) fn slot(self) -> Slot {
        match self {
            Self::Bare => Slot::Bare,
            Self::Picture(_) => Slot::Picture,
            Self::Sealed(_) => Slot::Free,
        }
    }
}

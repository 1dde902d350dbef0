//! What the seals of a file look like and where they are stamped, for drawing.
//!
//! A drawn seal proves nothing; [`super::verify`] does.

use super::ses;
use super::signature_file::{self, Stamp};
use crate::ofd::read::archive::Archive;

/// A seal's picture and its places.
#[derive(Debug)]
pub(crate) struct StampedPicture {
    /// The entry of its `Signature.xml`.
    pub(crate) entry: String,
    /// Where.
    pub(crate) stamps: Vec<Stamp>,
    /// Whether the picture is an OFD itself, not pixels.
    pub(crate) is_ofd: bool,
    /// The picture.
    pub(crate) bytes: Vec<u8>,
}

/// The pictures of all seals, in the order of the list; `None` for one that cannot be read.
pub(crate) fn stamped(archive: &Archive) -> Vec<Option<StampedPicture>> {
    let Ok((names, _)) = signature_file::list(archive) else {
        return vec![None];
    };
    let read = names.iter().map(|name| {
        let file = signature_file::read(archive, name).ok()?;
        if file.stamps.is_empty() {
            return Some(StampedPicture {
                entry: name.clone(),
                stamps: Vec::new(),
                is_ofd: false,
                bytes: Vec::new(),
            });
        }
        let value = archive.read(file.signed_value.as_deref()?).ok()?;
        let (kind, bytes) = ses::read(&value).ok()?.seal.picture;
        Some(StampedPicture {
            entry: name.clone(),
            stamps: file.stamps,
            is_ofd: kind.eq_ignore_ascii_case("ofd"),
            bytes: bytes.to_vec(),
        })
    });
    read.collect()
}

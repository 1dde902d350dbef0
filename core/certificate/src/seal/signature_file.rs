//! `Signatures.xml` and `Signature.xml` (GB/T 33190 clause 18).

use std::collections::BTreeSet;

use crate::ofd::limits::MAX_SIGNATURES;
use crate::ofd::read::archive::{Archive, folder};
use crate::ofd::read::xml::{NodeExt, XmlText};
use crate::seal::reason::Reason;

/// Where a seal is stamped; millimetres on its page.
#[derive(Debug, Clone, PartialEq)]
pub struct Stamp {
    /// The page's identifier inside the document.
    pub page: String,
    /// Left, top, width, height.
    pub boundary: [f32; 4],
    /// The part that is shown, of a riding seal.
    pub clip: Option<[f32; 4]>,
}

/// One signature of a file, as its XML describes it.
#[derive(Debug)]
pub(super) struct SignatureFile {
    /// `Signature.xml` as it stands in the package: what the signed value's digest is of.
    pub(super) bytes: Vec<u8>,
    /// The entry of the signed value.
    pub(super) signed_value: Option<String>,
    /// How digests are made.
    pub(super) method: String,
    /// Every file it protects.
    pub(super) references: Vec<Reference>,
    /// Where it is stamped.
    pub(super) stamps: Vec<Stamp>,
    /// Entries that belong to the signature itself and cannot be covered by it.
    pub(super) own: BTreeSet<String>,
}

/// A protected file.
#[derive(Debug)]
pub(super) struct Reference {
    /// The entry, when there is one.
    pub(super) entry: Option<String>,
    /// Its digest in Base64, as written.
    pub(super) digest: String,
}

/// The entries of all signatures a package lists, and of the lists themselves; none when it lists
/// none. A list of more than [`MAX_SIGNATURES`] is not read.
pub(super) fn list(archive: &Archive) -> Result<(Vec<String>, BTreeSet<String>), Reason> {
    let root = archive.find("", "OFD.xml").ok_or(Reason::NotAnOfd)?;
    let bytes = archive.read(&root).map_err(|_| Reason::NotAnOfd)?;
    let text = XmlText::new(bytes).map_err(|_| Reason::NotAnOfd)?;
    let tree = text.tree().map_err(|_| Reason::NotAnOfd)?;
    let (mut signatures, mut lists) = (Vec::new(), BTreeSet::new());
    for node in tree.descendants().filter(|node| node.is("Signatures")) {
        let location = node.text().ok_or(Reason::ListUnreadable)?;
        let name = archive.find("", location).ok_or(Reason::ListUnreadable)?;
        let bytes = archive.read(&name).map_err(|_| Reason::ListUnreadable)?;
        let text = XmlText::new(bytes).map_err(|_| Reason::ListUnreadable)?;
        let tree = text.tree().map_err(|_| Reason::ListUnreadable)?;
        for node in tree.descendants().filter(|node| node.is("Signature")) {
            let location = node.attribute("BaseLoc").ok_or(Reason::ListUnreadable)?;
            let entry = archive.find(folder(&name), location);
            signatures.push(entry.ok_or(Reason::SignatureUnreadable)?);
            if signatures.len() > MAX_SIGNATURES {
                return Err(Reason::ListUnreadable);
            }
        }
        lists.insert(name);
    }
    Ok((signatures, lists))
}

/// Reads one `Signature.xml`.
pub(super) fn read(archive: &Archive, name: &str) -> Result<SignatureFile, Reason> {
    let unreadable = Reason::SignatureUnreadable;
    let bytes = archive.read(name).map_err(|_| unreadable)?;
    let text = XmlText::new(bytes.clone()).map_err(|_| unreadable)?;
    let tree = text.tree().map_err(|_| unreadable)?;
    let base = folder(name);
    let mut nodes = tree.descendants();
    let references = nodes.find(|node| node.is("References")).ok_or(unreadable)?;
    let listed = references.children().filter(|node| node.is("Reference"));
    let protected = listed.map(|node| Reference {
        entry: node
            .attribute("FileRef")
            .and_then(|location| archive.find(base, location)),
        digest: node
            .child_text("CheckValue")
            .unwrap_or("")
            .split_whitespace()
            .collect(),
    });
    let entry_of = |text: Option<&str>| archive.find(base, text?);
    let signed_value = tree.root_element().child_text("SignedValue");
    let signed_value = entry_of(signed_value);
    let seal = tree.descendants().find(|node| node.is("Seal"));
    let seal = entry_of(seal.and_then(|node| node.child_text("BaseLoc")));
    let stamps = tree.descendants().filter(|node| node.is("StampAnnot"));
    let stamps = stamps.filter_map(|node| {
        Some(Stamp {
            page: node.attribute("PageRef")?.to_owned(),
            boundary: node.numbers("Boundary")?.try_into().ok()?,
            clip: node
                .numbers("Clip")
                .and_then(|numbers| numbers.try_into().ok()),
        })
    });
    let own = [Some(name.to_owned()), signed_value.clone(), seal];
    Ok(SignatureFile {
        signed_value,
        method: references.attribute("CheckMethod").unwrap_or("").to_owned(),
        references: protected.collect(),
        stamps: stamps.collect(),
        own: own.into_iter().flatten().collect(),
        bytes,
    })
}

//! Files that travel inside an OFD, such as the data an invoice was printed from.

use super::archive::{Archive, folder};
use super::xml::{NodeExt, XmlText};

/// The most attachments that are listed.
const MAX_ATTACHMENTS: usize = 1000;

/// A file that travels inside an OFD. Nothing is known about what it holds; never open it unasked.
#[derive(Debug, Clone, PartialEq)]
pub struct Attachment {
    /// Its name, as the file says.
    pub name: String,
    /// Its kind, as the file says.
    pub format: String,
    /// Its length in bytes, if it is there.
    pub bytes: Option<u64>,
    /// Whether the file wants it shown.
    pub visible: bool,
    /// The entry of the package, if it is there.
    pub entry: Option<String>,
}

/// The attachments a list names; none if it cannot be read.
pub(super) fn read(archive: &Archive, base: &str, location: &str) -> Vec<Attachment> {
    let Some(name) = archive.find(base, location) else {
        return Vec::new();
    };
    let Some(text) = archive
        .read(&name)
        .ok()
        .and_then(|bytes| XmlText::new(bytes).ok())
    else {
        return Vec::new();
    };
    let Ok(tree) = text.tree() else {
        return Vec::new();
    };
    let listed = tree.descendants().filter(|node| node.is("Attachment"));
    let found = listed.take(MAX_ATTACHMENTS).map(|node| {
        let said = |name| node.attribute(name).unwrap_or("").to_owned();
        let entry = node
            .child_text("FileLoc")
            .and_then(|location| archive.find(folder(&name), location));
        Attachment {
            name: said("Name"),
            format: said("Format"),
            bytes: entry.as_deref().and_then(|entry| archive.size(entry)),
            visible: node.attribute("Visible") != Some("false"),
            entry,
        }
    });
    found.collect()
}

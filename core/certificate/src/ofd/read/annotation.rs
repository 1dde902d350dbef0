//! Annotations: what was laid over a page after it was made (GB/T 33190 clause 15).
//!
//! Signatures often do not cover them: who shows a sealed page says so.

use roxmltree::Node;
use tiny_skia::Rect;

use super::numbers;
use super::object::Object;
use super::xml::NodeExt;

/// Something that was laid over a page.
#[derive(Debug, Clone)]
pub struct Annotation {
    /// What it is, as the file says: `Link`, `Path`, `Highlight`, `Stamp`, `Watermark`, …
    pub kind: String,
    /// Who made it, as the file says.
    pub creator: String,
    /// Words about it that are not drawn.
    pub remark: String,
    /// Whether it is drawn.
    pub visible: bool,
    /// Where it lies, in millimetres of the page.
    pub boundary: Rect,
    /// What it shows, in the coordinates of the boundary's corner.
    pub objects: Vec<Object>,
    /// The entries it comes from.
    pub(crate) entries: Vec<String>,
}

impl Annotation {
    /// What an `Annot` says, without its objects; `None` if its boundary is malformed.
    pub(super) fn of(node: Node<'_, '_>) -> Option<Self> {
        let said = |name| node.attribute(name).unwrap_or("").to_owned();
        let boundary = match node
            .child("Appearance")
            .and_then(|look| look.attribute("Boundary"))
        {
            Some(text) => numbers::boundary(text)?,
            None => Rect::from_xywh(0.0, 0.0, 0.0, 0.0)?,
        };
        Some(Self {
            kind: said("Type"),
            creator: said("Creator"),
            remark: node.child_text("Remark").unwrap_or("").to_owned(),
            visible: node.attribute("Visible") != Some("false"),
            boundary,
            objects: Vec::new(),
            entries: Vec::new(),
        })
    }
}

//! Fonts, pictures, composites, colour spaces and draw parameters a document or page names by id.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use roxmltree::Node;
use tiny_skia::{LineCap, LineJoin};

use super::archive::{Archive, folder};
use super::colour::{self, ColourSpace};
use super::object::Line;
use super::object::paint::Paint;
use super::xml::{NodeExt, XmlText};
use crate::ofd::font::Face;
use crate::ofd::font::repair::repaired;
use crate::ofd::limits::{MAX_FONT_BYTES, MAX_RELATIVE_DEPTH};

/// What a document or page names by id.
#[derive(Debug, Clone, Default)]
pub struct Resources {
    fonts: BTreeMap<String, FontEntry>,
    pictures: BTreeMap<String, String>,
    draw_params: BTreeMap<String, DrawParam>,
    spaces: BTreeMap<String, ColourSpace>,
    composites: BTreeMap<String, Arc<XmlText>>,
}

/// A font as the resources describe it.
#[derive(Debug, Clone)]
pub struct FontEntry {
    /// The entry of the package, when the font is embedded.
    file: Option<String>,
    /// Read when first drawn with, once for all clones of a document.
    bytes: Arc<OnceLock<Option<Arc<[u8]>>>>,
    /// Whether signs of a font that takes its place are to lean.
    pub italic: bool,
    /// Whether they are to be heavy.
    pub bold: bool,
}

/// Draw parameters; what is `None` is inherited or default.
#[derive(Debug, Clone, Default)]
pub struct DrawParam {
    relative: Option<String>,
    width_mm: Option<f32>,
    cap: Option<LineCap>,
    join: Option<LineJoin>,
    miter_limit: Option<f32>,
    dash: Option<Vec<f32>>,
    dash_offset: Option<f32>,
    /// What areas are painted with.
    pub(crate) fill: Option<Paint>,
    /// What lines are painted with.
    pub(crate) stroke: Option<Paint>,
}

impl Resources {
    /// Adds what the resource file `name` of the package holds; a file that is absent or malformed
    /// adds nothing, its objects are then named as left out.
    pub(crate) fn add(&mut self, archive: &Archive, name: &str) {
        let Ok(text) = archive.read(name) else { return };
        let Ok(text) = XmlText::new(text).map(Arc::new) else {
            return;
        };
        let Ok(tree) = text.tree() else { return };
        let root = tree.root_element();
        let base = package_folder(folder(name), root.attribute("BaseLoc").unwrap_or(""));
        let file = |location: Option<&str>| {
            let location = location?;
            archive
                .find(&base, location)
                .or_else(|| archive.find(folder(name), location))
        };
        // Composites that hold each other must not make many times the file of it.
        let mut spare = text.len() * 2;
        // Draw parameters name colour spaces that may stand below them.
        for node in root.descendants().filter(|node| node.is("ColorSpace")) {
            if let Some(id) = node.attribute("ID") {
                self.spaces.insert(id.to_owned(), ColourSpace::of(node));
            }
        }
        for node in root.descendants().filter(Node::is_element) {
            let Some(id) = node.attribute("ID").map(str::to_owned) else {
                continue;
            };
            match node.tag_name().name() {
                "Font" => {
                    let is_true = |name| node.attribute(name) == Some("true");
                    let entry = FontEntry {
                        file: file(node.child_text("FontFile")),
                        bytes: Arc::default(),
                        italic: is_true("Italic"),
                        bold: is_true("Bold"),
                    };
                    self.fonts.insert(id, entry);
                }
                "MultiMedia" => {
                    if let Some(name) = file(node.child_text("MediaFile")) {
                        self.pictures.insert(id, name);
                    }
                }
                "DrawParam" => {
                    let param = DrawParam::of(node, self);
                    self.draw_params.insert(id, param);
                }
                "CompositeGraphicUnit" | "CompositeGraphUnit" => {
                    let part = XmlText::part(node, &mut spare).map(Arc::new);
                    self.composites
                        .insert(id, part.unwrap_or_else(|| Arc::clone(&text)));
                }
                _ => {}
            }
        }
    }

    /// The bytes of an embedded font, its header mended where it can be.
    pub fn font(&self, archive: &Archive, id: &str) -> Option<&Arc<[u8]>> {
        let entry = self.fonts.get(id)?;
        let read = || {
            let name = entry.file.as_deref()?;
            archive.size(name).filter(|size| *size <= MAX_FONT_BYTES)?;
            let bytes = repaired(archive.read(name).ok()?);
            // What cannot be drawn with is not kept.
            Face::new(&bytes)?;
            Some(bytes.into())
        };
        entry.bytes.get_or_init(read).as_ref()
    }

    /// The package entry of an embedded font.
    pub(crate) fn font_file(&self, id: &str) -> Option<&str> {
        self.fonts.get(id)?.file.as_deref()
    }

    /// What the resources say of a font.
    pub fn font_entry(&self, id: &str) -> Option<&FontEntry> {
        self.fonts.get(id)
    }

    /// What the values of a colour mean.
    pub(crate) fn colour_space(&self, id: &str) -> Option<&ColourSpace> {
        self.spaces.get(id)
    }

    /// A composite, or the resource file it stands in.
    pub(crate) fn composite(&self, id: &str) -> Option<&Arc<XmlText>> {
        self.composites.get(id)
    }

    /// The package entry of a picture.
    pub fn picture(&self, id: &str) -> Option<&str> {
        self.pictures.get(id).map(String::as_str)
    }

    /// Draw parameters with everything they inherit.
    pub(crate) fn draw_param(&self, id: &str) -> DrawParam {
        let mut resolved = DrawParam::default();
        let mut next = Some(id.to_owned());
        for _ in 0..MAX_RELATIVE_DEPTH {
            let Some(param) = next.as_ref().and_then(|id| self.draw_params.get(id)) else {
                break;
            };
            next.clone_from(&param.relative);
            resolved = resolved.or(param);
        }
        resolved
    }
}

/// `BaseLoc` seen from the folder of the resource file.
fn package_folder(from: &str, base: &str) -> String {
    match base.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None if from.is_empty() => base.to_owned(),
        None => format!("{from}/{base}"),
    }
}

impl DrawParam {
    /// What the attributes and colour children of an element say.
    ///
    /// A paint that is a pattern is [`Paint::Unreadable`]; whoever can read its cell puts it right.
    pub(crate) fn of(node: Node<'_, '_>, resources: &Resources) -> Self {
        let paint = |name| node.child(name).map(|node| colour::paint(node, resources));
        Self {
            relative: node.attribute("Relative").map(str::to_owned),
            width_mm: node.number("LineWidth").filter(|width| *width >= 0.0),
            cap: node.attribute("Cap").map(|cap| match cap {
                "Round" => LineCap::Round,
                "Square" => LineCap::Square,
                _ => LineCap::Butt,
            }),
            join: node.attribute("Join").map(|join| match join {
                "Round" => LineJoin::Round,
                "Bevel" => LineJoin::Bevel,
                _ => LineJoin::Miter,
            }),
            miter_limit: node.number("MiterLimit").filter(|limit| *limit >= 1.0),
            dash: node.numbers("DashPattern"),
            dash_offset: node.number("DashOffset"),
            fill: paint("FillColor"),
            stroke: paint("StrokeColor"),
        }
    }

    /// `self`, and `under` where `self` says nothing.
    pub(crate) fn or(self, under: &Self) -> Self {
        Self {
            relative: None,
            width_mm: self.width_mm.or(under.width_mm),
            cap: self.cap.or(under.cap),
            join: self.join.or(under.join),
            miter_limit: self.miter_limit.or(under.miter_limit),
            dash: self.dash.or_else(|| under.dash.clone()),
            dash_offset: self.dash_offset.or(under.dash_offset),
            fill: self.fill.or_else(|| under.fill.clone()),
            stroke: self.stroke.or_else(|| under.stroke.clone()),
        }
    }

    /// How lines are drawn, with the defaults of the standard.
    pub(crate) fn line(&self) -> Line {
        let mut dash = self.dash.clone().unwrap_or_default();
        if dash.len() % 2 == 1 {
            dash.extend_from_within(..);
        }
        // Dashes too short to be seen would only cost time: a tenth of a millimetre at least.
        let visible = dash.iter().all(|length| *length >= 0.0) && dash.iter().sum::<f32>() >= 0.1;
        Line {
            width_mm: self.width_mm.unwrap_or(0.353),
            cap: self.cap.unwrap_or(LineCap::Butt),
            join: self.join.unwrap_or(LineJoin::Miter),
            miter_limit: self.miter_limit.unwrap_or(3.528),
            dash: visible.then(|| (dash, self.dash_offset.unwrap_or(0.0))),
        }
    }
}

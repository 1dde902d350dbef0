//! Fonts, pictures and draw parameters a document or page names by id.

use std::collections::BTreeMap;
use std::sync::Arc;

use roxmltree::Node;
use tiny_skia::{LineCap, LineJoin};

use super::archive::{Archive, folder};
use super::numbers;
use super::object::{Colour, Line};
use super::xml::{NodeExt, XmlText};
use crate::ofd::limits::MAX_RELATIVE_DEPTH;

/// What a document or page names by id.
#[derive(Debug, Clone, Default)]
pub struct Resources {
    fonts: BTreeMap<String, Option<Arc<[u8]>>>,
    pictures: BTreeMap<String, String>,
    draw_params: BTreeMap<String, DrawParam>,
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
    /// The colour of areas.
    pub(crate) fill: Option<Colour>,
    /// The colour of lines.
    pub(crate) stroke: Option<Colour>,
}

impl Resources {
    /// Adds what the resource file `name` of the package holds; a file that is absent or malformed
    /// adds nothing, its objects are then named as left out.
    pub(crate) fn add(&mut self, archive: &Archive, name: &str) {
        let Ok(text) = archive.read(name) else { return };
        let Ok(text) = XmlText::new(text) else { return };
        let Ok(tree) = text.tree() else { return };
        let root = tree.root_element();
        let base = package_folder(folder(name), root.attribute("BaseLoc").unwrap_or(""));
        let file = |location: Option<&str>| {
            let location = location?;
            archive
                .find(&base, location)
                .or_else(|| archive.find(folder(name), location))
        };
        for node in root.descendants().filter(Node::is_element) {
            let Some(id) = node.attribute("ID").map(str::to_owned) else {
                continue;
            };
            match node.tag_name().name() {
                "Font" => {
                    let bytes = file(node.child_text("FontFile"))
                        .and_then(|name| archive.read(&name).ok())
                        .map(Arc::from);
                    self.fonts.insert(id, bytes);
                }
                "MultiMedia" => {
                    if let Some(name) = file(node.child_text("MediaFile")) {
                        self.pictures.insert(id, name);
                    }
                }
                "DrawParam" => {
                    self.draw_params.insert(id, DrawParam::of(node));
                }
                _ => {}
            }
        }
    }

    /// The bytes of an embedded font.
    pub fn font(&self, id: &str) -> Option<Arc<[u8]>> {
        self.fonts.get(id).cloned().flatten()
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
    pub(crate) fn of(node: Node<'_, '_>) -> Self {
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
            fill: node.child("FillColor").map(colour),
            stroke: node.child("StrokeColor").map(colour),
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
            fill: self.fill.or(under.fill),
            stroke: self.stroke.or(under.stroke),
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

/// The colour an element says: grey, RGB or CMYK by the number of values; black without a value.
///
/// A gradient is taken as the colour of its first segment (the page names it as left out).
fn colour(node: Node<'_, '_>) -> Colour {
    let solid = node
        .descendants()
        .find(|node| node.has_attribute("Value"))
        .unwrap_or(node);
    let values: Vec<f32> = solid
        .attribute("Value")
        .unwrap_or("")
        .split_ascii_whitespace()
        .filter_map(|word| match word.strip_prefix('#') {
            Some(hex) => u8::from_str_radix(hex, 16).ok().map(f32::from),
            None => numbers::number(word),
        })
        .map(|value| value.clamp(0.0, 255.0))
        .collect();
    let opacity = node.number("Alpha").unwrap_or(255.0).clamp(0.0, 255.0) / 255.0;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to a byte"
    )]
    let byte = |value: f32| value.round() as u8;
    let rgb = match values[..] {
        [grey] => [byte(grey); 3],
        [r, g, b] => [byte(r), byte(g), byte(b)],
        [c, m, y, k] => [c, m, y].map(|ink| byte((255.0 - ink) * (255.0 - k) / 255.0)),
        _ => [0; 3],
    };
    Colour { rgb, opacity }
}

//! Text objects, and clips made of paths and text.

use roxmltree::Node;
use tiny_skia::Transform;

use super::PageError;
use super::objects::{Reader, is_false, is_true, matrix};
use crate::ofd::read::numbers;
use crate::ofd::read::object::{ClipPart, Direction, GlyphRun, TextObject, TextRun};
use crate::ofd::read::resources::DrawParam;
use crate::ofd::read::xml::NodeExt;

/// The largest sign that is drawn, in millimetres.
const MAX_SIZE_MM: f32 = 1000.0;

impl Reader<'_> {
    pub(super) fn text(
        &mut self,
        node: Node<'_, '_>,
        under: &DrawParam,
    ) -> Result<Option<TextObject>, PageError> {
        let Some(look) = self.look(node, under)? else {
            return Ok(None);
        };
        let size = node
            .number("Size")
            .filter(|size| (0.0..=MAX_SIZE_MM).contains(size));
        let (Some(font), Some(size_mm)) = (node.attribute("Font"), size) else {
            return Ok(None);
        };
        let (mut runs, mut glyphs) = (Vec::new(), Vec::new());
        let mut at = (0.0, 0.0);
        for child in node.children().filter(Node::is_element) {
            match child.tag_name().name() {
                "TextCode" => {
                    at = (
                        child.number("X").unwrap_or(at.0),
                        child.number("Y").unwrap_or(at.1),
                    );
                    runs.push(self.run(child, at)?);
                }
                "CGTransform" => glyphs.push(self.glyph_run(child)?),
                _ => {}
            }
        }
        glyphs.sort_by_key(|run| run.first);
        let weight = node.number("Weight").unwrap_or(400.0).clamp(0.0, 1000.0);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "0 to 1000"
        )]
        let weight = weight as u16;
        Ok(Some(TextObject {
            look,
            font: font.into(),
            size_mm,
            weight,
            reads: Direction::of_degrees(node.number("ReadDirection").unwrap_or(0.0)),
            stretch: node
                .number("HScale")
                .filter(|scale| *scale > 0.0)
                .unwrap_or(1.0),
            turn_degrees: node.number("CharDirection").unwrap_or(0.0),
            italic: is_true(node, "Italic"),
            filled: !is_false(node, "Fill"),
            stroked: is_true(node, "Stroke"),
            runs,
            glyphs,
        }))
    }

    fn run(&mut self, node: Node<'_, '_>, at: (f32, f32)) -> Result<TextRun, PageError> {
        let text = node.text().unwrap_or("");
        let characters: Vec<char> = text
            .chars()
            .filter(|c| !matches!(c, '\n' | '\r' | '\t'))
            .collect();
        self.spend(characters.len())?;
        // A character may stand for several glyphs, each with a step of its own; only steps that
        // are written are read, so the most that matters is how long the attribute is.
        let steps = |name| {
            let text = node.attribute(name)?;
            numbers::steps(text, characters.len().saturating_sub(1).max(text.len() / 2))
        };
        let (right, down) = (steps("DeltaX"), steps("DeltaY"));
        Ok(TextRun {
            at,
            characters,
            right,
            down,
        })
    }

    fn glyph_run(&mut self, node: Node<'_, '_>) -> Result<GlyphRun, PageError> {
        let whole = |name| node.attribute(name).and_then(|text| text.parse().ok());
        let named: Vec<u32> = node
            .child_text("Glyphs")
            .unwrap_or("")
            .split_ascii_whitespace()
            .filter_map(|word| word.parse().ok())
            .collect();
        self.spend(named.len())?;
        Ok(GlyphRun {
            first: whole("CodePosition").unwrap_or(0),
            count: whole("CodeCount").unwrap_or(1).max(1),
            glyphs: named,
        })
    }

    /// A part of a clip; `outer` maps the area's coordinates to the inside of the boundary.
    pub(super) fn clip_part(
        &mut self,
        area: Node<'_, '_>,
        outer: Transform,
    ) -> Result<Option<ClipPart>, PageError> {
        if let Some(text) = area.child("Text") {
            let text = self.text(text, &DrawParam::default())?;
            return Ok(text.map(|text| ClipPart::Text(Box::new(text), outer)));
        }
        let Some(node) = area.child("Path") else {
            return Ok(None);
        };
        let corner = node
            .attribute("Boundary")
            .and_then(numbers::boundary)
            .map_or((0.0, 0.0), |area| (area.x(), area.y()));
        let (Some(own), Some(path)) = (matrix(node), self.path_of(node)?) else {
            return Ok(None);
        };
        let placed = outer.pre_translate(corner.0, corner.1).pre_concat(own);
        let even_odd = node.attribute("Rule") == Some("Even-Odd");
        Ok(path
            .transform(placed)
            .map(|path| ClipPart::Path(path, even_odd)))
    }
}

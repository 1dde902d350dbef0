//! From the elements of a layer to objects.

use std::collections::BTreeSet;

use roxmltree::Node;
use tiny_skia::{Path, Transform};

use super::{LeftOut, PageError};
use crate::ofd::limits::{MAX_OBJECTS, MAX_STEPS};
use crate::ofd::read::numbers;
use crate::ofd::read::object::{
    GlyphRun, Look, Object, PathObject, PictureObject, TextObject, TextRun, path_text,
};
use crate::ofd::read::resources::{DrawParam, Resources};
use crate::ofd::read::xml::NodeExt;

/// The largest sign that is drawn, in millimetres.
const MAX_SIZE_MM: f32 = 1000.0;

pub(super) struct Reader<'p> {
    pub(super) resources: &'p Resources,
    pub(super) objects: &'p mut Vec<Object>,
    pub(super) left_out: &'p mut BTreeSet<LeftOut>,
    pub(super) steps: &'p mut usize,
}

impl Reader<'_> {
    /// Adds the objects of a layer or block. Blocks nest no deeper than XML may.
    pub(super) fn children(
        &mut self,
        parent: Node<'_, '_>,
        under: &DrawParam,
    ) -> Result<(), PageError> {
        for node in parent.children().filter(Node::is_element) {
            if node.attribute("Visible") == Some("false") {
                continue;
            }
            let object = match node.tag_name().name() {
                "PageBlock" => {
                    self.children(node, under)?;
                    continue;
                }
                "TextObject" => self.text(node, under)?.map(Object::Text),
                "PathObject" => self.path(node, under)?.map(Object::Path),
                "ImageObject" => self.picture(node, under)?.map(Object::Picture),
                "CompositeObject" => {
                    self.left_out.insert(LeftOut::Composite);
                    continue;
                }
                _ => continue,
            };
            match object {
                Some(_) if self.objects.len() >= MAX_OBJECTS => {
                    return Err(PageError::TooManyObjects);
                }
                Some(object) => self.objects.push(object),
                None => {
                    self.left_out.insert(LeftOut::Malformed);
                }
            }
        }
        Ok(())
    }

    fn spend(&mut self, steps: usize) -> Result<(), PageError> {
        *self.steps += steps;
        if *self.steps > MAX_STEPS {
            Err(PageError::TooManySteps)
        } else {
            Ok(())
        }
    }

    fn look(&mut self, node: Node<'_, '_>, under: &DrawParam) -> Result<Option<Look>, PageError> {
        let Some(boundary) = node.attribute("Boundary").and_then(numbers::boundary) else {
            return Ok(None);
        };
        let matrix = match node.attribute("CTM") {
            Some(text) => numbers::matrix(text),
            None => Some(Transform::identity()),
        };
        let Some(matrix) = matrix else {
            return Ok(None);
        };
        let named = node
            .attribute("DrawParam")
            .map(|id| self.resources.draw_param(id));
        let param = DrawParam::of(node).or(&named.unwrap_or_default()).or(under);
        let gradient = |name| {
            node.child(name)
                .is_some_and(|colour| colour.first_element_child().is_some())
        };
        if gradient("FillColor") || gradient("StrokeColor") {
            self.left_out.insert(LeftOut::Gradient);
        }
        let clips = match node.child("Clips") {
            Some(clips) => self.clips(clips, matrix)?,
            None => Vec::new(),
        };
        Ok(Some(Look {
            boundary,
            matrix,
            opacity: node.number("Alpha").unwrap_or(255.0).clamp(0.0, 255.0) / 255.0,
            fill: param.fill,
            stroke: param.stroke,
            line: param.line(),
            clips,
        }))
    }

    fn clips(&mut self, clips: Node<'_, '_>, of_object: Transform) -> Result<Vec<Path>, PageError> {
        // Clips move with the object unless told otherwise.
        let turned = clips.attribute("TransFlag") != Some("false");
        let outer = if turned {
            of_object
        } else {
            Transform::identity()
        };
        let mut paths = Vec::new();
        for clip in clips.children().filter(|node| node.is("Clip")) {
            let mut joined = tiny_skia::PathBuilder::new();
            for area in clip.children().filter(|node| node.is("Area")) {
                let matrix = area
                    .attribute("CTM")
                    .map_or(Some(Transform::identity()), numbers::matrix);
                let drawn = match (area.child("Path"), matrix) {
                    (Some(path), Some(matrix)) => {
                        self.clip_path(path)?.and_then(|p| p.transform(matrix))
                    }
                    _ => None,
                };
                match drawn {
                    Some(path) => joined.push_path(&path),
                    None => {
                        self.left_out.insert(LeftOut::Clip);
                    }
                }
            }
            paths.extend(joined.finish().and_then(|path| path.transform(outer)));
        }
        Ok(paths)
    }

    fn clip_path(&mut self, node: Node<'_, '_>) -> Result<Option<Path>, PageError> {
        let boundary = node.attribute("Boundary").and_then(numbers::boundary);
        let matrix = node
            .attribute("CTM")
            .map_or(Some(Transform::identity()), numbers::matrix);
        let (Some(matrix), Some(path)) = (matrix, self.path_of(node)?) else {
            return Ok(None);
        };
        let corner = boundary.map_or((0.0, 0.0), |area| (area.x(), area.y()));
        Ok(path.transform(matrix.post_translate(corner.0, corner.1)))
    }

    fn path_of(&mut self, node: Node<'_, '_>) -> Result<Option<Path>, PageError> {
        let Some(text) = node.child_text("AbbreviatedData") else {
            return Ok(None);
        };
        let room = MAX_STEPS.saturating_sub(*self.steps);
        let parsed = path_text::parse(text, room);
        self.spend(parsed.as_ref().map_or(text.len() / 8, |(_, count)| *count))?;
        Ok(parsed.map(|(path, _)| path))
    }

    fn path(
        &mut self,
        node: Node<'_, '_>,
        under: &DrawParam,
    ) -> Result<Option<PathObject>, PageError> {
        let Some(look) = self.look(node, under)? else {
            return Ok(None);
        };
        let path = self.path_of(node)?;
        if path.is_none() {
            self.left_out.insert(LeftOut::Malformed);
        }
        Ok(Some(PathObject {
            look,
            path,
            filled: node.attribute("Fill") == Some("true"),
            stroked: node.attribute("Stroke") != Some("false"),
            even_odd: node.attribute("Rule") == Some("Even-Odd"),
        }))
    }

    fn picture(
        &mut self,
        node: Node<'_, '_>,
        under: &DrawParam,
    ) -> Result<Option<PictureObject>, PageError> {
        let Some(look) = self.look(node, under)? else {
            return Ok(None);
        };
        if node.attribute("ImageMask").is_some() {
            self.left_out.insert(LeftOut::Picture);
        }
        let resource = node.attribute("ResourceID").map(str::to_owned);
        Ok(resource.map(|resource| PictureObject { look, resource }))
    }

    fn text(
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
                    let text = child.text().unwrap_or("");
                    let characters: Vec<char> = text
                        .chars()
                        .filter(|c| !matches!(c, '\n' | '\r' | '\t'))
                        .collect();
                    self.spend(characters.len())?;
                    let gaps = characters.len().saturating_sub(1);
                    let steps = |name| {
                        child
                            .attribute(name)
                            .and_then(|text| numbers::steps(text, gaps))
                    };
                    let (right, down) = (steps("DeltaX"), steps("DeltaY"));
                    runs.push(TextRun {
                        at,
                        characters,
                        right,
                        down,
                    });
                }
                "CGTransform" => {
                    let whole = |name| child.attribute(name).and_then(|text| text.parse().ok());
                    let named: Vec<u32> = child
                        .child_text("Glyphs")
                        .unwrap_or("")
                        .split_ascii_whitespace()
                        .filter_map(|word| word.parse().ok())
                        .collect();
                    self.spend(named.len())?;
                    glyphs.push(GlyphRun {
                        first: whole("CodePosition").unwrap_or(0),
                        count: whole("CodeCount").unwrap_or(1).max(1),
                        glyphs: named,
                    });
                }
                _ => {}
            }
        }
        glyphs.sort_by_key(|run| run.first);
        Ok(Some(TextObject {
            look,
            font: font.to_owned(),
            size_mm,
            stretch: node
                .number("HScale")
                .filter(|scale| *scale > 0.0)
                .unwrap_or(1.0),
            turn_degrees: node.number("CharDirection").unwrap_or(0.0),
            italic: node.attribute("Italic") == Some("true"),
            filled: node.attribute("Fill") != Some("false"),
            stroked: node.attribute("Stroke") == Some("true"),
            runs,
            glyphs,
        }))
    }
}

//! From the elements of a layer to objects.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use roxmltree::Node;
use tiny_skia::Transform;

use super::{LeftOut, PageError};
use crate::ofd::limits::{MAX_COMPOSITE_DEPTH, MAX_OBJECTS, MAX_STEPS};
use crate::ofd::read::colour;
use crate::ofd::read::numbers;
use crate::ofd::read::object::paint::{Colour, Paint, Tiles};
use crate::ofd::read::object::{
    Border, Clip, GroupObject, Look, Object, PathObject, PictureObject, path_text,
};
use crate::ofd::read::resources::{DrawParam, Resources};
use crate::ofd::read::xml::NodeExt;

/// What a page has cost so far, and its composites, each read once.
#[derive(Debug, Default)]
pub(super) struct Spent {
    objects: usize,
    steps: usize,
    composites: BTreeMap<String, Option<Arc<[Object]>>>,
    depth: usize,
}

pub(super) struct Reader<'p> {
    pub(super) resources: &'p Resources,
    pub(super) left_out: &'p mut BTreeSet<LeftOut>,
    pub(super) spent: &'p mut Spent,
}

impl Reader<'_> {
    /// Adds the objects of a layer or block. Blocks nest no deeper than XML may.
    pub(super) fn children(
        &mut self,
        parent: Node<'_, '_>,
        under: &DrawParam,
        into: &mut Vec<Object>,
    ) -> Result<(), PageError> {
        for node in parent.children().filter(Node::is_element) {
            if node.attribute("Visible") == Some("false") {
                continue;
            }
            let object = match node.tag_name().name() {
                "PageBlock" | "Layer" | "Content" => {
                    self.children(node, under, into)?;
                    continue;
                }
                "TextObject" => self.text(node, under)?.map(Object::Text),
                "PathObject" => self.path(node, under)?.map(Object::Path),
                "ImageObject" => self.picture(node, under)?.map(Object::Picture),
                "CompositeObject" => self.group(node, under)?.map(Object::Group),
                _ => continue,
            };
            match object {
                Some(object) => {
                    self.spent.objects += 1;
                    if self.spent.objects > MAX_OBJECTS {
                        return Err(PageError::TooManyObjects);
                    }
                    into.push(object);
                }
                None => {
                    self.left_out.insert(LeftOut::Malformed);
                }
            }
        }
        Ok(())
    }

    pub(super) fn spend(&mut self, steps: usize) -> Result<(), PageError> {
        self.spent.steps += steps;
        if self.spent.steps > MAX_STEPS {
            Err(PageError::TooManySteps)
        } else {
            Ok(())
        }
    }

    /// What all objects have; `None` if the boundary or matrix is malformed.
    pub(super) fn look(
        &mut self,
        node: Node<'_, '_>,
        under: &DrawParam,
    ) -> Result<Option<Look>, PageError> {
        let Some(boundary) = node.attribute("Boundary").and_then(numbers::boundary) else {
            return Ok(None);
        };
        let Some(matrix) = matrix(node) else {
            return Ok(None);
        };
        let named = node
            .attribute("DrawParam")
            .map(|id| self.resources.draw_param(id));
        let mut own = DrawParam::of(node, self.resources);
        own.fill = self.cell(node, "FillColor", own.fill)?;
        own.stroke = self.cell(node, "StrokeColor", own.stroke)?;
        let param = own.or(&named.unwrap_or_default()).or(under);
        if [&param.fill, &param.stroke]
            .iter()
            .any(|paint| matches!(paint, Some(Paint::Unreadable)))
        {
            self.left_out.insert(LeftOut::Gradient);
        }
        let clips = match node.child("Clips") {
            Some(clips) => self.clips(clips, matrix)?,
            None => Vec::new(),
        };
        Ok(Some(Look {
            boundary,
            matrix,
            opacity: colour::opacity(node),
            line: param.line(),
            fill: param.fill,
            stroke: param.stroke,
            clips,
        }))
    }

    /// The paint of a colour element whose cell is a piece of page, else what was found.
    fn cell(
        &mut self,
        node: Node<'_, '_>,
        name: &str,
        found: Option<Paint>,
    ) -> Result<Option<Paint>, PageError> {
        let element = node.child(name);
        let pattern = element.and_then(|element| Some((element, element.child("Pattern")?)));
        let Some((element, pattern)) = pattern else {
            return Ok(found);
        };
        let side = |name| pattern.number(name).filter(|side| *side > 0.0);
        let (Some(width), Some(height), Some(matrix), Some(content)) = (
            side("Width"),
            side("Height"),
            matrix(pattern),
            pattern.child("CellContent"),
        ) else {
            return Ok(found);
        };
        if self.spent.depth >= MAX_COMPOSITE_DEPTH {
            return Ok(found);
        }
        self.spent.depth += 1;
        let mut objects = Vec::new();
        let read = self.children(content, &DrawParam::default(), &mut objects);
        self.spent.depth -= 1;
        read?;
        let (columns, rows) = match pattern.attribute("ReflectMethod") {
            Some("Column") => (true, false),
            Some("Row") => (false, true),
            Some("RowAndColumn") => (true, true),
            _ => (false, false),
        };
        Ok(Some(Paint::Tiles(Arc::new(Tiles {
            cell: (width, height),
            // Cells never overlap, whatever a smaller step says.
            step: (
                side("XStep").unwrap_or(width).max(width),
                side("YStep").unwrap_or(height).max(height),
            ),
            matrix,
            on_page: pattern.attribute("RelativeTo") == Some("Page"),
            mirrored: (columns, rows),
            objects: objects.into(),
            opacity: colour::opacity(element),
        }))))
    }

    fn clips(&mut self, clips: Node<'_, '_>, object: Transform) -> Result<Vec<Clip>, PageError> {
        // Clips move with the object unless told otherwise.
        let turned = clips.attribute("TransFlag") != Some("false");
        let outer = if turned {
            object
        } else {
            Transform::identity()
        };
        let mut found = Vec::new();
        for clip in clips.children().filter(|node| node.is("Clip")) {
            let mut parts = Vec::new();
            for area in clip.children().filter(|node| node.is("Area")) {
                let part = match matrix(area) {
                    Some(matrix) => self.clip_part(area, outer.pre_concat(matrix))?,
                    None => None,
                };
                match part {
                    Some(part) => parts.push(part),
                    None => {
                        self.left_out.insert(LeftOut::Clip);
                    }
                }
            }
            // A clip of which nothing can be read hides nothing: it is named instead.
            if !parts.is_empty() {
                found.push(Clip { parts });
            }
        }
        Ok(found)
    }

    pub(super) fn path_of(
        &mut self,
        node: Node<'_, '_>,
    ) -> Result<Option<tiny_skia::Path>, PageError> {
        let Some(text) = node.child_text("AbbreviatedData") else {
            return Ok(None);
        };
        let room = MAX_STEPS.saturating_sub(self.spent.steps);
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
            filled: is_true(node, "Fill"),
            stroked: !is_false(node, "Stroke"),
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
        let own = |name| node.attribute(name).map(str::to_owned);
        let border = node.child("Border").map(|border| {
            let param = DrawParam::of(border, self.resources);
            let paint = border
                .child("BorderColor")
                .map_or(Paint::Solid(Colour::BLACK), |node| {
                    colour::paint(node, self.resources)
                });
            let radius = |name| border.number(name).unwrap_or(0.0).max(0.0);
            Border {
                line: param.line(),
                paint,
                corner: (
                    radius("HorizonalCornerRadius"),
                    radius("VerticalCornerRadius"),
                ),
            }
        });
        Ok(own("ResourceID").map(|resource| PictureObject {
            look,
            resource,
            mask: own("ImageMask"),
            border,
            fills_boundary: !node.has_attribute("CTM"),
        }))
    }

    fn group(
        &mut self,
        node: Node<'_, '_>,
        under: &DrawParam,
    ) -> Result<Option<GroupObject>, PageError> {
        let Some(look) = self.look(node, under)? else {
            return Ok(None);
        };
        let Some(id) = node.attribute("ResourceID") else {
            return Ok(None);
        };
        let objects = self.composite(id)?;
        if objects.is_none() {
            self.left_out.insert(LeftOut::Composite);
        }
        Ok(Some(GroupObject {
            look,
            objects: objects.unwrap_or_default(),
        }))
    }

    /// The objects of a composite; `None` if there is none, or if it holds itself.
    fn composite(&mut self, id: &str) -> Result<Option<Arc<[Object]>>, PageError> {
        if let Some(known) = self.spent.composites.get(id) {
            return Ok(known.clone());
        }
        if self.spent.depth >= MAX_COMPOSITE_DEPTH {
            return Ok(None);
        }
        let Some(text) = self.resources.composite(id).cloned() else {
            return Ok(None);
        };
        // Until it is read it holds nothing, so a circle ends here.
        self.spent.composites.insert(id.to_owned(), None);
        let Ok(tree) = text.tree() else {
            return Ok(None);
        };
        let unit = tree.descendants().find(|node| {
            (node.is("CompositeGraphicUnit") || node.is("CompositeGraphUnit"))
                && node.attribute("ID") == Some(id)
        });
        let Some(content) = unit.and_then(|unit| unit.child("Content")) else {
            return Ok(None);
        };
        self.spent.depth += 1;
        let mut objects = Vec::new();
        let read = self.children(content, &DrawParam::default(), &mut objects);
        self.spent.depth -= 1;
        read?;
        let objects: Option<Arc<[Object]>> = Some(objects.into());
        self.spent.composites.insert(id.to_owned(), objects.clone());
        Ok(objects)
    }
}

/// `CTM`; identity without one, `None` if it is malformed.
pub(super) fn matrix(node: Node<'_, '_>) -> Option<Transform> {
    node.attribute("CTM")
        .map_or(Some(Transform::identity()), numbers::matrix)
}

pub(super) fn is_true(node: Node<'_, '_>, name: &str) -> bool {
    matches!(node.attribute(name), Some("true" | "1"))
}

pub(super) fn is_false(node: Node<'_, '_>, name: &str) -> bool {
    matches!(node.attribute(name), Some("false" | "0"))
}

//! One page as a flat list of objects, in the order they are painted.

mod objects;

use std::collections::BTreeSet;

use roxmltree::Node;
use tiny_skia::Rect;

use super::archive::{ArchiveError, folder};
use super::document::{Ofd, physical_box};
use super::object::Object;
use super::resources::{DrawParam, Resources};
use super::xml::{NodeExt, XmlError, XmlText};
use crate::ofd::limits::{MAX_OBJECTS, MAX_PAGE_SIDE_MM, MAX_STEPS};
use objects::Reader;

/// A page that was read.
#[derive(Debug, Clone)]
pub struct PageContent {
    /// The page box, in millimetres.
    pub area: Rect,
    /// What is painted, first to last.
    pub objects: Vec<Object>,
    /// Fonts, pictures and draw parameters the objects name.
    pub resources: Resources,
    /// What the page holds that this reader does not draw.
    pub left_out: BTreeSet<LeftOut>,
}

/// Something of a page that is not drawn, or not exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftOut {
    /// A composite object.
    Composite,
    /// A gradient, drawn as its first colour, or a pattern, drawn black.
    Gradient,
    /// A clip that is not a path.
    Clip,
    /// An object with a malformed boundary, matrix or path.
    Malformed,
    /// A template or resource of the page that is missing.
    Missing,
    /// A picture that is missing or of a kind that is not read.
    Picture,
    /// A font that is not embedded or not readable.
    Font,
    /// Annotations of the document (they may lie on any page).
    Annotation,
    /// A seal whose picture cannot be read.
    Seal,
    /// A character its font has no sign for.
    Glyph(char),
}

/// Why a page is not read.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// There is no such page.
    #[error("there is no page {0}")]
    NoSuchPage(usize),
    /// The page's entry cannot be read.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// The page or its template is no readable XML.
    #[error(transparent)]
    Xml(#[from] XmlError),
    /// The page is longer or wider than [`MAX_PAGE_SIDE_MM`], or has no box or no extent.
    #[error("the page has no box, no extent or more than {MAX_PAGE_SIDE_MM} mm")]
    Size,
    /// The page has more than [`MAX_OBJECTS`] objects.
    #[error("the page has more than {MAX_OBJECTS} objects")]
    TooManyObjects,
    /// The page has more than [`MAX_STEPS`] characters and path operations.
    #[error("the page has more than {MAX_STEPS} characters and path operations")]
    TooManySteps,
}

impl PageContent {
    pub(super) fn read(ofd: &Ofd, index: usize) -> Result<Self, PageError> {
        let page = ofd.pages.get(index).ok_or(PageError::NoSuchPage(index))?;
        let file = &page.file;
        let text = XmlText::new(ofd.archive.read(file)?)?;
        let tree = text.tree()?;
        let page = tree.root_element();
        let area = page.child("Area").and_then(physical_box).or(ofd.page_box);
        let side = 0.01..=MAX_PAGE_SIDE_MM;
        let area = area
            .filter(|area| side.contains(&area.width()) && side.contains(&area.height()))
            .ok_or(PageError::Size)?;
        let mut content = Self {
            area,
            objects: Vec::new(),
            resources: ofd.resources.clone(),
            left_out: ofd.left_out.clone(),
        };
        let mut templates = Vec::new();
        for node in page.children().filter(|node| node.is("Template")) {
            match node
                .attribute("TemplateID")
                .and_then(|id| ofd.templates.get(id))
            {
                Some(template) => {
                    let foreground = node
                        .attribute("ZOrder")
                        .map_or(template.foreground, |order| order == "Foreground");
                    templates.push((foreground, &template.file));
                }
                None => {
                    content.left_out.insert(LeftOut::Missing);
                }
            }
        }
        let mut steps = 0;
        for (_, template) in templates.iter().filter(|(foreground, _)| !foreground) {
            content.add_template(ofd, template, &mut steps)?;
        }
        content.add(ofd, file, page, &mut steps)?;
        for (_, template) in templates.iter().filter(|(foreground, _)| *foreground) {
            content.add_template(ofd, template, &mut steps)?;
        }
        Ok(content)
    }

    fn add_template(&mut self, ofd: &Ofd, file: &str, steps: &mut usize) -> Result<(), PageError> {
        let text = XmlText::new(ofd.archive.read(file)?)?;
        let tree = text.tree()?;
        self.add(ofd, file, tree.root_element(), steps)
    }

    fn add(
        &mut self,
        ofd: &Ofd,
        file: &str,
        page: Node<'_, '_>,
        steps: &mut usize,
    ) -> Result<(), PageError> {
        for node in page.children().filter(|node| node.is("PageRes")) {
            match ofd.archive.find(folder(file), node.text().unwrap_or("")) {
                Some(name) => self.resources.add(&ofd.archive, &name),
                None => {
                    self.left_out.insert(LeftOut::Missing);
                }
            }
        }
        let Some(content) = page.child("Content") else {
            return Ok(());
        };
        let mut layers: Vec<Node<'_, '_>> =
            content.children().filter(|node| node.is("Layer")).collect();
        layers.sort_by_key(|layer| match layer.attribute("Type") {
            Some("Background") => 0,
            Some("Foreground") => 2,
            _ => 1,
        });
        for layer in layers {
            let under = layer
                .attribute("DrawParam")
                .map_or_else(DrawParam::default, |id| self.resources.draw_param(id));
            let mut reader = Reader {
                resources: &self.resources,
                objects: &mut self.objects,
                left_out: &mut self.left_out,
                steps,
            };
            reader.children(layer, &under)?;
        }
        Ok(())
    }

    /// All text of the page in painting order, one line for each text object.
    pub fn text(&self) -> String {
        let lines = self.objects.iter().filter_map(|object| match object {
            Object::Text(text) => Some(text.text()),
            _ => None,
        });
        lines.collect::<Vec<_>>().join("\n")
    }
}

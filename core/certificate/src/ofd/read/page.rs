//! One page as a flat list of objects, in the order they are painted.

mod objects;
mod text;

use std::collections::BTreeSet;

use roxmltree::Node;
use tiny_skia::Rect;

use super::archive::{ArchiveError, folder};
use super::document::{Ofd, physical_box};
use super::object::Object;
use super::resources::{DrawParam, Resources};
use super::xml::{NodeExt, XmlError, XmlText};
use crate::ofd::limits::{MAX_OBJECTS, MAX_PAGE_SIDE_MM, MAX_STEPS};
use crate::ofd::read::annotation::Annotation;
use crate::ofd::read::link::{self, Link};
use objects::{Reader, Spent};

/// A page that was read.
#[derive(Debug, Clone)]
pub struct PageContent {
    /// The page box, in millimetres.
    pub area: Rect,
    /// What is painted, first to last; annotations are not among them.
    pub objects: Vec<Object>,
    /// What lies over the page and its seals: stamps, watermarks, remarks.
    pub annotations: Vec<Annotation>,
    /// Places of the page that lead somewhere.
    pub links: Vec<Link>,
    /// Fonts, pictures and draw parameters the objects name.
    pub resources: Resources,
    /// What the page holds that this reader does not draw.
    pub left_out: BTreeSet<LeftOut>,
    /// The entries all of it rests on: the document's root and every file of resources.
    pub(crate) frame: Vec<String>,
    /// The entries of the page and its templates, and how many of the objects end with each.
    pub(crate) layers: Vec<(usize, String)>,
}

/// Something of a page that is not drawn, or not exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftOut {
    /// A composite that is missing, malformed or holds itself.
    Composite,
    /// A gradient or pattern that is malformed.
    Gradient,
    /// A clip that is malformed.
    Clip,
    /// An object with a malformed boundary, matrix or path.
    Malformed,
    /// A template or resource of the page that is missing.
    Missing,
    /// A picture that is missing, damaged, too large or of a kind that is not read.
    Picture,
    /// A font that is not embedded or not readable; its text is drawn with the fallback, if any.
    Font,
    /// Annotations of the page that cannot be read.
    Annotation,
    /// A seal whose picture cannot be read.
    Seal,
    /// Something no signature of the file covers, though it carries one: drawn grey and hatched.
    Uncovered,
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
        let area = area_of(ofd, page)?;
        let mut content = Self {
            area,
            objects: Vec::new(),
            annotations: Vec::new(),
            links: Vec::new(),
            resources: ofd.resources.clone(),
            left_out: BTreeSet::new(),
            frame: ofd.frame.clone(),
            layers: Vec::new(),
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
        let mut spent = Spent::default();
        for (_, template) in templates.iter().filter(|(foreground, _)| !foreground) {
            content.add_template(ofd, template, &mut spent)?;
        }
        content.add(ofd, file, page, &mut spent)?;
        for (_, template) in templates.iter().filter(|(foreground, _)| *foreground) {
            content.add_template(ofd, template, &mut spent)?;
        }
        content.add_annotations(ofd, index, &mut spent)?;
        Ok(content)
    }

    pub(super) fn area(ofd: &Ofd, index: usize) -> Result<Rect, PageError> {
        let page = ofd.pages.get(index).ok_or(PageError::NoSuchPage(index))?;
        let text = XmlText::new(ofd.archive.read(&page.file)?)?;
        area_of(ofd, text.tree()?.root_element())
    }

    fn add_template(&mut self, ofd: &Ofd, file: &str, spent: &mut Spent) -> Result<(), PageError> {
        let text = XmlText::new(ofd.archive.read(file)?)?;
        let tree = text.tree()?;
        self.add(ofd, file, tree.root_element(), spent)
    }

    fn add(
        &mut self,
        ofd: &Ofd,
        file: &str,
        page: Node<'_, '_>,
        spent: &mut Spent,
    ) -> Result<(), PageError> {
        for node in page.children().filter(|node| node.is("PageRes")) {
            match ofd.archive.find(folder(file), node.text().unwrap_or("")) {
                Some(name) => {
                    self.resources.add(&ofd.archive, &name);
                    self.frame.push(name);
                }
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
                left_out: &mut self.left_out,
                spent,
            };
            reader.children(layer, &under, &mut self.objects)?;
        }
        self.layers.push((self.objects.len(), file.to_owned()));
        link::of_page(ofd, page, &mut self.links);
        Ok(())
    }

    /// Annotations that cannot be read are named and never keep a page from being drawn.
    fn add_annotations(
        &mut self,
        ofd: &Ofd,
        index: usize,
        spent: &mut Spent,
    ) -> Result<(), PageError> {
        for file in ofd.annotation_files(index) {
            let text = ofd.archive.read(file).map(XmlText::new);
            let Ok(Ok(text)) = text else {
                self.left_out.insert(LeftOut::Annotation);
                continue;
            };
            let Ok(tree) = text.tree() else {
                self.left_out.insert(LeftOut::Annotation);
                continue;
            };
            for node in tree.descendants().filter(|node| node.is("Annot")) {
                let Some(mut found) = Annotation::of(node) else {
                    self.left_out.insert(LeftOut::Annotation);
                    continue;
                };
                if let Some(appearance) = node.child("Appearance") {
                    let mut reader = Reader {
                        resources: &self.resources,
                        left_out: &mut self.left_out,
                        spent,
                    };
                    let mut objects = Vec::new();
                    reader.children(appearance, &DrawParam::default(), &mut objects)?;
                    found.objects = objects;
                }
                let list = ofd.annotation_list().map(str::to_owned);
                found.entries = list.into_iter().chain([file.to_owned()]).collect();
                link::of_annotation(ofd, node, found.boundary, &mut self.links);
                self.annotations.push(found);
            }
        }
        Ok(())
    }

    /// All text of the page in painting order, one line for each text object, composites included.
    pub fn text(&self) -> String {
        let mut lines = Vec::new();
        gather(&self.objects, &mut lines);
        lines.join("\n")
    }
}

/// The box of a page, its own or the document's.
fn area_of(ofd: &Ofd, page: Node<'_, '_>) -> Result<Rect, PageError> {
    let side = 0.01..=MAX_PAGE_SIDE_MM;
    page.child("Area")
        .and_then(physical_box)
        .or(ofd.page_box)
        .filter(|area| side.contains(&area.width()) && side.contains(&area.height()))
        .ok_or(PageError::Size)
}

fn gather(objects: &[Object], lines: &mut Vec<String>) {
    for object in objects {
        match object {
            Object::Text(text) => lines.push(text.text()),
            Object::Group(group) if lines.len() < MAX_OBJECTS => gather(&group.objects, lines),
            _ => {}
        }
    }
}

//! An opened document: its pages, resources and metadata.

use std::collections::BTreeMap;

use roxmltree::Node;
use tiny_skia::Rect;

use super::archive::{Archive, ArchiveError, folder};
use super::attachment::{self, Attachment};
use super::coverage::Judged;
use super::description::Description;
use super::numbers;
use super::page::{PageContent, PageError};
use super::resources::Resources;
use super::xml::{NodeExt, XmlError, XmlText};
use crate::ofd::limits::MAX_PAGES;

/// An opened OFD; nothing about its origin is known.
#[derive(Clone)]
pub struct Ofd {
    pub(super) archive: Archive,
    pub(super) resources: Resources,
    pub(super) pages: Vec<Page>,
    pub(super) templates: BTreeMap<String, Template>,
    pub(super) page_box: Option<Rect>,
    /// By the identifier of the page they lie on.
    annotations: BTreeMap<String, Vec<String>>,
    /// The entry that lists them, if it is there.
    annotation_list: Option<String>,
    /// The entries every page rests on: the document's root and its resources.
    pub(super) frame: Vec<String>,
    pub(super) judged: Judged,
    attachments: Vec<Attachment>,
    description: Description,
}

/// One page of the document.
#[derive(Debug, Clone)]
pub(super) struct Page {
    pub(super) id: String,
    pub(super) file: String,
}

/// A page that lies under or over others.
#[derive(Debug, Clone)]
pub(super) struct Template {
    pub(super) file: String,
    pub(super) foreground: bool,
}

/// Why bytes are no readable OFD.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The container is refused.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// A part of the document's frame is no readable XML.
    #[error("{part}: {error}")]
    Xml {
        /// The entry.
        part: String,
        /// What is wrong with it.
        error: XmlError,
    },
    /// The package has no document or the document no page.
    #[error("the package has no {0}")]
    Lacks(&'static str),
    /// The document has more than [`MAX_PAGES`] pages.
    #[error("more than {MAX_PAGES} pages")]
    TooManyPages,
}

impl Ofd {
    /// Opens the first document of an OFD.
    ///
    /// Pages are only looked up; [`Self::page`] reads one.
    ///
    /// # Errors
    /// [`OpenError::Archive`] for the container, [`OpenError::Xml`] for `OFD.xml` or the document,
    /// [`OpenError::Lacks`] and [`OpenError::TooManyPages`] for what it says.
    pub fn open(bytes: &[u8]) -> Result<Self, OpenError> {
        let archive = Archive::open(bytes)?;
        let name = archive
            .find("", "OFD.xml")
            .ok_or(OpenError::Lacks("OFD.xml"))?;
        let text = xml(&archive, &name)?;
        let tree = text.tree().map_err(|error| OpenError::Xml {
            part: name.clone(),
            error,
        })?;
        let body = tree.descendants().find(|node| node.is("DocBody"));
        let body = body.ok_or(OpenError::Lacks("DocBody"))?;
        let root = body
            .child_text("DocRoot")
            .and_then(|location| archive.find("", location))
            .ok_or(OpenError::Lacks("document"))?;
        let mut ofd = Self {
            archive,
            resources: Resources::default(),
            pages: Vec::new(),
            templates: BTreeMap::new(),
            page_box: None,
            annotations: BTreeMap::new(),
            annotation_list: None,
            frame: vec![root.clone()],
            judged: Judged::new(),
            attachments: Vec::new(),
            description: Description::of(body),
        };
        ofd.read_document(&root)?;
        Ok(ofd)
    }

    fn read_document(&mut self, root: &str) -> Result<(), OpenError> {
        let text = xml(&self.archive, root)?;
        let part = || root.to_owned();
        let tree = text.tree().map_err(|error| OpenError::Xml {
            part: part(),
            error,
        })?;
        let document = tree.root_element();
        let base = folder(root);
        if let Some(location) = document.child_text("Annotations") {
            self.read_annotations(base, location);
        }
        if let Some(location) = document.child_text("Attachments") {
            self.attachments = attachment::read(&self.archive, base, location);
        }
        if let Some(common) = document.child("CommonData") {
            for node in common.children().filter(Node::is_element) {
                match node.tag_name().name() {
                    "PageArea" => {
                        self.page_box = physical_box(node);
                    }
                    "PublicRes" | "DocumentRes" => {
                        let location = node.text().unwrap_or("");
                        if let Some(name) = self.archive.find(base, location) {
                            self.resources.add(&self.archive, &name);
                            self.frame.push(name);
                        }
                    }
                    "TemplatePage" => {
                        let file = self
                            .archive
                            .find(base, node.attribute("BaseLoc").unwrap_or(""));
                        if let (Some(id), Some(file)) = (node.attribute("ID"), file) {
                            let foreground = node.attribute("ZOrder") == Some("Foreground");
                            self.templates
                                .insert(id.to_owned(), Template { file, foreground });
                        }
                    }
                    _ => {}
                }
            }
        }
        let pages = document.child("Pages").ok_or(OpenError::Lacks("page"))?;
        for node in pages.children().filter(|node| node.is("Page")) {
            let location = node.attribute("BaseLoc").ok_or(OpenError::Lacks("page"))?;
            let file = self
                .archive
                .find(base, location)
                .ok_or(OpenError::Lacks("page"))?;
            if self.pages.len() >= MAX_PAGES {
                return Err(OpenError::TooManyPages);
            }
            let id = node.attribute("ID").unwrap_or("").to_owned();
            self.pages.push(Page { id, file });
        }
        if self.pages.is_empty() {
            Err(OpenError::Lacks("page"))
        } else {
            Ok(())
        }
    }

    /// A list that cannot be read lists nothing; what it names and is absent is named by its page.
    fn read_annotations(&mut self, base: &str, location: &str) {
        let Some(name) = self.archive.find(base, location) else {
            return;
        };
        let Ok(text) = xml(&self.archive, &name) else {
            return;
        };
        let Ok(tree) = text.tree() else { return };
        for page in tree
            .root_element()
            .children()
            .filter(|node| node.is("Page"))
        {
            let file = page.child_text("FileLoc").map(|location| {
                let found = self.archive.find(folder(&name), location);
                found.unwrap_or_else(|| location.to_owned())
            });
            if let (Some(id), Some(file)) = (page.attribute("PageID"), file) {
                self.annotations
                    .entry(id.to_owned())
                    .or_default()
                    .push(file);
            }
        }
        self.annotation_list = Some(name.clone());
    }

    /// How many pages there are; at least one.
    pub fn page_count(&self) -> usize {
        self.pages.len()
    }

    /// The container.
    pub(crate) fn archive(&self) -> &Archive {
        &self.archive
    }

    /// The identifier of a page, counted from 0, by which seals name it.
    pub(crate) fn page_id(&self, index: usize) -> Option<&str> {
        self.pages.get(index).map(|page| page.id.as_str())
    }

    /// The box of a page, counted from 0, in millimetres; `None` if there is no such page or it
    /// cannot be read.
    pub fn page_area(&self, index: usize) -> Option<Rect> {
        PageContent::area(self, index).ok()
    }

    /// Reads a page, counted from 0.
    ///
    /// # Errors
    /// Any [`PageError`].
    pub fn page(&self, index: usize) -> Result<PageContent, PageError> {
        PageContent::read(self, index)
    }

    /// A custom datum of the document, such as `ZZBS` for the certificate identifier.
    ///
    /// It is what the file says of itself, nothing more.
    pub fn custom(&self, name: &str) -> Option<&str> {
        self.description.custom(name)
    }

    /// What the file says of itself: title, dates, custom data.
    pub fn description(&self) -> &Description {
        &self.description
    }

    /// Files that travel inside this one.
    pub fn attachments(&self) -> &[Attachment] {
        &self.attachments
    }

    /// The entries with annotations of a page, counted from 0.
    pub(super) fn annotation_files(&self, index: usize) -> impl Iterator<Item = &str> {
        let id = self.page_id(index).unwrap_or("");
        let files = self.annotations.get(id).into_iter().flatten();
        files.map(String::as_str)
    }

    /// The entry that says which annotations lie on which page.
    pub(super) fn annotation_list(&self) -> Option<&str> {
        self.annotation_list.as_deref()
    }

    /// The number of the page with an identifier, counted from 0.
    pub(super) fn page_of_id(&self, id: &str) -> Option<usize> {
        self.pages.iter().position(|page| page.id == id)
    }

    /// The names of all entries of the package, in byte order.
    pub fn entries(&self) -> impl Iterator<Item = &str> {
        self.archive.names()
    }

    /// The bytes of an entry of the package.
    ///
    /// # Errors
    /// [`ArchiveError::Missing`], [`ArchiveError::Damaged`] or [`ArchiveError::Zip`].
    pub fn entry(&self, name: &str) -> Result<Vec<u8>, ArchiveError> {
        self.archive.read(name)
    }
}

/// The `PhysicalBox` of a page area.
pub(super) fn physical_box(area: Node<'_, '_>) -> Option<Rect> {
    area.child_text("PhysicalBox").and_then(numbers::boundary)
}

fn xml(archive: &Archive, name: &str) -> Result<XmlText, OpenError> {
    let bytes = archive.read(name)?;
    XmlText::new(bytes).map_err(|error| OpenError::Xml {
        part: name.to_owned(),
        error,
    })
}

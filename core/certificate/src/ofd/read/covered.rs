//! Which objects of a page a signature covers: asked by drawing and by the words of a page.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::annotation::Annotation;
use super::coverage::Coverage;
use super::document::Ofd;
use super::object::paint::Paint;
use super::object::{ClipPart, Look, Object, TextObject};
use super::page::PageContent;

/// Answers for one page.
pub(crate) struct Covered<'p> {
    coverage: &'p Coverage,
    page: &'p PageContent,
    /// Whether everything the whole page rests on is covered.
    frame: bool,
    /// Composites and cells that were looked at, by where they lie: they are shared and shown often.
    known: BTreeMap<usize, bool>,
}

impl<'p> Covered<'p> {
    /// `None` where nothing claims to be sealed.
    pub(crate) fn of(ofd: &'p Ofd, page: &'p PageContent) -> Option<Self> {
        let coverage = ofd.coverage();
        if matches!(coverage, Coverage::Unsigned) {
            return None;
        }
        Some(Self {
            coverage,
            page,
            frame: page.frame.iter().all(|entry| coverage.holds(entry)),
            known: BTreeMap::new(),
        })
    }

    /// Whether nothing of the page can be taken for sealed, whatever else is covered.
    pub(crate) fn nothing(&self) -> bool {
        !self.frame
    }

    /// Whether the object with this number is covered, with the fonts and pictures it names.
    pub(crate) fn object(&mut self, number: usize, object: &Object) -> bool {
        let mut layers = self.page.layers.iter();
        let layer = layers.find(|(end, _)| number < *end);
        let holds = layer.is_some_and(|(_, entry)| self.coverage.holds(entry));
        self.frame && holds && self.media(object)
    }

    pub(crate) fn annotation(&mut self, annotation: &Annotation) -> bool {
        let mut entries = annotation.entries.iter();
        self.frame
            && entries.all(|entry| self.coverage.holds(entry))
            && annotation.objects.iter().all(|object| self.media(object))
    }

    /// Whether the signature that stamps a seal holds; `entry` is its `Signature.xml`.
    pub(crate) fn seal(&self, entry: &str) -> bool {
        self.coverage.holds(entry)
    }

    fn media(&mut self, object: &Object) -> bool {
        match object {
            Object::Text(text) => self.text(text),
            Object::Path(path) => self.look(&path.look),
            Object::Picture(picture) => {
                let resources = &self.page.resources;
                let mut named = [Some(&picture.resource), picture.mask.as_ref()]
                    .into_iter()
                    .flatten();
                named.all(|id| self.file(resources.picture(id))) && self.look(&picture.look)
            }
            Object::Group(group) => self.shared(&group.objects) && self.look(&group.look),
        }
    }

    fn text(&mut self, text: &TextObject) -> bool {
        self.file(self.page.resources.font_file(&text.font)) && self.look(&text.look)
    }

    /// A file that is not there shows nothing.
    fn file(&self, entry: Option<&str>) -> bool {
        entry.is_none_or(|entry| self.coverage.holds(entry))
    }

    fn look(&mut self, look: &Look) -> bool {
        let paints = [&look.fill, &look.stroke].into_iter().flatten();
        let cells = paints.filter_map(|paint| match paint {
            Paint::Tiles(tiles) => Some(&tiles.objects),
            _ => None,
        });
        let mut parts = look.clips.iter().flat_map(|clip| &clip.parts);
        cells.into_iter().all(|objects| self.shared(objects))
            && parts.all(|part| match part {
                ClipPart::Path(..) => true,
                ClipPart::Text(text, _) => self.text(text),
            })
    }

    fn shared(&mut self, objects: &Arc<[Object]>) -> bool {
        let place = objects.as_ptr().addr();
        if let Some(known) = self.known.get(&place) {
            return *known;
        }
        let holds = objects.iter().all(|object| self.media(object));
        self.known.insert(place, holds);
        holds
    }
}

//! The page in sight of whatever has pages.

/// Which page is in sight, and how large.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Paper {
    /// From 0.
    pub(crate) page: u32,
    pub(crate) pages: u32,
    /// Why another page is not in sight.
    pub(crate) trouble: Option<String>,
    /// 1 is the whole width of the page.
    pub(crate) zoom: f32,
    /// What stands on the page in sight, for a screen reader.
    pub(crate) words: Words,
}

/// The words of a page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Words {
    /// Those that may be taken as the file's.
    pub(crate) text: String,
    /// Those that no signature of the file covers.
    pub(crate) uncovered: Option<String>,
}

impl Paper {
    /// The first of so many pages, whole.
    pub(crate) fn new(pages: u32, words: Words) -> Self {
        Self {
            page: 0,
            pages,
            trouble: None,
            zoom: 1.0,
            words,
        }
    }

    /// The page before or after this one, when there is one.
    pub(crate) fn beside(&self, after: bool) -> Option<u32> {
        let page = if after {
            self.page.checked_add(1)
        } else {
            self.page.checked_sub(1)
        };
        page.filter(|page| *page < self.pages)
    }

    /// Takes another page, whole again; one that cannot be drawn leaves this one, and says why.
    pub(crate) fn take(&mut self, page: u32, words: Result<Words, String>) {
        match words {
            Ok(words) => {
                (self.page, self.zoom, self.words) = (page, 1.0, words);
                self.trouble = None;
            }
            Err(trouble) => self.trouble = Some(trouble),
        }
    }

    /// A step larger or smaller.
    pub(crate) fn step(&mut self, larger: bool) {
        let factor = if larger { 1.5 } else { 1.0 / 1.5 };
        self.zoom = (self.zoom * factor).clamp(1.0, 4.0);
    }
}

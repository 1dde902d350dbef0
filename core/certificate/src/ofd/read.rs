//! Opening an OFD: package, resources and pages, as a model that can be drawn or searched.
//!
//! Understood: page templates, layers, page blocks, text with positions and glyph transforms, paths,
//! PNG and JPEG pictures, draw parameters, embedded sfnt fonts, clips by path. Everything else is
//! named in [`page::PageContent::left_out`], never silently dropped.

pub mod archive;
mod document;
mod numbers;
pub mod object;
pub mod page;
mod resources;
pub(crate) mod xml;

pub use document::{Ofd, OpenError};
pub use resources::{DrawParam, Resources};
pub use xml::XmlError;

#[cfg(test)]
mod hostile_tests;
#[cfg(test)]
pub(crate) mod tests;

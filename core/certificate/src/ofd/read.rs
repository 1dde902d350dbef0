//! Opening an OFD: package, resources and pages, as a model that can be drawn or searched.
//!
//! Understood: page templates, layers, page blocks, composites, text with positions, directions and
//! glyph transforms, paths, pictures with masks and borders, gradients, meshes and patterns, colour
//! spaces and palettes, draw parameters, embedded fonts, clips by path and text, annotations, links,
//! attachments. Whatever cannot be read is named in [`page::PageContent::left_out`], never silently
//! dropped.

pub mod annotation;
pub mod archive;
pub mod attachment;
mod colour;
pub(crate) mod coverage;
pub(crate) mod covered;
pub mod description;
mod document;
pub mod link;
mod numbers;
pub mod object;
pub mod page;
mod resources;
pub(crate) mod xml;

pub use document::{Ofd, OpenError};
pub use resources::{DrawParam, FontEntry, Resources};
pub use xml::XmlError;

#[cfg(test)]
mod hostile_tests;
#[cfg(test)]
pub(crate) mod tests;

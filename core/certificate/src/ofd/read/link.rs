//! Places of a page that lead somewhere when they are pressed.

use roxmltree::Node;
use tiny_skia::Rect;

use super::document::Ofd;
use super::numbers;
use super::xml::NodeExt;

/// The most links of a page.
const MAX_LINKS: usize = 10_000;

/// A place that leads somewhere. Show where before going: the file may lie in its words.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// The place, in millimetres of the page.
    pub area: Rect,
    /// Where it leads.
    pub target: Target,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// An address, as written; only `http`, `https` and `mailto` are taken.
    Address(String),
    /// A page of the document, counted from 0.
    Page(usize),
}

/// The links of the objects of a page or template.
pub(super) fn of_page(ofd: &Ofd, page: Node<'_, '_>, into: &mut Vec<Link>) {
    for actions in page.descendants().filter(|node| node.is("Actions")) {
        let boundary = actions
            .parent()
            .and_then(|object| object.attribute("Boundary"))
            .and_then(numbers::boundary);
        if let Some(area) = boundary {
            of_actions(ofd, actions, area, into);
        }
    }
}

/// The links of an annotation.
pub(super) fn of_annotation(ofd: &Ofd, node: Node<'_, '_>, area: Rect, into: &mut Vec<Link>) {
    for actions in node.descendants().filter(|node| node.is("Actions")) {
        // An object inside the annotation has a place of its own.
        let inner = actions
            .parent()
            .filter(|object| !object.is("Annot") && !object.is("Appearance"))
            .and_then(|object| object.attribute("Boundary"))
            .and_then(numbers::boundary)
            .and_then(|own| {
                Rect::from_xywh(
                    area.x() + own.x(),
                    area.y() + own.y(),
                    own.width(),
                    own.height(),
                )
            });
        of_actions(ofd, actions, inner.unwrap_or(area), into);
    }
}

fn of_actions(ofd: &Ofd, actions: Node<'_, '_>, area: Rect, into: &mut Vec<Link>) {
    for action in actions.children().filter(|node| node.is("Action")) {
        let pressed = action
            .attribute("Event")
            .is_none_or(|event| event == "CLICK");
        if let Some(target) = target(ofd, action).filter(|_| pressed)
            && into.len() < MAX_LINKS
        {
            into.push(Link { area, target });
        }
    }
}

fn target(ofd: &Ofd, action: Node<'_, '_>) -> Option<Target> {
    if let Some(uri) = action.child("URI") {
        let written = uri.attribute("URI").unwrap_or("").trim();
        let address = match uri.attribute("Base") {
            Some(base) if !written.contains(':') => format!("{}{written}", base.trim()),
            _ => written.to_owned(),
        };
        let lower = address.to_ascii_lowercase();
        let known = ["http://", "https://", "mailto:"];
        return known
            .iter()
            .any(|scheme| lower.starts_with(scheme))
            .then_some(Target::Address(address));
    }
    let dest = action.child("Goto")?.child("Dest")?;
    let page = ofd.page_of_id(dest.attribute("PageID")?)?;
    Some(Target::Page(page))
}

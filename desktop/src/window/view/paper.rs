//! A page in sight, what turns and enlarges it, and the verdict that stands beside it.

use eframe::egui::{
    Align, Color32, Frame, Layout, Margin, Rect, Role, ScrollArea, Sense, Shape, TextureHandle, Ui,
    WidgetInfo, epaint::TextShape, pos2, vec2,
};
use quanshengshi::seals::{SealReport, SealVerdict};

use crate::window::model::Press;
use crate::window::model::paper::Paper;
use crate::window::texts::Say;
use crate::window::view::icon::Icon;
use crate::window::view::look::{EDGE, INK, Look, PINE, SUNKEN};
use crate::window::view::parts::{Tone, chip, icon_button, notice};

/// Height of the page's window.
const PAPER: f32 = 440.0;

/// The page, larger by the zoom and then moved about; under its watermark, when it is a kept copy.
pub(crate) fn sheet(
    ui: &mut Ui,
    look: Look,
    paper: &Paper,
    drawn: Option<&TextureHandle>,
    mark: Option<&str>,
) {
    let frame = Frame::new()
        .fill(SUNKEN)
        .corner_radius(8)
        .inner_margin(Margin::same(4));
    frame.show(ui, |ui| {
        let Some(drawn) = drawn else {
            ui.spinner();
            return;
        };
        let size = drawn.size_vec2();
        let width = ui.available_width();
        let fit = (width / size.x).min(PAPER / size.y);
        let shown = size * fit * paper.zoom;
        let scroll = ScrollArea::both()
            .id_salt("paper")
            .max_height(PAPER)
            .auto_shrink([false, true]);
        scroll.show(ui, |ui| {
            let room = vec2(shown.x.max(ui.available_width()), shown.y);
            let (rect, seen) = ui.allocate_exact_size(room, Sense::hover());
            // Only made when somebody hears it.
            seen.widget_info(|| WidgetInfo::labeled(Role::Image, true, spoken(look, paper)));
            let page = Rect::from_center_size(rect.center(), shown);
            let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
            ui.painter().image(drawn.id(), page, whole, Color32::WHITE);
            if let Some(mark) = mark {
                watermark(ui, look, page, mark);
            }
        });
    });
}

/// The page for a screen reader: its words, and apart from them those that nobody signed.
fn spoken(look: Look, paper: &Paper) -> String {
    let mut words = format!("{}\n{}", look.say(Say::PageWords), paper.words.text);
    if let Some(uncovered) = &paper.words.uncovered {
        words = format!("{words}\n{}\n{uncovered}", look.say(Say::PageUncovered));
    }
    words
}

/// The line that must lie over the picture, again and again.
fn watermark(ui: &Ui, look: Look, page: Rect, text: &str) {
    let ink = Color32::from_rgba_unmultiplied(INK.r(), INK.g(), INK.b(), 44);
    let painter = ui.painter().with_clip_rect(page.intersect(ui.clip_rect()));
    let galley = painter.layout_no_wrap(text.to_owned(), look.font(13.0), ink);
    let (wide, high) = (galley.size().x + 40.0, 92.0);
    let mut y = page.top() + 40.0;
    while y < page.bottom() + galley.size().x / 2.0 {
        let mut x = page.left() - 20.0;
        while x < page.right() {
            let line = TextShape::new(pos2(x, y), galley.clone(), ink).with_angle(-0.38);
            painter.add(Shape::Text(line));
            x += wide;
        }
        y += high;
    }
}

/// Larger, smaller, and the pages beside.
pub(crate) fn tools(ui: &mut Ui, look: Look, paper: &Paper) -> Option<Press> {
    let mut press = None;
    ui.horizontal(|ui| {
        if chip(ui, look, look.say(Say::ZoomIn), false) {
            press = Some(Press::Zoom(true));
        }
        if chip(ui, look, look.say(Say::ZoomOut), false) {
            press = Some(Press::Zoom(false));
        }
        // Beside each other as in a book, and nothing to press where there is one page alone.
        if paper.pages > 1 {
            let room = ui.available_width();
            ui.allocate_ui_with_layout(
                vec2(room, 44.0),
                Layout::right_to_left(Align::Center),
                |ui| {
                    if turner(ui, paper, true, look.say(Say::PageAfter)) {
                        press = Some(Press::Turn(true));
                    }
                    ui.label(look.hint(format!("{} / {}", paper.page + 1, paper.pages)));
                    if turner(ui, paper, false, look.say(Say::PageBefore)) {
                        press = Some(Press::Turn(false));
                    }
                },
            );
        }
    });
    if let Some(trouble) = &paper.trouble {
        notice(ui, look, Tone::Care, trouble);
    }
    press
}

/// A way to the page beside; whether it was pressed.
fn turner(ui: &mut Ui, paper: &Paper, after: bool, name: &str) -> bool {
    let icon = if after { Icon::Forward } else { Icon::Back };
    let there = paper.beside(after).is_some();
    let color = if there { PINE } else { EDGE };
    ui.add_enabled_ui(there, |ui| icon_button(ui, icon, name, color).clicked())
        .inner
}

/// The drawn seal proves nothing: the verdict stands beside it.
pub(crate) fn verdict(ui: &mut Ui, look: Look, seal: &SealReport) {
    let tone = match seal.verdict {
        SealVerdict::IntactTrusted => Tone::Good,
        SealVerdict::IntactUnknownIssuer | SealVerdict::Unsigned => Tone::Care,
        SealVerdict::Broken => Tone::Bad,
    };
    let names = seal.signers.iter().filter_map(|by| by.seal_name.as_deref());
    let words: Vec<&str> = std::iter::once(seal.text.as_str()).chain(names).collect();
    notice(ui, look, tone, &words.join(" · "));
    for reason in &seal.reasons {
        ui.label(look.hint(reason.text.clone()));
    }
    if let Some(uncovered) = &seal.uncovered_text {
        notice(ui, look, Tone::Care, uncovered);
    }
}

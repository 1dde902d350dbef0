//! One certificate: the page as the core drew it, its watermark, the verdict on its seal, a code to check it by.

use std::time::Instant;

use eframe::egui::{
    Align, Color32, Frame, Layout, Margin, Rect, ScrollArea, Sense, Shape, TextureHandle, Ui,
    epaint::TextShape, pos2, vec2,
};
use quanshengshi::seals::SealVerdict;

use crate::window::model::Press;
use crate::window::model::screen::Certificate;
use crate::window::texts::Say;
use crate::window::view::icon::Icon;
use crate::window::view::look::{EDGE, INK, Look, PINE, SUNKEN, card};
use crate::window::view::parts::{Tone, chip, danger, fact, icon_button, notice, page, top_bar};

/// Height of the page's window.
const PAPER: f32 = 440.0;

pub(crate) fn show(
    ui: &mut Ui,
    look: Look,
    it: &Certificate,
    drawn: Option<&TextureHandle>,
) -> Option<Press> {
    let mut press = top_bar(ui, look, &it.shown.name, true).then_some(Press::Back);
    let below = page(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 12.0;
        let shown = &it.shown;
        if let Some(banner) = &shown.banner {
            notice(ui, look, Tone::Bad, banner);
        }
        paper(ui, look, it, drawn);
        let press = tools(ui, look, it);
        verdict(ui, look, it);
        notice(ui, look, Tone::Care, &shown.mark);
        code(ui, look, it);
        card().show(ui, |ui| {
            ui.set_width(ui.available_width());
            for (label, value) in [
                (Say::Number, &shown.number),
                (Say::Holder, &shown.holders.join("、")),
                (Say::Issuer, &shown.issuer),
                (Say::Validity, &validity(it)),
                (Say::Standing, &shown.standing),
            ] {
                fact(ui, look, look.say(label), value);
            }
        });
        if danger(ui, look, Say::Forget) {
            return Some(Press::Forget(shown.certificate.clone()));
        }
        press
    });
    press = press.or(below);
    press
}

fn validity(it: &Certificate) -> String {
    let to = it.shown.valid_to.as_deref().unwrap_or("—");
    format!("{} … {to}", it.shown.valid_from)
}

/// The page, larger by the zoom and then moved about, under its watermark.
fn paper(ui: &mut Ui, look: Look, it: &Certificate, drawn: Option<&TextureHandle>) {
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
        let shown = size * fit * it.zoom;
        let scroll = ScrollArea::both()
            .id_salt("paper")
            .max_height(PAPER)
            .auto_shrink([false, true]);
        scroll.show(ui, |ui| {
            let room = vec2(shown.x.max(ui.available_width()), shown.y);
            let (rect, _) = ui.allocate_exact_size(room, Sense::hover());
            let page = Rect::from_center_size(rect.center(), shown);
            let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
            ui.painter().image(drawn.id(), page, whole, Color32::WHITE);
            watermark(ui, look, page, &it.shown.mark);
        });
    });
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

fn tools(ui: &mut Ui, look: Look, it: &Certificate) -> Option<Press> {
    let mut press = None;
    ui.horizontal(|ui| {
        if chip(ui, look, look.say(Say::ZoomIn), false) {
            press = Some(Press::Zoom(true));
        }
        if chip(ui, look, look.say(Say::ZoomOut), false) {
            press = Some(Press::Zoom(false));
        }
        // Beside each other as in a book, and nothing to press where there is one page alone.
        if it.shown.pages > 1 {
            let room = ui.available_width();
            ui.allocate_ui_with_layout(
                vec2(room, 44.0),
                Layout::right_to_left(Align::Center),
                |ui| {
                    if turner(ui, it, true, look.say(Say::PageAfter)) {
                        press = Some(Press::Turn(true));
                    }
                    ui.label(look.hint(format!("{} / {}", it.page + 1, it.shown.pages)));
                    if turner(ui, it, false, look.say(Say::PageBefore)) {
                        press = Some(Press::Turn(false));
                    }
                },
            );
        }
    });
    if let Some(trouble) = &it.page_trouble {
        notice(ui, look, Tone::Care, trouble);
    }
    press
}

/// A way to the page beside; whether it was pressed.
fn turner(ui: &mut Ui, it: &Certificate, after: bool, name: &str) -> bool {
    let icon = if after { Icon::Forward } else { Icon::Back };
    let there = it.beside(after).is_some();
    let color = if there { PINE } else { EDGE };
    ui.add_enabled_ui(there, |ui| icon_button(ui, icon, name, color).clicked())
        .inner
}

/// The drawn seal proves nothing: the verdict stands beside it.
fn verdict(ui: &mut Ui, look: Look, it: &Certificate) {
    let seal = &it.shown.seal;
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

/// The code that somebody else scans, black on white in every look.
fn code(ui: &mut Ui, look: Look, it: &Certificate) {
    card().show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.label(look.label(look.say(Say::CodeTitle)));
        let Some(code) = &it.code else {
            let words = it
                .code_trouble
                .as_ref()
                .map_or(Say::Wait, |_| Say::CodeNone);
            ui.label(look.hint(look.say(words)));
            return;
        };
        ui.label(look.hint(look.say(Say::CodeLead)));
        ui.vertical_centered(|ui| {
            let rows = &code.line.rows;
            // Whole pixels, so that no line is thinner than another.
            let module = (220.0 / rows.len().max(1) as f32).floor().max(2.0);
            let side = module * rows.len() as f32;
            let (rect, _) = ui.allocate_exact_size(vec2(side, side), Sense::hover());
            let rect = Rect::from_min_size(rect.min.round(), rect.size());
            ui.painter().rect_filled(rect, 0.0, Color32::WHITE);
            for (y, row) in rows.iter().enumerate() {
                for (x, _) in row.bytes().enumerate().filter(|(_, bit)| *bit == b'1') {
                    let at = rect.min + vec2(x as f32, y as f32) * module;
                    let dark = Rect::from_min_size(at, vec2(module, module));
                    ui.painter().rect_filled(dark, 0.0, Color32::BLACK);
                }
            }
            let left = code
                .ends
                .saturating_duration_since(Instant::now())
                .as_secs();
            ui.label(look.hint(format!("{left} {}", look.say(Say::CodeSeconds))));
        });
    });
}

//! One certificate: the page as the core drew it, its watermark, the verdict on its seal, a code to check it by.

use std::time::Instant;

use eframe::egui::{Color32, Rect, Sense, TextureHandle, Ui, vec2};

use crate::window::model::Press;
use crate::window::model::screen::Certificate;
use crate::window::texts::Say;
use crate::window::view::look::{Look, card};
use crate::window::view::paper::{sheet, tools, verdict};
use crate::window::view::parts::{Tone, danger, fact, notice, page, top_bar};
use crate::window::view::share;

pub(crate) fn show(
    ui: &mut Ui,
    look: Look,
    it: &mut Certificate,
    drawn: Option<&TextureHandle>,
) -> Option<Press> {
    let mut press = top_bar(ui, look, &it.shown.name, true).then_some(Press::Back);
    let below = page(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 12.0;
        let shown = &it.shown;
        if let Some(banner) = &shown.banner {
            notice(ui, look, Tone::Bad, banner);
        }
        sheet(ui, look, &it.paper, drawn, Some(&it.shown.mark));
        let press = tools(ui, look, &it.paper);
        verdict(ui, look, &it.shown.seal);
        notice(ui, look, Tone::Care, &shown.mark);
        // One that does not hold may be looked at, no more.
        let shared = if shown.holds {
            share::show(ui, look, &mut it.copy)
        } else {
            None
        };
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
            return Some(Press::Forget(it.shown.certificate.clone()));
        }
        press.or(shared)
    });
    press = press.or(below);
    press
}

fn validity(it: &Certificate) -> String {
    let to = it.shown.valid_to.as_deref().unwrap_or("—");
    format!("{} … {to}", it.shown.valid_from)
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

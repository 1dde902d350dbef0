//! Looking for the code, choosing what a phone's camera would see, and typing the nine digits.

use std::path::Path;

use eframe::egui::{Color32, Frame, Margin, TextEdit, TextureHandle, Ui, vec2};

use crate::window::model::Press;
use crate::window::model::screen::{Looking, Scan};
use crate::window::texts::Say;
use crate::window::view::icon::Icon;
use crate::window::view::look::{Look, card};
use crate::window::view::parts::{foot, page, primary, row, rule, secondary, top_bar};

/// The viewfinder's ground, and words on it.
const GLASS: Color32 = Color32::from_rgb(0x0c, 0x14, 0x12);
const ON_GLASS: Color32 = Color32::WHITE;

pub(crate) fn show(
    ui: &mut Ui,
    look: Look,
    scan: &Scan,
    picture: Option<&TextureHandle>,
) -> Option<Press> {
    let mut press = top_bar(ui, look, look.say(Say::Scan), true).then_some(Press::Back);
    if foot(ui, |ui| secondary(ui, look, Say::TypeDigits)) {
        press = Some(Press::TypeDigits);
    }
    let below = page(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 12.0;
        finder(ui, look, scan, picture);
        choose(ui, look, scan)
    });
    press.or(below)
}

fn finder(ui: &mut Ui, look: Look, scan: &Scan, picture: Option<&TextureHandle>) {
    let frame = Frame::new()
        .fill(GLASS)
        .corner_radius(14)
        .inner_margin(Margin::same(16));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.vertical_centered(|ui| {
            let live = scan.looking == Looking::Camera;
            let room = vec2(ui.available_width(), if live { 300.0 } else { 130.0 });
            if let Some(picture) = picture {
                let size = picture.size_vec2();
                let fit = (room.x / size.x).min(room.y / size.y);
                ui.image((picture.id(), size * fit));
            } else {
                let (rect, _) =
                    ui.allocate_exact_size(vec2(96.0, 96.0), eframe::egui::Sense::hover());
                crate::window::view::icon::paint(ui.painter(), rect, Icon::Scan, ON_GLASS);
            }
            if scan.looking == Looking::Pictures {
                ui.spinner();
            }
            ui.label(look.strong(scan.say.clone(), 17.0).color(ON_GLASS));
        });
    });
}

fn choose(ui: &mut Ui, look: Look, scan: &Scan) -> Option<Press> {
    let mut press = None;
    ui.label(look.hint(scan.folder.display().to_string()));
    card()
        .inner_margin(Margin::symmetric(12, 4))
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            if scan.camera && scan.looking != Looking::Camera {
                if row(ui, look, Some(Icon::Scan), look.say(Say::ScanCamera), "") {
                    press = Some(Press::Scan);
                }
                rule(ui);
            }
            if let Some(up) = up(&scan.folder)
                && row(ui, look, Some(Icon::Back), look.say(Say::ScanUp), "")
            {
                press = Some(Press::Folder(up.to_owned()));
            }
            if scan.choices.iter().any(|choice| !choice.is_folder) {
                rule(ui);
                if row(ui, look, Some(Icon::Scan), look.say(Say::ScanFolder), "") {
                    press = Some(Press::Pictures(vec![scan.folder.clone()]));
                }
            }
            for choice in &scan.choices {
                rule(ui);
                let icon = if choice.is_folder {
                    Icon::Folder
                } else {
                    Icon::Picture
                };
                if row(ui, look, Some(icon), &choice.name, "") {
                    let path = choice.path.clone();
                    press = Some(if choice.is_folder {
                        Press::Folder(path)
                    } else {
                        Press::Pictures(vec![path])
                    });
                }
            }
        });
    press
}

/// The folder above; none above the root and above a relative name.
pub(crate) fn up(folder: &Path) -> Option<&Path> {
    folder.parent().filter(|up| !up.as_os_str().is_empty())
}

pub(crate) fn digits(ui: &mut Ui, look: Look, typed: &mut String) -> Option<Press> {
    let mut press = top_bar(ui, look, look.say(Say::DigitsTitle), true).then_some(Press::Back);
    let whole = typed.chars().filter(char::is_ascii_digit).count() == 9;
    foot(ui, |ui| {
        ui.add_enabled_ui(whole, |ui| {
            if primary(ui, look, Say::DigitsGo) {
                press = Some(Press::Digits);
            }
        });
    });
    page(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 12.0;
        ui.label(look.body(look.say(Say::DigitsLead)));
        let line = TextEdit::singleline(typed)
            .font(look.strong_font(32.0))
            .char_limit(11);
        ui.add(
            line.hint_text("123 456 789")
                .desired_width(f32::INFINITY)
                .margin(Margin::same(12)),
        );
    });
    press
}

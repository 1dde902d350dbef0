//! What is asked, the separate consent to the face, and the other ways.

use eframe::egui::{CornerRadius, Frame, Margin, Stroke, Ui};
use quanshengshi::texts::FaceNotice;
use quanshengshi::ways::WayLine;

use crate::window::model::Press;
use crate::window::model::order::Asked;
use crate::window::model::screen::mobile;
use crate::window::texts::Say;
use crate::window::view::icon::Icon;
use crate::window::view::look::{Look, PINE, PINE_TINT, SURFACE, card};
use crate::window::view::parts::{
    Tone, danger, fact, foot, notice, page, primary, row, rule, secondary, top_bar,
};

/// Who asks what of whom, from where.
pub(crate) fn ask(ui: &mut Ui, look: Look, asked: &Asked, may_agree: bool) -> Option<Press> {
    let mut press = top_bar(ui, look, look.say(Say::AskTitle), true).then_some(Press::Back);
    foot(ui, |ui| {
        if may_agree && primary(ui, look, Say::ItIsMe) {
            press = Some(Press::ItIsMe);
        }
        if danger(ui, look, Say::NotMe) {
            press = Some(Press::NotMe);
        }
    });
    let screen = &asked.screen;
    let number = mobile(&screen.lines);
    let below = page(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 14.0;
        if let Some(other) = &screen.other_person {
            notice(ui, look, Tone::Bad, &other.text);
        }
        card().inner_margin(Margin::ZERO).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let top = CornerRadius {
                nw: 14,
                ne: 14,
                sw: 0,
                se: 0,
            };
            let what = Frame::new()
                .fill(PINE_TINT)
                .corner_radius(top)
                .inner_margin(Margin::symmetric(16, 12));
            what.show(ui, |ui| {
                ui.set_width(ui.available_width());
                ui.label(look.strong(screen.title.clone(), 19.0));
            });
            for line in screen.lines.iter().filter(|line| Some(*line) != number) {
                rule(ui);
                let frame = Frame::new().inner_margin(Margin::symmetric(16, 9));
                frame.show(ui, |ui| fact(ui, look, &line.label, &line.value));
            }
        });
        if let Some(line) = number {
            let frame = Frame::new().fill(SURFACE).stroke(Stroke::new(2.0, PINE));
            frame
                .corner_radius(14)
                .inner_margin(Margin::same(16))
                .show(ui, |ui| {
                    ui.set_width(ui.available_width());
                    ui.label(look.body(line.label.clone()));
                    ui.label(look.strong(line.value.clone(), 26.0));
                });
        }
        notice(ui, look, Tone::Care, &screen.warning);
        secondary(ui, look, Say::Decline).then_some(Press::Decline)
    });
    press.or(below)
}

/// The consent to processing the face: apart from everything else.
pub(crate) fn consent(ui: &mut Ui, look: Look, told: &FaceNotice) -> Option<Press> {
    let mut press = top_bar(ui, look, look.say(Say::CaptureTitle), true).then_some(Press::Back);
    foot(ui, |ui| {
        if primary(ui, look, Say::AgreeFace) {
            press = Some(Press::AgreeFace);
        }
        if secondary(ui, look, Say::RefuseFace) {
            press = Some(Press::RefuseFace);
        }
    });
    page(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 14.0;
        ui.label(look.title(told.title.clone()));
        card().show(ui, |ui| {
            ui.set_width(ui.available_width());
            for part in &told.parts {
                ui.label(look.label(part.heading.clone()));
                ui.label(look.hint(part.text.clone()));
                ui.add_space(4.0);
            }
        });
        let version = told.version;
        ui.label(look.hint(format!("{} {version}", look.say(Say::NoticeVersion))));
    });
    press
}

/// Every way on: other acts can be asked for here, the rest is read.
pub(crate) fn ways(ui: &mut Ui, look: Look, ways: &[WayLine]) -> Option<Press> {
    let press = top_bar(ui, look, look.say(Say::WaysTitle), true).then_some(Press::Back);
    let below = page(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 12.0;
        let mut press = None;
        for way in ways {
            card().show(ui, |ui| {
                ui.set_width(ui.available_width());
                if let Some(variant) = way.variant {
                    if row(ui, look, Some(Icon::Person), &way.title, &way.text) {
                        press = Some(Press::Acts(variant));
                    }
                } else {
                    ui.label(look.label(way.title.clone()));
                    ui.label(look.hint(way.text.clone()));
                }
            });
        }
        press
    });
    press.or(below)
}

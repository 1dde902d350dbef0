//! The end of a task with its receipt, and the words after signing out.

use eframe::egui::{Rect, Sense, Ui, vec2};

use crate::window::model::Press;
use crate::window::model::screen::{Ended, Tab};
use crate::window::texts::Say;
use crate::window::view::icon::{Icon, paint};
use crate::window::view::look::{AMBER, GREEN, Look, card};
use crate::window::view::parts::{Tone, fact, foot, notice, page, primary, secondary, top_bar};
use crate::window::view::when::moment;

pub(crate) fn show(ui: &mut Ui, look: Look, ended: &Ended) -> Option<Press> {
    let mut press = None;
    foot(ui, |ui| {
        if primary(ui, look, Say::Finish) {
            press = Some(Press::Back);
        }
        if ended.kept > 0 && secondary(ui, look, Say::SeeWallet) {
            press = Some(Press::Tab(Tab::Wallet));
        }
        if ended.say == Say::ResultFailed && secondary(ui, look, Say::OtherWays) {
            press = Some(Press::OtherWays);
        }
    });
    page(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 12.0;
        ui.add_space(24.0);
        ui.vertical_centered(|ui| {
            let (rect, _) = ui.allocate_exact_size(vec2(96.0, 96.0), Sense::hover());
            let rect = Rect::from_center_size(rect.center(), vec2(80.0, 80.0));
            let (icon, color) = if ended.approved {
                (Icon::Tick, GREEN)
            } else {
                (Icon::Mark, AMBER)
            };
            paint(ui.painter(), rect, icon, color);
            ui.label(look.title(look.say(ended.say)));
            if let Some(reason) = &ended.reason {
                ui.label(look.body(reason.clone()));
            }
            if ended.loading {
                ui.spinner();
            }
        });
        if ended.kept > 0 {
            notice(
                ui,
                look,
                Tone::Good,
                &format!("{} · {}", look.say(Say::KeptNow), ended.kept),
            );
        }
        if let Some(trouble) = &ended.trouble {
            notice(ui, look, Tone::Care, trouble);
        }
        receipt(ui, look, ended);
    });
    press
}

fn receipt(ui: &mut Ui, look: Look, ended: &Ended) {
    let Some(line) = &ended.receipt else {
        return;
    };
    card().show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.label(look.heading(look.say(Say::Receipt)));
        fact(ui, look, look.say(Say::ReceiptWhat), &line.title);
        fact(ui, look, look.say(Say::ReceiptAccount), &line.account);
        let at = moment(line.decided_at_ms.unwrap_or(line.claimed_at_ms));
        fact(ui, look, look.say(Say::ReceiptWhen), &at);
        fact(ui, look, look.say(Say::ReceiptPlace), &line.place);
        fact(ui, look, look.say(Say::ReceiptNumber), &line.receipt);
        if line.proven {
            ui.label(look.strong(look.say(Say::ReceiptProven), 15.0).color(GREEN));
        }
    });
    ui.label(look.hint(look.say(Say::ReceiptKept)));
}

pub(crate) fn signed_out(ui: &mut Ui, look: Look, told: bool) -> Option<Press> {
    let _ = top_bar(ui, look, look.say(Say::App), false);
    page(ui, |ui| {
        ui.add_space(60.0);
        ui.vertical_centered(|ui| {
            let (rect, _) = ui.allocate_exact_size(vec2(80.0, 80.0), Sense::hover());
            let (icon, color) = if told {
                (Icon::Tick, GREEN)
            } else {
                (Icon::Mark, AMBER)
            };
            paint(ui.painter(), rect, icon, color);
            ui.add_space(12.0);
            let say = if told {
                Say::SignedOut
            } else {
                Say::SignedOutUntold
            };
            ui.label(look.heading(look.say(say)));
        });
        ui.add_space(24.0);
        primary(ui, look, Say::Scan).then_some(Press::Scan)
    })
}

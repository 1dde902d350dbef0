//! The log, the devices, the choices.

use eframe::egui::{Margin, Ui};
use quanshengshi::activity::{ActivityLine, DeviceLine};

use crate::window::model::Press;
use crate::window::model::screen::Devices;
use crate::window::model::settings::Settings;
use crate::window::texts::Say;
use crate::window::view::icon::Icon;
use crate::window::view::look::{AMBER, GREEN, HINT, Look, card};
use crate::window::view::parts::{
    Tone, chip, danger, devices_row, fact, notice, page, row, rule, secondary, top_bar,
};
use crate::window::view::when::{clock, day, moment};

/// What was done, by day, newest first.
pub(crate) fn log(ui: &mut Ui, look: Look, lines: &[ActivityLine]) -> Option<Press> {
    let _ = top_bar(ui, look, look.say(Say::TabLog), false);
    page(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 12.0;
        if lines.is_empty() {
            ui.label(look.body(look.say(Say::LogEmpty)));
        }
        let mut of = String::new();
        for line in lines {
            let at = line.decided_at_ms.unwrap_or(line.claimed_at_ms);
            if day(at) != of {
                of = day(at);
                ui.label(look.strong(of.clone(), 15.0).color(HINT));
            }
            entry(ui, look, line, &clock(at));
        }
        if !lines.is_empty() {
            ui.label(look.hint(look.say(Say::LogReport)));
        }
    });
    None
}

fn entry(ui: &mut Ui, look: Look, line: &ActivityLine, at: &str) {
    card().show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.label(look.label(line.title.clone()));
        let color = if line.approved { GREEN } else { AMBER };
        ui.label(
            look.strong(format!("{at} · {}", line.outcome), 15.0)
                .color(color),
        );
        if !line.certificates.is_empty() {
            ui.label(look.hint(format!("{} {}", line.certificates.join("、"), line.purpose)));
        }
        fact(ui, look, look.say(Say::ReceiptAccount), &line.account);
        fact(ui, look, look.say(Say::ReceiptPlace), &line.place);
        fact(ui, look, look.say(Say::ReceiptNumber), &line.receipt);
        if line.proven {
            ui.label(look.hint(look.say(Say::ReceiptProven)));
        }
    });
}

/// Who acts for the accounts of this phone.
pub(crate) fn devices(ui: &mut Ui, look: Look, devices: &Devices) -> Option<Press> {
    let back = top_bar(ui, look, look.say(Say::DevicesTitle), true).then_some(Press::Back);
    page(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 12.0;
        let lead = if devices.lines.is_empty() {
            Say::DevicesNone
        } else {
            Say::DevicesLead
        };
        ui.label(look.body(look.say(lead)));
        let mut press = back;
        for line in &devices.lines {
            let asking = devices.asking.as_ref() == Some(&line.device);
            press = device(ui, look, line, asking).or(press);
        }
        notice(ui, look, Tone::Care, look.say(Say::DevicesNote));
        press
    })
}

/// One device; the others can be disabled, after a question.
fn device(ui: &mut Ui, look: Look, line: &DeviceLine, asking: bool) -> Option<Press> {
    let mut press = None;
    card().show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.label(look.label(format!("{:?} {}", line.platform, line.app_version)));
        if line.this_phone {
            ui.label(look.strong(look.say(Say::ThisPhone), 15.0).color(GREEN));
        }
        fact(ui, look, look.say(Say::ReceiptAccount), &line.account);
        let used = moment(line.last_at_ms);
        fact(ui, look, look.say(Say::DeviceUsed), &used);
        ui.label(look.hint(line.device.clone()));
        if line.this_phone {
            return;
        }
        if !asking {
            if secondary(ui, look, Say::DeviceDisable) {
                press = Some(Press::AskDisable(Some(line.device.clone())));
            }
            return;
        }
        notice(ui, look, Tone::Bad, look.say(Say::DeviceDisableAsk));
        if danger(ui, look, Say::DeviceDisableYes) {
            press = Some(Press::Disable(line.device.clone()));
        }
        if secondary(ui, look, Say::DeviceDisableNo) {
            press = Some(Press::AskDisable(None));
        }
    });
    press
}

/// Language, size, devices, leaving.
pub(crate) fn settings(ui: &mut Ui, look: Look, settings: Settings, asking: bool) -> Option<Press> {
    let _ = top_bar(ui, look, look.say(Say::TabSettings), false);
    page(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 14.0;
        let mut press = None;
        card().show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.label(look.label(look.say(Say::TextSize)));
            ui.horizontal(|ui| {
                for (say, large) in [(Say::TextUsual, false), (Say::TextLarge, true)] {
                    if chip(ui, look, look.say(say), settings.large_text == large) {
                        press = Some(Press::LargeText(large));
                    }
                }
            });
            ui.add_space(6.0);
            ui.label(look.label(look.say(Say::LanguageTitle)));
            ui.horizontal(|ui| {
                // Each language is named in itself.
                for (name, english) in [("中文", false), ("English", true)] {
                    if chip(ui, look, name, settings.english == english) {
                        press = Some(Press::English(english));
                    }
                }
            });
        });
        card()
            .inner_margin(Margin::symmetric(12, 4))
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                if devices_row(ui, look) {
                    press = Some(Press::Devices);
                }
                rule(ui);
                if row(
                    ui,
                    look,
                    Some(Icon::Cross),
                    look.say(Say::SignOut),
                    look.say(Say::SignOutLead),
                ) {
                    press = Some(Press::AskSignOut(true));
                }
            });
        if asking {
            notice(ui, look, Tone::Bad, look.say(Say::SignOutAsk));
            if danger(ui, look, Say::SignOutYes) {
                press = Some(Press::SignOut);
            }
            if secondary(ui, look, Say::SignOutNo) {
                press = Some(Press::AskSignOut(false));
            }
        }
        press
    })
}

//! Something is in the way, or on its way.

use eframe::egui::{Sense, Ui, vec2};

use crate::window::model::Press;
use crate::window::model::trouble::Trouble;
use crate::window::texts::Say;
use crate::window::view::icon::{Icon, paint};
use crate::window::view::look::{AMBER, Look};
use crate::window::view::parts::{foot, page, primary, secondary, top_bar};

/// What happened, that it has a name, and every way on.
pub(crate) fn show(ui: &mut Ui, look: Look, trouble: &Trouble) -> Option<Press> {
    let mut press = top_bar(ui, look, look.say(Say::TroubleTitle), false).then_some(Press::Back);
    foot(ui, |ui| {
        for (at, remedy) in trouble.remedies.iter().enumerate() {
            let pressed = if at == 0 {
                primary(ui, look, remedy.say())
            } else {
                secondary(ui, look, remedy.say())
            };
            if pressed {
                press = Some(Press::Remedy(*remedy));
            }
        }
    });
    page(ui, |ui| {
        ui.add_space(80.0);
        ui.vertical_centered(|ui| {
            let (rect, _) = ui.allocate_exact_size(vec2(80.0, 80.0), Sense::hover());
            paint(ui.painter(), rect, Icon::Mark, AMBER);
            ui.add_space(16.0);
            ui.label(look.heading(trouble.text.clone()));
            ui.add_space(8.0);
            ui.label(look.hint(trouble.code.clone()));
        });
    });
    press
}

/// The core is at work; going back is possible.
pub(crate) fn waiting(ui: &mut Ui, look: Look) -> Option<Press> {
    let press = top_bar(ui, look, look.say(Say::App), true).then_some(Press::Back);
    page(ui, |ui| {
        ui.add_space(220.0);
        ui.vertical_centered(|ui| {
            ui.add(eframe::egui::Spinner::new().size(36.0));
            ui.add_space(8.0);
            ui.label(look.body(look.say(Say::Wait)));
        });
    });
    press
}

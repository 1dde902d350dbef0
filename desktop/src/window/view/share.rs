//! Handing a copy on: what it is for, then where it lies.

use eframe::egui::{Margin, TextEdit, Ui};

use crate::window::model::Press;
use crate::window::model::screen::Copy;
use crate::window::texts::Say;
use crate::window::view::look::{Look, card};
use crate::window::view::parts::{Tone, notice, primary, secondary};

pub(crate) fn show(ui: &mut Ui, look: Look, copy: &mut Option<Copy>) -> Option<Press> {
    let Some(copy) = copy else {
        return secondary(ui, look, Say::Share).then_some(Press::Copy(true));
    };
    let mut press = None;
    card().show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 10.0;
        ui.label(look.label(look.say(Say::Share)));
        ui.label(look.hint(look.say(Say::ShareHint)));
        match &copy.made {
            Some(Ok(folder)) => {
                let said = format!("{} {}", look.say(Say::ShareMade), folder.display());
                notice(ui, look, Tone::Good, &said);
                if secondary(ui, look, Say::Finish) {
                    press = Some(Press::Copy(false));
                }
                return;
            }
            Some(Err(trouble)) => notice(ui, look, Tone::Bad, trouble),
            None => {}
        }
        let line = TextEdit::singleline(&mut copy.purpose)
            .hint_text(look.say(Say::SharePurpose))
            .font(look.font(17.0))
            .desired_width(f32::INFINITY)
            .margin(Margin::same(10));
        ui.add_enabled(!copy.drawing, line);
        if copy.drawing {
            ui.vertical_centered(Ui::spinner);
            return;
        }
        if primary(ui, look, Say::ShareMake) {
            press = Some(Press::MakeCopy);
        }
        if secondary(ui, look, Say::ShareNot) {
            press = Some(Press::Copy(false));
        }
    });
    press
}

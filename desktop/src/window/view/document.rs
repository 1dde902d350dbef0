//! Choosing a certificate's file on this machine, and looking at it.

use eframe::egui::{Margin, TextureHandle, Ui};
use quanshengshi::pdf::PdfFacts;

use crate::window::model::Press;
use crate::window::model::document::{Document, Files, Proof};
use crate::window::texts::Say;
use crate::window::view::icon::Icon;
use crate::window::view::look::{Look, card};
use crate::window::view::paper::{sheet, tools, verdict};
use crate::window::view::parts::{Tone, notice, page, row, rule, top_bar};
use crate::window::view::scan::up;

pub(crate) fn files(ui: &mut Ui, look: Look, files: &Files) -> Option<Press> {
    let press = top_bar(ui, look, look.say(Say::FileOpen), true).then_some(Press::Back);
    let below = page(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 12.0;
        ui.label(look.body(look.say(Say::FileDrop)));
        ui.label(look.hint(files.folder.display().to_string()));
        let press = list(ui, look, files);
        if files.choices.iter().all(|choice| choice.is_folder) {
            ui.label(look.hint(look.say(Say::FileNone)));
        }
        press
    });
    press.or(below)
}

fn list(ui: &mut Ui, look: Look, files: &Files) -> Option<Press> {
    let mut press = None;
    let card = card().inner_margin(Margin::symmetric(12, 4));
    card.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        if let Some(up) = up(&files.folder)
            && row(ui, look, Some(Icon::Back), look.say(Say::ScanUp), "")
        {
            press = Some(Press::Files(Some(up.to_owned())));
        }
        for choice in &files.choices {
            rule(ui);
            let icon = if choice.is_folder {
                Icon::Folder
            } else {
                Icon::Card
            };
            if row(ui, look, Some(icon), &choice.name, "") {
                let path = choice.path.clone();
                press = Some(if choice.is_folder {
                    Press::Files(Some(path))
                } else {
                    Press::Document(path)
                });
            }
        }
    });
    press
}

/// A file of anybody: what is known of its maker stands above the page, for the page can say anything.
pub(crate) fn show(
    ui: &mut Ui,
    look: Look,
    it: &Document,
    drawn: Option<&TextureHandle>,
) -> Option<Press> {
    let press = top_bar(ui, look, look.say(Say::FileTitle), true).then_some(Press::Back);
    let below = page(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 12.0;
        ui.label(look.hint(it.name.clone()));
        match &it.proof {
            Proof::Seals(seals) => verdict(ui, look, seals),
            Proof::Nothing(facts) => unproven(ui, look, facts),
        }
        sheet(ui, look, &it.paper, drawn, None);
        tools(ui, look, &it.paper)
    });
    press.or(below)
}

fn unproven(ui: &mut Ui, look: Look, facts: &PdfFacts) {
    notice(ui, look, Tone::Care, &facts.text);
    for found in &facts.signatures {
        if let Some(beware) = &found.text {
            notice(ui, look, Tone::Bad, beware);
        }
    }
}

//! The screens, drawn. A view takes what the model holds and says what was pressed.

mod capture;
mod certificate;
mod confirm;
mod document;
mod ended;
mod home;
mod icon;
pub(crate) mod look;
mod paper;
mod parts;
mod phone;
mod scan;
mod share;
mod trouble;
mod wallet;
mod when;

use eframe::egui::{TextureHandle, Ui};

use crate::window::model::screen::Screen;
use crate::window::model::{Model, Press};
use crate::window::view::look::Look;

/// Pictures of the present screen.
#[derive(Default)]
pub(crate) struct Pictures {
    /// What the camera sees.
    pub(crate) camera: Option<TextureHandle>,
    /// The certificate's page.
    pub(crate) page: Option<TextureHandle>,
}

/// Draws the present screen; what was pressed.
pub(crate) fn show(ui: &mut Ui, model: &mut Model, pictures: &Pictures) -> Option<Press> {
    let look = Look::of(model.settings);
    let mut press = None;
    if let Some(tab) = model.screen.tab() {
        press = parts::tabs(ui, look, tab).map(Press::Tab);
    }
    let may_agree = model.may_agree();
    let below = match (&mut model.screen, &model.asked) {
        (Screen::Home(home), _) => home::show(ui, look, home),
        (Screen::Scan(scan), _) => scan::show(ui, look, scan, pictures.camera.as_ref()),
        (Screen::Digits(typed), _) => scan::digits(ui, look, typed),
        (Screen::Ask, Some(asked)) => confirm::ask(ui, look, asked, may_agree),
        (Screen::FaceConsent(notice), _) => confirm::consent(ui, look, notice),
        (Screen::Ways(ways), _) => confirm::ways(ui, look, ways),
        (Screen::Capture(capture), _) => capture::show(ui, look, capture, pictures.camera.as_ref()),
        (Screen::Ended(it), _) => ended::show(ui, look, it),
        (Screen::SignedOut(told), _) => ended::signed_out(ui, look, *told),
        (Screen::Wallet(wallet), _) => wallet::show(ui, look, wallet),
        (Screen::Certificate(it), _) => certificate::show(ui, look, it, pictures.page.as_ref()),
        (Screen::Files(it), _) => document::files(ui, look, it),
        (Screen::Document(it), _) => document::show(ui, look, it, pictures.page.as_ref()),
        (Screen::Log(lines), _) => phone::log(ui, look, lines),
        (Screen::Devices(it), _) => phone::devices(ui, look, it),
        (Screen::Settings { asking }, _) => phone::settings(ui, look, model.settings, *asking),
        (Screen::Trouble(it), _) => trouble::show(ui, look, it),
        (Screen::Waiting | Screen::Ask, _) => trouble::waiting(ui, look),
    };
    press.or(below)
}

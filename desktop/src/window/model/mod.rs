//! The state of the window without drawing: what a person presses and what the core answers change
//! the screen, and give orders for the worker.

pub(crate) mod capture;
pub(crate) mod chooser;
pub(crate) mod document;
mod hear;
pub(crate) mod order;
pub(crate) mod paper;
mod press;
pub(crate) mod screen;
pub(crate) mod settings;
#[cfg(test)]
mod tests;
pub(crate) mod trouble;

use std::path::PathBuf;
use std::time::Instant;

pub(crate) use press::Press;
use quanshengshi::error::QssError;
use quanshengshi::texts::code_text;

use chooser::Kind;
use order::{Asked, Order};
use paper::Paper;
use screen::{Home, Looking, Scan, Screen};
use settings::Settings;
use trouble::Trouble;

use crate::window::texts::Say;

/// Everything the window knows.
#[derive(Debug)]
pub(crate) struct Model {
    pub(crate) screen: Screen,
    pub(crate) settings: Settings,
    /// The claimed task.
    pub(crate) asked: Option<Asked>,
    /// Counts screens: answers to orders of an earlier one come too late and are dropped.
    pub(crate) visit: u64,
    /// Where pictures and files are looked for.
    pictures: PathBuf,
    /// Whether a code can be held before the camera.
    camera: bool,
    orders: Vec<Order>,
}

impl Model {
    /// A phone that is being opened; `camera` tells whether a code can be held before its camera.
    pub(crate) fn new(settings: Settings, pictures: PathBuf, camera: bool) -> Self {
        Self {
            screen: Screen::Waiting,
            settings,
            asked: None,
            visit: 0,
            pictures,
            camera,
            orders: vec![Order::Open(settings.language())],
        }
    }

    /// The orders given since the last time.
    pub(crate) fn take_orders(&mut self) -> Vec<Order> {
        std::mem::take(&mut self.orders)
    }

    /// What time brings: a fresh code beside a certificate.
    pub(crate) fn tick(&mut self, now: Instant) {
        if let Screen::Certificate(it) = &mut self.screen
            && it.wants_code(now)
        {
            let order = Order::Code(it.shown.certificate.clone());
            self.orders.push(order);
        }
    }

    /// The page in sight, on a screen that has pages.
    fn paper(&mut self) -> Option<&mut Paper> {
        match &mut self.screen {
            Screen::Certificate(it) => Some(&mut it.paper),
            Screen::Document(it) => Some(&mut it.paper),
            _ => None,
        }
    }

    fn go(&mut self, screen: Screen) {
        self.visit += 1;
        self.screen = screen;
        self.orders.push(Order::Leave);
    }

    /// Shows that something is on its way, and orders it.
    fn wait_for(&mut self, order: Order) {
        self.go(Screen::Waiting);
        self.orders.push(order);
    }

    fn home(&mut self) {
        // Scanning is offered before the portal was heard.
        self.asked = None;
        self.go(Screen::Home(Home::default()));
        self.orders.push(Order::Home);
    }

    /// Looks through the camera, or waits for a picture where it sees no codes.
    fn scan(&mut self) {
        if self.camera {
            self.look_for_codes(Looking::Camera, Say::ScanAim);
            self.orders.push(Order::Watch);
        } else {
            self.look_for_codes(Looking::Nowhere, Say::ScanDrop);
        }
    }

    fn look_for_codes(&mut self, looking: Looking, say: Say) {
        self.go(Screen::Scan(Scan {
            folder: self.pictures.clone(),
            choices: chooser::choices(&self.pictures, Kind::Picture),
            say: self.say(say),
            looking,
            camera: self.camera,
        }));
    }

    fn say(&self, say: Say) -> String {
        say.text(self.settings.language()).to_owned()
    }

    fn words(&self, code: &str) -> String {
        let known = code_text(code, self.settings.language());
        known.unwrap_or_else(|| self.say(Say::UnknownTrouble))
    }

    fn trouble(&mut self, error: &QssError, again: Option<Order>) {
        let trouble = Trouble::of(error, self.settings.language(), again);
        self.go(Screen::Trouble(trouble));
    }
}

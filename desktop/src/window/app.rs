//! The window's loop: what was told goes to the model, the model is drawn, what was pressed goes back.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use eframe::egui::{ColorImage, Context, TextureHandle, TextureOptions, Ui};
use quanshengshi_frame::rgb::Rgb;
use quanshengshi_frame::still::decode;

use crate::window::model::chooser::Kind;
use crate::window::model::order::Event;
use crate::window::model::screen::Screen;
use crate::window::model::settings::Settings;
use crate::window::model::{Model, Press};
use crate::window::view::look::{Look, PAGE};
use crate::window::view::{self, Pictures};
use crate::window::worker::{Ground, Told, Worker};

/// The app of the window.
pub(crate) struct App {
    pub(crate) model: Model,
    worker: Worker,
    ground: Ground,
    pictures: Pictures,
    /// What the widgets were dressed for.
    dressed: Option<Settings>,
    /// The screen that was drawn last.
    shown: Option<(u64, std::mem::Discriminant<Screen>)>,
}

impl App {
    /// Opens the phone of a folder on threads of its own.
    pub(crate) fn new(context: &Context, ground: Ground) -> std::io::Result<Self> {
        let waken = context.clone();
        let wake = std::sync::Arc::new(move || waken.request_repaint());
        let settings = Settings::read(&ground.folder);
        // Screenshots of a PC lie beside the phone's folder after `cargo demo`.
        let pictures = ground.folder.parent().unwrap_or(&ground.folder).to_owned();
        Ok(Self {
            model: Model::new(settings, pictures, ground.camera.sees_codes()),
            worker: Worker::start(ground.clone(), wake)?,
            ground,
            pictures: Pictures::default(),
            dressed: None,
            shown: None,
        })
    }

    /// One turn of the loop.
    pub(crate) fn turn(&mut self, ui: &mut Ui) {
        let now = Instant::now();
        let context = ui.ctx().clone();
        self.hear(&context, now);
        if self.dressed != Some(self.model.settings) {
            Look::of(self.model.settings).dress(&context);
            self.dressed = Some(self.model.settings);
        }
        self.model.tick(now);
        ui.painter().rect_filled(ui.max_rect(), 0.0, PAGE);
        if let Some(press) =
            view::show(ui, &mut self.model, &self.pictures).or_else(|| dropped(&context))
        {
            self.press(press);
            context.request_repaint();
        }
        if matches!(self.model.screen, Screen::Certificate(_)) {
            // The seconds of the code count down.
            context.request_repaint_after(Duration::from_secs(1));
        }
        // A screen that is drawn for the first time settles its bars in the next turn.
        let shown = (self.model.visit, std::mem::discriminant(&self.model.screen));
        if self.shown != Some(shown) {
            self.shown = Some(shown);
            context.request_repaint();
        }
        for order in self.model.take_orders() {
            self.worker.order(self.model.visit, order);
        }
    }

    fn press(&mut self, press: Press) {
        let before = self.model.settings;
        // What the camera saw before is not what it sees now.
        if matches!(press, Press::Begin | Press::Scan | Press::Pictures(_)) {
            self.pictures.camera = None;
        }
        self.model.press(press);
        if self.model.settings != before {
            // A folder that cannot be written loses the choice at the next start, nothing more.
            let _ = self.model.settings.write(&self.ground.folder);
        }
    }

    fn hear(&mut self, context: &Context, now: Instant) {
        for told in self.worker.told() {
            match told {
                Told::Event(visit, event) => {
                    let drawn = match &event {
                        Event::Shown(_, sheet) | Event::Turned(_, Ok(sheet)) => Some(&sheet.drawn),
                        Event::Document(_, drawn) => Some(drawn),
                        _ => None,
                    };
                    if let Some(drawn) = drawn
                        && visit == self.model.visit
                    {
                        let drawn = decode(&drawn.png).ok();
                        self.pictures.page = drawn.map(|page| texture(context, "page", &page));
                    }
                    self.model.hear(visit, event, now);
                }
                Told::Picture(visit, picture) if visit == self.model.visit => {
                    show_in(&mut self.pictures.camera, context, &picture);
                }
                Told::Picture(..) => {}
            }
        }
    }
}

/// Files and folders that were let go over the window.
fn dropped(context: &Context) -> Option<Press> {
    let paths: Vec<PathBuf> = context.input(|input| {
        let files = input.raw.dropped_files.iter();
        files.map(|file| file.path().to_owned()).collect()
    });
    let (first, others) = paths.split_first()?;
    Some(if others.is_empty() && Kind::Certificate.is(first) {
        Press::Document(first.clone())
    } else {
        Press::Pictures(paths)
    })
}

fn image(picture: &Rgb) -> ColorImage {
    let size = [picture.width, picture.height].map(|side| side as usize);
    ColorImage::from_rgb(size, &picture.pixels)
}

fn texture(context: &Context, name: &str, picture: &Rgb) -> TextureHandle {
    context.load_texture(name, image(picture), TextureOptions::LINEAR)
}

/// The next picture takes the place of the one before.
fn show_in(held: &mut Option<TextureHandle>, context: &Context, picture: &Rgb) {
    match held {
        Some(held) => held.set(image(picture), TextureOptions::LINEAR),
        None => *held = Some(texture(context, "camera", picture)),
    }
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.turn(ui);
    }
}

//! `qss` without arguments: the phone's screens in a window of a phone's size (decision record 45).
#![expect(
    clippy::cast_precision_loss,
    reason = "counts and places on a screen are small numbers"
)]

mod annotate;
mod app;
mod camera;
mod copies;
mod font;
#[cfg(test)]
mod journey;
mod model;
mod opened;
mod orders;
mod raster;
mod texts;
mod view;
mod worker;

use std::sync::Arc;

use eframe::egui::ViewportBuilder;

use app::App;
use camera::Camera;
use camera::clips::ClipCamera;
use texts::Say;
use worker::Ground;

use crate::arguments::WindowArguments;

/// Width and height of a phone's screen, in points.
const SIZE: [f32; 2] = [390.0, 844.0];

/// Opens the window and stays until it is closed; whether it could be opened.
pub(crate) fn open(arguments: &WindowArguments) -> bool {
    match try_open(arguments) {
        Ok(()) => true,
        Err(error) => {
            eprintln!("{error}");
            false
        }
    }
}

fn try_open(arguments: &WindowArguments) -> Result<(), String> {
    let fonts = font::fonts(arguments.font.as_deref()).map_err(|error| error.to_string())?;
    let ground = Ground {
        folder: arguments.phone.clone(),
        camera: camera(arguments),
        font: font::file(arguments.font.as_deref()),
    };
    let title = Say::App.text(quanshengshi::config::TextLanguage::Zh);
    let viewport = ViewportBuilder::default()
        .with_title(title)
        .with_app_id("qss")
        .with_inner_size(SIZE)
        .with_min_inner_size([360.0, 640.0])
        .with_drag_and_drop(true);
    let options = eframe::NativeOptions {
        viewport,
        ..eframe::NativeOptions::default()
    };
    let create: eframe::AppCreator<'_> = Box::new(|creation| {
        creation.egui_ctx.set_fonts(fonts);
        Ok(Box::new(App::new(&creation.egui_ctx, ground)?))
    });
    eframe::run_native("qss", options, create)
        .map_err(|error| format!("窗口打不开 · the window cannot be opened: {error}"))
}

/// What the phone sees.
fn camera(arguments: &WindowArguments) -> Arc<dyn Camera> {
    #[cfg(feature = "camera")]
    if arguments.webcam {
        return Arc::new(camera::webcam::LiveCamera);
    }
    Arc::new(ClipCamera::new(&arguments.clips))
}

//! Copies that are handed on: a page under its watermark, with the notes below it.

use std::path::Path;

use eframe::egui::epaint::TextShape;
use eframe::egui::{
    CentralPanel, Color32, Context, FontId, Frame, Pos2, RawInput, Rect, Ui, Vec2, vec2,
};
use eframe::emath::Rot2;
use quanshengshi::open::CopyNotes;
use quanshengshi_frame::rgb::Rgb;

use crate::window::font::{FontError, fonts};
use crate::window::raster::Raster;

/// Parts of a page's width: the margin, and a sign of the notes and of the watermark.
const MARGIN: f32 = 1.0 / 30.0;
const SIGN: f32 = 1.0 / 48.0;
const MARK: f32 = 1.0 / 36.0;
/// The watermark: how dark, how steep in radians, how many lines on a page's height.
const MARK_INK: Color32 = Color32::from_rgba_premultiplied(6, 11, 10, 46);
const MARK_TURN: f32 = -0.38;
const MARK_LINES: usize = 6;

/// Draws notes over and below pages.
pub(crate) struct Annotator {
    context: Context,
    raster: Raster,
}

impl Annotator {
    /// Reads the font.
    pub(crate) fn new(font: Option<&Path>) -> Result<Self, FontError> {
        let context = Context::default();
        context.set_fonts(fonts(font)?);
        Ok(Self {
            context,
            raster: Raster::default(),
        })
    }

    /// The page with both; as wide as the page, and higher.
    pub(crate) fn annotated(&mut self, page: &Rgb, notes: &CopyNotes) -> Rgb {
        let (width, height) = (page.width as f32, page.height as f32);
        let marked = self.ink(width, height, |ui| {
            watermark(ui, &notes.watermark, vec2(width, height));
        });
        // A square has room for the few lines; what they leave is cut off.
        let mut below = 0.0;
        let foot = self.ink(width, width, |ui| below = listed(ui, &notes.lines, width));
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a part of a picture's side"
        )]
        let rows = (below.ceil() as u32).min(foot.height);
        let mut pixels = page.pixels.clone();
        for (value, ink) in pixels.iter_mut().zip(&marked.pixels) {
            // Ink on white, laid over the page as ink.
            let both = u16::from(*value) * u16::from(*ink) / 255;
            *value = u8::try_from(both).unwrap_or(u8::MAX);
        }
        pixels.extend(foot.pixels.iter().take((rows * foot.width * 3) as usize));
        Rgb {
            width: page.width,
            height: page.height + rows,
            pixels,
        }
    }

    /// What is drawn, on white.
    fn ink(&mut self, width: f32, height: f32, mut draw: impl FnMut(&mut Ui)) -> Rgb {
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(width, height))),
            max_texture_side: Some(8192),
            ..RawInput::default()
        };
        // Signs that are met for the first time are in the textures of the same turn.
        let mut output = self.context.run_ui(input, |ui| {
            CentralPanel::default()
                .frame(Frame::NONE)
                .show(ui, &mut draw);
        });
        self.raster.take(&output.textures_delta);
        output.textures_delta.clear();
        let meshes = self
            .context
            .tessellate(output.shapes, output.pixels_per_point);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "sides of a picture"
        )]
        let sides = (width as u32, height.ceil() as u32);
        self.raster.draw(&meshes, sides.0, sides.1)
    }
}

/// Line under line, each as wide as the page allows; how high all of them are, with their margins.
fn listed(ui: &mut Ui, lines: &[String], width: f32) -> f32 {
    let (margin, size) = (width * MARGIN, width * SIGN);
    let mut top = margin;
    for line in lines {
        let room = width - 2.0 * margin;
        let laid = ui.painter().layout(
            line.clone(),
            FontId::proportional(size),
            Color32::BLACK,
            room,
        );
        let high = laid.size().y;
        ui.painter()
            .galley(Pos2::new(margin, top), laid, Color32::BLACK);
        top += high + size / 3.0;
    }
    top + margin
}

/// The line again and again, aslant over the whole page.
fn watermark(ui: &mut Ui, text: &str, page: Vec2) {
    let size = FontId::proportional(page.x * MARK);
    let laid = ui.painter().layout_no_wrap(text.to_owned(), size, MARK_INK);
    let step = page.y / MARK_LINES as f32;
    let long = laid.size().x + step;
    let middle = page / 2.0;
    let turn = Rot2::from_angle(MARK_TURN);
    let reach = page.length();
    let mut row = -reach / 2.0;
    let mut shifted = false;
    while row < reach / 2.0 {
        let mut along = -reach / 2.0 - if shifted { long / 2.0 } else { 0.0 };
        while along < reach / 2.0 {
            let at = middle + turn * vec2(along, row);
            let shape = TextShape::new(at.to_pos2(), laid.clone(), MARK_INK).with_angle(MARK_TURN);
            ui.painter().add(shape);
            along += long;
        }
        row += step;
        shifted = !shifted;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_marked_all_over_and_has_its_notes_below() {
        let Ok(mut annotator) = Annotator::new(None) else {
            println!("SKIP a copy's notes: no font with Chinese signs");
            return;
        };
        let page = Rgb {
            width: 840,
            height: 600,
            pixels: vec![255; 840 * 600 * 3],
        };
        let notes = CopyNotes {
            watermark: "仅限银行开户使用 · 至 2026-12-31".to_owned(),
            lines: vec![
                "加注件 · 用途：银行开户".to_owned(),
                "很长的一行。".repeat(30),
            ],
        };
        let copy = annotator.annotated(&page, &notes);
        assert_eq!(copy.width, 840);
        // Two lines, the second of which needs three or more.
        assert!(copy.height > 600 + 5 * 17, "{}", copy.height);
        let inked = |left: u32, top: u32, width: u32, height: u32| {
            let part = copy.crop(left, top, width, height).unwrap();
            part.pixels.iter().any(|value| *value < 250)
        };
        for left in [0, 420] {
            for top in [0, 300] {
                assert!(inked(left, top, 420, 300), "unmarked at {left}, {top}");
            }
        }
        let foot = copy.crop(0, 600, 840, copy.height - 600).unwrap();
        let black = foot.pixels.iter().filter(|value| **value < 64).count();
        assert!(black > 1_000, "{black}");
        assert!(
            foot.crop(0, 0, 840, 10)
                .unwrap()
                .pixels
                .iter()
                .all(|value| *value == 255)
        );
    }
}

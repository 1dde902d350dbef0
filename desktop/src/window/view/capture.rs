//! The face capture: an oval, a large line, how far it has come.

use std::f32::consts::TAU;

use eframe::egui::{
    Color32, Frame, Margin, Mesh, Painter, Pos2, Rect, Sense, Shape, Stroke, TextureHandle, Ui,
    pos2, vec2,
};

use crate::window::model::Press;
use crate::window::model::capture::{Capture, Running};
use crate::window::texts::Say;
use crate::window::view::look::{
    AMBER, AMBER_TINT, EDGE, GREEN, GREEN_TINT, LINE, Look, PINE, SUNKEN,
};
use crate::window::view::parts::{Tone, foot, notice, page, primary, secondary, top_bar};

pub(crate) fn show(
    ui: &mut Ui,
    look: Look,
    capture: &Capture,
    picture: Option<&TextureHandle>,
) -> Option<Press> {
    let judging = *capture == Capture::Judging;
    let mut press = top_bar(ui, look, look.say(Say::CaptureTitle), !judging).then_some(Press::Back);
    match capture {
        Capture::Ready {
            attempt,
            attempts,
            reason,
            ..
        } => {
            foot(ui, |ui| {
                if primary(ui, look, Say::CaptureBegin) {
                    press = Some(Press::Begin);
                }
                if secondary(ui, look, Say::CaptureWays) {
                    press = Some(Press::OtherWays);
                }
            });
            page(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 12.0;
                if let Some(reason) = reason {
                    notice(ui, look, Tone::Bad, reason);
                }
                ui.vertical_centered(|ui| {
                    ui.label(look.strong(look.say(Say::CaptureReady), 20.0));
                    oval(ui, None, 0.0, EDGE);
                    ui.label(look.hint(format!("{} {attempt}/{attempts}", look.say(Say::Attempt))));
                });
            });
        }
        Capture::Running(running) => page(ui, |ui| run(ui, look, running, picture)),
        Capture::Judging => page(ui, |ui| {
            ui.vertical_centered(|ui| {
                ui.label(look.strong(look.say(Say::FaceDone), 28.0));
                oval(ui, picture, 1.0, GREEN);
                ui.spinner();
            });
        }),
    }
    press
}

fn run(ui: &mut Ui, look: Look, running: &Running, picture: Option<&TextureHandle>) {
    ui.vertical_centered(|ui| {
        ui.spacing_mut().item_spacing.y = 10.0;
        // Two lines high, so that the oval does not jump.
        ui.scope(|ui| {
            ui.set_min_height(look.size(76.0));
            ui.label(look.strong(look.say(running.say), 28.0));
        });
        let color = if running.progress >= 1.0 { GREEN } else { PINE };
        oval(ui, picture, running.whole(), color);
        if running.step > 0 {
            let seconds = running
                .seconds
                .map_or_else(String::new, |left| format!(" · {left} s"));
            let (step, steps) = (running.step, running.steps);
            ui.label(look.label(format!("{} {step}/{steps}{seconds}", look.say(Say::Step))));
        }
        if let Some((words, praise)) = &running.hint {
            let (ground, ink) = if *praise {
                (GREEN_TINT, GREEN)
            } else {
                (AMBER_TINT, AMBER)
            };
            let frame = Frame::new()
                .fill(ground)
                .corner_radius(20)
                .inner_margin(Margin::symmetric(16, 6));
            frame.show(ui, |ui| {
                ui.label(look.strong(words.clone(), 17.0).color(ink))
            });
        }
    });
}

/// The oval that a face belongs into, with what the camera sees, mirrored as in a mirror.
fn oval(ui: &mut Ui, picture: Option<&TextureHandle>, done: f32, color: Color32) {
    let (rect, _) = ui.allocate_exact_size(vec2(272.0, 352.0), Sense::hover());
    let inner = rect.shrink(12.0);
    let painter = ui.painter();
    let on = |rect: Rect, turn: f32| -> Pos2 {
        let (x, y) = (
            turn.sin() * rect.width() / 2.0,
            -turn.cos() * rect.height() / 2.0,
        );
        rect.center() + vec2(x, y)
    };
    if let Some(picture) = picture {
        fill(painter, inner, picture);
    } else {
        let edge = (0..72)
            .map(|part| on(inner, TAU * part as f32 / 72.0))
            .collect();
        painter.add(Shape::convex_polygon(edge, SUNKEN, Stroke::NONE));
    }
    let ring = rect.shrink(4.0);
    let arc = |share: f32| -> Vec<Pos2> {
        (0..=120)
            .map(|part| on(ring, TAU * share * part as f32 / 120.0))
            .collect()
    };
    painter.line(arc(1.0), Stroke::new(7.0, LINE));
    if done > 0.0 {
        painter.line(arc(done.min(1.0)), Stroke::new(7.0, color));
    }
}

/// The picture, cut to the oval: a fan of triangles, its middle over the oval's.
fn fill(painter: &Painter, oval: Rect, picture: &TextureHandle) {
    let size = picture.size_vec2();
    // The whole oval is covered, and nothing is stretched.
    let scale = (oval.width() / size.x).max(oval.height() / size.y);
    let shown = size * scale;
    let uv = |at: Pos2| {
        let from = at - oval.center();
        pos2(0.5 - from.x / shown.x, 0.5 + from.y / shown.y)
    };
    let mut mesh = Mesh::with_texture(picture.id());
    let mut vertex = |at: Pos2| {
        mesh.vertices.push(eframe::epaint::Vertex {
            pos: at,
            uv: uv(at),
            color: Color32::WHITE,
        });
    };
    vertex(oval.center());
    for part in 0..72 {
        let turn = TAU * part as f32 / 72.0;
        vertex(
            oval.center()
                + vec2(
                    turn.sin() * oval.width() / 2.0,
                    -turn.cos() * oval.height() / 2.0,
                ),
        );
    }
    for part in 0..72 {
        mesh.add_triangle(0, 1 + part, 1 + (part + 1) % 72);
    }
    painter.add(Shape::mesh(mesh));
}

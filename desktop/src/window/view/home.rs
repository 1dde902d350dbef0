//! The first screen: scanning first, usable signed out.

use eframe::egui::{
    Align, Button, CornerRadius, Frame, Layout, Margin, Panel, Pos2, Rect, Role, Sense, Stroke,
    StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2,
};

use crate::window::model::Press;
use crate::window::model::screen::{Home, Tab};
use crate::window::texts::Say;
use crate::window::view::icon::{Icon, paint};
use crate::window::view::look::{GOLD, HINT, Look, ON_PINE, PINE, RIVER, card};
use crate::window::view::parts::{Tone, devices_row, notice, page, row, rule};

pub(crate) fn show(ui: &mut Ui, look: Look, home: &Home) -> Option<Press> {
    let mut press = bar(ui, look);
    let below = page(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 16.0;
        let mut press = hero(ui, look);
        if home.offline {
            notice(ui, look, Tone::Care, look.say(Say::OfflineHome));
        }
        if !home.open_tasks.is_empty() {
            ui.label(look.strong(look.say(Say::Unfinished), 15.0).color(HINT));
            card()
                .inner_margin(Margin::symmetric(12, 4))
                .show(ui, |ui| {
                    for task in &home.open_tasks {
                        if row(ui, look, Some(Icon::Clock), look.say(Say::GoOn), task) {
                            press = Some(Press::Resume(task.clone()));
                        }
                    }
                });
        }
        card()
            .inner_margin(Margin::symmetric(12, 4))
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                let title = match home.certificates {
                    0 => look.say(Say::MyCertificates).to_owned(),
                    many => format!("{} · {many}", look.say(Say::MyCertificates)),
                };
                if row(
                    ui,
                    look,
                    Some(Icon::Card),
                    &title,
                    look.say(Say::CertificatesKept),
                ) {
                    press = Some(Press::Tab(Tab::Wallet));
                }
                rule(ui);
                if devices_row(ui, look) {
                    press = Some(Press::Devices);
                }
                if let Some(person) = &home.person {
                    rule(ui);
                    if row(
                        ui,
                        look,
                        Some(Icon::Person),
                        person,
                        look.say(Say::SignedInAs),
                    ) {
                        press = Some(Press::Tab(Tab::Log));
                    }
                }
            });
        press
    });
    press = press.or(below);
    press
}

/// The mark at the left, scanning at the right.
fn bar(ui: &mut Ui, look: Look) -> Option<Press> {
    let mut press = None;
    let frame = Frame::new().inner_margin(Margin {
        left: 20,
        right: 12,
        top: 8,
        bottom: 8,
    });
    Panel::top("top")
        .frame(frame)
        .show_separator_line(false)
        .show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.set_min_height(48.0);
                mark(ui);
                // Smaller than a heading: large English leaves it 150 points beside the button.
                ui.label(look.strong(look.say(Say::App), 18.0));
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    if scan_button(ui, look, false, vec2(look.size(110.0), 48.0)) {
                        press = Some(Press::Scan);
                    }
                });
            });
        });
    press
}

/// “扫一扫” with its frame, both in the middle.
fn scan_button(ui: &mut Ui, look: Look, on_pine: bool, size: Vec2) -> bool {
    let (ground, ink) = if on_pine {
        (ON_PINE, PINE)
    } else {
        (PINE, ON_PINE)
    };
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, look.say(Say::Scan)));
    let radius = if on_pine { 8.0 } else { size.y / 2.0 };
    ui.painter().rect_filled(rect, radius, ground);
    if response.has_focus() || response.hovered() {
        let stroke = Stroke::new(3.0, GOLD);
        ui.painter()
            .rect_stroke(rect, radius, stroke, StrokeKind::Inside);
    }
    let font = look.strong_font(17.0);
    let words = ui
        .painter()
        .layout_no_wrap(look.say(Say::Scan).to_owned(), font, ink);
    let left = rect.center().x - words.size().x / 2.0 - 14.0;
    let middle = Pos2::new(left + 10.0, rect.center().y);
    paint(
        ui.painter(),
        Rect::from_center_size(middle, vec2(20.0, 20.0)),
        Icon::Scan,
        ink,
    );
    let at = Pos2::new(left + 28.0, rect.center().y - words.size().y / 2.0);
    ui.painter().galley(at, words, ink);
    response.clicked()
}

/// 川: three strokes of a river under a low winter sun.
fn mark(ui: &mut Ui) {
    let (rect, _) = ui.allocate_exact_size(vec2(36.0, 36.0), Sense::hover());
    ui.painter().rect_filled(rect, CornerRadius::same(8), PINE);
    for x in [10.0, 17.0, 24.0] {
        let at = |dx: f32, y: f32| pos2(rect.left() + x + dx, rect.top() + y);
        let top = if x > 20.0 { 16.0 } else { 9.0 };
        let points = vec![at(0.0, top), at(1.5, 16.0), at(-1.5, 22.0), at(0.0, 28.0)];
        ui.painter().line(points, Stroke::new(2.5, ON_PINE));
    }
    ui.painter()
        .circle_filled(rect.left_top() + vec2(26.0, 10.0), 3.0, GOLD);
}

fn hero(ui: &mut Ui, look: Look) -> Option<Press> {
    let mut press = None;
    let frame = Frame::new()
        .fill(PINE)
        .corner_radius(20)
        .inner_margin(Margin::same(24));
    let shown = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.label(look.strong(look.say(Say::HeroTitle), 24.0).color(ON_PINE));
        ui.label(look.body(look.say(Say::HeroLead)).color(ON_PINE));
        ui.add_space(4.0);
        if scan_button(ui, look, true, vec2(ui.available_width(), 64.0)) {
            press = Some(Press::Scan);
        }
        let text = look
            .body(look.say(Say::TypeDigits))
            .color(ON_PINE)
            .underline();
        let link = Button::new(text).frame(false).min_size(vec2(44.0, 44.0));
        if ui.add(link).clicked() {
            press = Some(Press::TypeDigits);
        }
    });
    let rect = shown.response.rect;
    let at = |x: f32, y: f32| pos2(rect.right() - x, rect.top() + y);
    // The river line, where no words are.
    let curve = [
        at(2.0, 22.0),
        at(60.0, 34.0),
        at(40.0, 58.0),
        at(92.0, 74.0),
    ];
    let bend = eframe::egui::epaint::CubicBezierShape::from_points_stroke(
        curve,
        false,
        eframe::egui::Color32::TRANSPARENT,
        Stroke::new(10.0, RIVER),
    );
    ui.painter().add(bend);
    press
}

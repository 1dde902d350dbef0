//! Parts that the screens share.

use eframe::egui::{
    Align2, Button, Color32, Frame, Margin, Panel, Pos2, Rect, Response, Role, ScrollArea, Sense,
    Stroke, StrokeKind, Ui, Vec2, WidgetInfo, vec2,
};

use crate::window::model::screen::Tab;
use crate::window::texts::Say;
use crate::window::view::icon::{Icon, paint};
use crate::window::view::look::{
    AMBER, AMBER_TINT, EDGE, GREEN, GREEN_TINT, HINT, INK, LINE, Look, ON_PINE, PINE, RED,
    RED_TINT, SUNKEN, SURFACE,
};

/// Height of what is pressed.
const TARGET: f32 = 52.0;

/// The bar on top: a way back, a title. Whether back was pressed.
pub(crate) fn top_bar(ui: &mut Ui, look: Look, title: &str, back: bool) -> bool {
    let mut pressed = false;
    let frame = Frame::new().inner_margin(Margin::symmetric(12, 8));
    Panel::top("top")
        .frame(frame)
        .show_separator_line(false)
        .show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.set_min_height(48.0);
                if back {
                    pressed = icon_button(ui, Icon::Back, look.say(Say::Back), PINE).clicked();
                } else {
                    ui.add_space(8.0);
                }
                ui.label(look.heading(title));
            });
        });
    pressed
}

/// The four places below; the one that was pressed.
pub(crate) fn tabs(ui: &mut Ui, look: Look, here: Tab) -> Option<Tab> {
    let mut pressed = None;
    let frame = Frame::new()
        .fill(SURFACE)
        .inner_margin(Margin::symmetric(8, 6));
    Panel::bottom("tabs")
        .frame(frame)
        .show_separator_line(true)
        .show(ui, |ui| {
            ui.columns(4, |columns| {
                for (ui, tab) in columns.iter_mut().zip(Tab::ALL) {
                    let color = if tab == here { PINE } else { HINT };
                    let (rect, response) =
                        area(ui, vec2(ui.available_width(), 56.0), look.say(tab.say()));
                    paint(
                        ui.painter(),
                        center_at(rect, 18.0, 22.0),
                        Icon::of_tab(tab),
                        color,
                    );
                    let font = if tab == here {
                        look.strong_font(14.0)
                    } else {
                        look.font(14.0)
                    };
                    let at = Pos2::new(rect.center().x, rect.bottom() - 14.0);
                    ui.painter()
                        .text(at, Align2::CENTER_CENTER, look.say(tab.say()), font, color);
                    if response.clicked() {
                        pressed = Some(tab);
                    }
                }
            });
        });
    pressed
}

/// What stands below the page and never scrolls away: the buttons.
pub(crate) fn foot<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    let frame = Frame::new().fill(SURFACE).inner_margin(Margin {
        left: 20,
        right: 20,
        top: 12,
        bottom: 20,
    });
    Panel::bottom("foot")
        .frame(frame)
        .show_separator_line(true)
        .show(ui, add)
        .inner
}

/// The page between the bars.
pub(crate) fn page<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    let scroll = ScrollArea::vertical().auto_shrink(false);
    let inner = scroll.show(ui, |ui| {
        let frame = Frame::new().inner_margin(Margin {
            left: 20,
            right: 20,
            top: 8,
            bottom: 20,
        });
        frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            add(ui)
        })
    });
    inner.inner.inner
}

/// The one filled button of a screen.
pub(crate) fn primary(ui: &mut Ui, look: Look, say: Say) -> bool {
    let text = look.label(look.say(say)).color(ON_PINE);
    wide(
        ui,
        Button::new(text).fill(PINE).stroke(Stroke::new(1.5, PINE)),
    )
}

/// A button beside it.
pub(crate) fn secondary(ui: &mut Ui, look: Look, say: Say) -> bool {
    let text = look.label(look.say(say)).color(PINE);
    wide(
        ui,
        Button::new(text)
            .fill(SURFACE)
            .stroke(Stroke::new(1.5, EDGE)),
    )
}

/// A button that takes something away.
pub(crate) fn danger(ui: &mut Ui, look: Look, say: Say) -> bool {
    let text = look.label(look.say(say)).color(RED);
    wide(
        ui,
        Button::new(text)
            .fill(SURFACE)
            .stroke(Stroke::new(1.5, RED)),
    )
}

fn wide(ui: &mut Ui, button: Button<'_>) -> bool {
    let button = button.corner_radius(8).wrap();
    let size = vec2(ui.available_width(), TARGET);
    ui.vertical_centered_justified(|ui| ui.add(button.min_size(size)).clicked())
        .inner
}

/// A small button in a row of such.
pub(crate) fn chip(ui: &mut Ui, look: Look, text: &str, chosen: bool) -> bool {
    let (fill, ink, edge) = if chosen {
        (PINE, ON_PINE, PINE)
    } else {
        (SURFACE, INK, EDGE)
    };
    let text = look.body(text).size(look.size(15.0)).color(ink);
    let button = Button::new(text).fill(fill).stroke(Stroke::new(1.5, edge));
    ui.add(button.corner_radius(22).min_size(vec2(44.0, 44.0)))
        .clicked()
}

/// A place to press that draws itself; a screen reader hears its name.
pub(crate) fn area(ui: &mut Ui, size: Vec2, name: &str) -> (Rect, Response) {
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    if response.has_focus() {
        ui.painter()
            .rect_stroke(rect, 8.0, Stroke::new(3.0, INK), StrokeKind::Inside);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, 8.0, SUNKEN);
    }
    (rect, response)
}

pub(crate) fn icon_button(ui: &mut Ui, icon: Icon, name: &str, color: Color32) -> Response {
    let (rect, response) = area(ui, vec2(48.0, 48.0), name);
    paint(
        ui.painter(),
        Rect::from_center_size(rect.center(), vec2(22.0, 22.0)),
        icon,
        color,
    );
    response
}

/// The row that leads to the person's phones.
pub(crate) fn devices_row(ui: &mut Ui, look: Look) -> bool {
    let (title, under) = (look.say(Say::DevicesTitle), look.say(Say::DevicesLead));
    row(ui, look, Some(Icon::Phone), title, under)
}

/// A line of a list that leads on; whether it was pressed.
pub(crate) fn row(ui: &mut Ui, look: Look, icon: Option<Icon>, title: &str, under: &str) -> bool {
    let left = if icon.is_some() { 44.0 } else { 4.0 };
    let room = ui.available_width() - left - 24.0;
    let title_lines = ui
        .painter()
        .layout(title.to_owned(), look.font(17.0), INK, room);
    let under_lines = ui
        .painter()
        .layout(under.to_owned(), look.font(15.0), HINT, room);
    let under_height = if under.is_empty() {
        0.0
    } else {
        under_lines.size().y + 2.0
    };
    let text_height = title_lines.size().y + under_height;
    let height = (text_height + 16.0).max(60.0);
    let (rect, response) = area(ui, vec2(ui.available_width(), height), title);
    if let Some(icon) = icon {
        let at = Pos2::new(rect.left() + 18.0, rect.center().y);
        paint(
            ui.painter(),
            Rect::from_center_size(at, vec2(22.0, 22.0)),
            icon,
            PINE,
        );
    }
    let top = rect.center().y - text_height / 2.0;
    let at = Pos2::new(rect.left() + left, top);
    let below = at + vec2(0.0, title_lines.size().y + 2.0);
    ui.painter().galley(at, title_lines, INK);
    if !under.is_empty() {
        ui.painter().galley(below, under_lines, HINT);
    }
    let at = Pos2::new(rect.right() - 10.0, rect.center().y);
    paint(
        ui.painter(),
        Rect::from_center_size(at, vec2(14.0, 14.0)),
        Icon::Forward,
        HINT,
    );
    response.clicked()
}

/// A thin line between two rows.
pub(crate) fn rule(ui: &mut Ui) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), Sense::hover());
    ui.painter().rect_filled(rect, 0.0, LINE);
}

/// How a notice is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    Good,
    Care,
    Bad,
}

/// A notice: a mark, a word, a tint.
pub(crate) fn notice(ui: &mut Ui, look: Look, tone: Tone, text: &str) {
    let (ground, ink, icon) = match tone {
        Tone::Good => (GREEN_TINT, GREEN, Icon::Tick),
        Tone::Care => (AMBER_TINT, AMBER, Icon::Mark),
        Tone::Bad => (RED_TINT, RED, Icon::Cross),
    };
    let frame = Frame::new()
        .fill(ground)
        .corner_radius(8)
        .inner_margin(Margin::symmetric(14, 10));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal_top(|ui| {
            let (rect, _) = ui.allocate_exact_size(vec2(20.0, look.size(22.0)), Sense::hover());
            paint(
                ui.painter(),
                Rect::from_center_size(rect.center(), vec2(18.0, 18.0)),
                icon,
                ink,
            );
            ui.add(eframe::egui::Label::new(look.strong(text, 15.0).color(ink)).wrap());
        });
    });
}

/// A fact: what it is about, then the fact.
pub(crate) fn fact(ui: &mut Ui, look: Look, label: &str, value: &str) {
    ui.horizontal_top(|ui| {
        let width = look.size(84.0);
        ui.scope(|ui| {
            ui.set_width(width);
            ui.vertical(|ui| ui.label(look.hint(label)));
        });
        ui.vertical(|ui| ui.label(look.body(value).size(look.size(16.0))));
    });
}

/// A square of a rectangle's upper part.
fn center_at(rect: Rect, below: f32, side: f32) -> Rect {
    let at = Pos2::new(rect.center().x, rect.top() + below);
    Rect::from_center_size(at, vec2(side, side))
}

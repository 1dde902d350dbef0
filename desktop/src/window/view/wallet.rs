//! 卡包: whose certificates, which of them, and whether the portal was heard.

use eframe::egui::{
    Align2, Frame, Margin, Pos2, Rect, Role, ScrollArea, Sense, Stroke, TextEdit, Ui, WidgetInfo,
    pos2, vec2,
};
use quanshengshi::wallet::WalletLine;

use crate::window::model::Press;
use crate::window::model::screen::Wallet;
use crate::window::texts::Say;
use crate::window::view::look::{CARD_VOID, CARDS, Look, ON_PINE};
use crate::window::view::parts::{Tone, chip, notice, page, primary, secondary, top_bar};

pub(crate) fn show(ui: &mut Ui, look: Look, wallet: &mut Wallet) -> Option<Press> {
    let _ = top_bar(ui, look, look.say(Say::TabWallet), false);
    if wallet.subjects.is_empty() {
        return empty(ui, look);
    }
    page(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 12.0;
        let mut press = None;
        if wallet.offline {
            notice(ui, look, Tone::Care, look.say(Say::WalletOffline));
        }
        let hint = look.say(Say::WalletSearch);
        let line = TextEdit::singleline(&mut wallet.query)
            .hint_text(hint)
            .font(look.font(17.0));
        let typed = ui.add(
            line.desired_width(f32::INFINITY)
                .margin(Margin::symmetric(14, 12)),
        );
        typed.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, hint));
        if typed.changed() {
            press = Some(Press::Search);
        }
        if wallet.subjects.len() > 1 {
            press = holders(ui, look, wallet).or(press);
        }
        let mut none = true;
        for line in wallet.chosen() {
            none = false;
            if certificate(ui, look, line) {
                press = Some(Press::Certificate(line.certificate.clone()));
            }
        }
        if none {
            ui.label(look.hint(look.say(Say::WalletNone)));
        }
        if secondary(ui, look, Say::WalletRefresh) {
            press = Some(Press::Refresh);
        }
        if secondary(ui, look, Say::FileOpen) {
            press = Some(Press::Files(None));
        }
        press
    })
}

fn holders(ui: &mut Ui, look: Look, wallet: &Wallet) -> Option<Press> {
    let mut press = None;
    ScrollArea::horizontal().id_salt("holders").show(ui, |ui| {
        ui.horizontal(|ui| {
            let all = wallet.subject.is_none();
            if chip(ui, look, look.say(Say::WalletAll), all) {
                press = Some(Press::Holder(None));
            }
            for subject in &wallet.subjects {
                let chosen = wallet.subject.as_ref() == Some(&subject.subject);
                let text = format!("{} {}", subject.name, subject.certificates);
                if chip(ui, look, &text, chosen) {
                    press = Some(Press::Holder(Some(subject.subject.clone())));
                }
            }
        });
    });
    press
}

/// One card: name, number, holder, standing; a certificate that does not hold is grey.
fn certificate(ui: &mut Ui, look: Look, line: &WalletLine) -> bool {
    let width = ui.available_width();
    let holder = ui
        .painter()
        .layout(line.holder.clone(), look.font(15.0), ON_PINE, width - 40.0);
    let mark = ui
        .painter()
        .layout(line.mark.clone(), look.font(14.0), ON_PINE, width - 40.0);
    let name_height = look.size(30.0);
    let height =
        20.0 + name_height + look.size(24.0) + holder.size().y + 44.0 + mark.size().y + 18.0;
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::click());
    let name = format!("{} {}", line.name, line.number);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    let ground = if line.holds {
        CARDS[shade(&line.name)]
    } else {
        CARD_VOID
    };
    let painter = ui.painter();
    painter.rect_filled(rect, 18.0, ground);
    if response.has_focus() || response.hovered() {
        painter.rect_stroke(
            rect,
            18.0,
            Stroke::new(3.0, ON_PINE),
            eframe::egui::StrokeKind::Inside,
        );
    }
    river(painter, rect);
    let left = rect.left() + 20.0;
    let write = |y: f32, text: &str, font| {
        painter.text(pos2(left, y), Align2::LEFT_TOP, text, font, ON_PINE);
    };
    let mut y = rect.top() + 16.0;
    write(y, &line.name, look.strong_font(20.0));
    y += name_height;
    write(y, &line.number, look.font(15.0));
    y += look.size(24.0);
    let holder_height = holder.size().y;
    painter.galley(pos2(left, y), holder, ON_PINE);
    y += holder_height + 10.0;
    let mut x = badge(
        ui,
        look,
        pos2(left, y),
        line.banner.as_deref().unwrap_or(&line.standing),
    );
    if line.sample {
        x = badge(ui, look, pos2(x + 8.0, y), look.say(Say::Sample));
    }
    let _ = x;
    ui.painter().galley(pos2(left, y + 36.0), mark, ON_PINE);
    response.clicked()
}

/// A word on a white ground; gives where it ends.
fn badge(ui: &Ui, look: Look, at: Pos2, text: &str) -> f32 {
    let ink = crate::window::view::look::INK;
    let galley = ui
        .painter()
        .layout_no_wrap(text.to_owned(), look.strong_font(14.0), ink);
    let rect = Rect::from_min_size(at, vec2(galley.size().x + 16.0, 28.0));
    ui.painter().rect_filled(rect, 4.0, ON_PINE);
    let from = pos2(rect.left() + 8.0, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(from, galley, ink);
    rect.right()
}

/// The river line at the right of a card: decoration.
fn river(painter: &eframe::egui::Painter, rect: Rect) {
    let at = |x: f32, y: f32| pos2(rect.right() - x, rect.top() + y);
    for (shift, width) in [(0.0, 9.0), (22.0, 5.0)] {
        let curve = [
            at(4.0, 14.0 + shift),
            at(60.0, 26.0 + shift),
            at(24.0, 52.0 + shift),
            at(82.0, 68.0 + shift),
        ];
        let stroke = Stroke::new(width, eframe::egui::Color32::from_white_alpha(36));
        let none = eframe::egui::Color32::TRANSPARENT;
        painter.add(eframe::egui::epaint::CubicBezierShape::from_points_stroke(
            curve, false, none, stroke,
        ));
    }
}

/// The same kind of certificate has the same colour at every start.
fn shade(name: &str) -> usize {
    name.bytes().map(usize::from).sum::<usize>() % CARDS.len()
}

fn empty(ui: &mut Ui, look: Look) -> Option<Press> {
    page(ui, |ui| {
        ui.add_space(80.0);
        Frame::new().inner_margin(Margin::same(8)).show(ui, |ui| {
            ui.vertical_centered(|ui| {
                let (rect, _) = ui.allocate_exact_size(vec2(88.0, 88.0), Sense::hover());
                let hint = crate::window::view::look::HINT;
                crate::window::view::icon::paint(
                    ui.painter(),
                    rect,
                    crate::window::view::icon::Icon::Card,
                    hint,
                );
                ui.add_space(16.0);
                ui.label(look.body(look.say(Say::WalletEmpty)));
            });
        });
        ui.add_space(16.0);
        if primary(ui, look, Say::Scan) {
            return Some(Press::Scan);
        }
        secondary(ui, look, Say::FileOpen).then_some(Press::Files(None))
    })
}

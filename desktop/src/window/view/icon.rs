//! Icons of a few strokes, so that no font has to hold them.

use std::f32::consts::TAU;

use eframe::egui::{Color32, Painter, Pos2, Rect, Stroke, StrokeKind, pos2};

use crate::window::model::screen::Tab;

/// A picture of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Icon {
    Home,
    Card,
    Clock,
    Gear,
    Scan,
    Person,
    Phone,
    Folder,
    Picture,
    Back,
    Forward,
    Tick,
    Cross,
    Mark,
}

impl Icon {
    pub(crate) fn of_tab(tab: Tab) -> Self {
        match tab {
            Tab::Home => Self::Home,
            Tab::Wallet => Self::Card,
            Tab::Log => Self::Clock,
            Tab::Settings => Self::Gear,
        }
    }
}

/// Draws one into a square.
pub(crate) fn paint(painter: &Painter, rect: Rect, icon: Icon, color: Color32) {
    let stroke = Stroke::new((rect.width() / 11.0).clamp(1.5, 4.0), color);
    // Places are in tenths of the square.
    let at = |x: f32, y: f32| -> Pos2 {
        pos2(
            rect.left() + rect.width() * x / 10.0,
            rect.top() + rect.height() * y / 10.0,
        )
    };
    let line = |points: &[(f32, f32)]| {
        let points: Vec<Pos2> = points.iter().map(|(x, y)| at(*x, *y)).collect();
        painter.line(points, stroke);
    };
    let round = |x: f32, y: f32, radius: f32| {
        painter.circle_stroke(at(x, y), rect.width() * radius / 10.0, stroke);
    };
    let card = |from: (f32, f32), to: (f32, f32)| {
        let frame = Rect::from_min_max(at(from.0, from.1), at(to.0, to.1));
        painter.rect_stroke(frame, rect.width() / 8.0, stroke, StrokeKind::Middle);
    };
    match icon {
        Icon::Home => {
            line(&[(0.8, 5.0), (5.0, 1.0), (9.2, 5.0)]);
            line(&[(2.2, 4.2), (2.2, 9.0), (7.8, 9.0), (7.8, 4.2)]);
            line(&[(5.0, 9.0), (5.0, 6.2)]);
        }
        Icon::Card => {
            card((1.0, 2.2), (9.0, 8.2));
            line(&[(1.0, 4.4), (9.0, 4.4)]);
            line(&[(2.6, 6.4), (5.0, 6.4)]);
        }
        Icon::Clock => {
            round(5.0, 5.0, 4.0);
            line(&[(5.0, 2.6), (5.0, 5.2), (6.8, 6.4)]);
        }
        Icon::Gear => {
            round(5.0, 5.0, 1.5);
            round(5.0, 5.0, 3.1);
            for tooth in 0..8 {
                let turn = TAU * tooth as f32 / 8.0;
                let on = |radius: f32| (5.0 + radius * turn.cos(), 5.0 + radius * turn.sin());
                line(&[on(3.1), on(4.3)]);
            }
        }
        Icon::Scan => {
            for (x, y) in [(1.0, 1.0), (9.0, 1.0), (9.0, 9.0), (1.0, 9.0)] {
                let inward = |from: f32| from + (5.0_f32 - from).signum() * 2.4;
                line(&[(inward(x), y), (x, y), (x, inward(y))]);
            }
            line(&[(1.6, 5.0), (8.4, 5.0)]);
        }
        Icon::Person => {
            round(5.0, 3.2, 2.1);
            line(&[(1.4, 9.2), (2.4, 6.9), (5.0, 6.2), (7.6, 6.9), (8.6, 9.2)]);
        }
        Icon::Phone => {
            card((2.6, 0.8), (7.4, 9.2));
            line(&[(4.3, 7.6), (5.7, 7.6)]);
        }
        Icon::Folder => {
            line(&[
                (1.0, 8.4),
                (1.0, 2.0),
                (4.0, 2.0),
                (5.0, 3.4),
                (9.0, 3.4),
                (9.0, 8.4),
                (1.0, 8.4),
            ]);
        }
        Icon::Picture => {
            card((1.0, 1.8), (9.0, 8.2));
            line(&[(1.4, 7.4), (4.0, 4.6), (5.6, 6.2), (6.8, 5.2), (8.6, 7.4)]);
        }
        Icon::Back => line(&[(6.6, 1.4), (3.0, 5.0), (6.6, 8.6)]),
        Icon::Forward => line(&[(3.4, 1.4), (7.0, 5.0), (3.4, 8.6)]),
        Icon::Tick => {
            round(5.0, 5.0, 4.4);
            line(&[(2.9, 5.2), (4.4, 6.7), (7.2, 3.5)]);
        }
        Icon::Cross => {
            round(5.0, 5.0, 4.4);
            line(&[(3.4, 3.4), (6.6, 6.6)]);
            line(&[(6.6, 3.4), (3.4, 6.6)]);
        }
        Icon::Mark => {
            line(&[(5.0, 0.9), (9.5, 8.9), (0.5, 8.9), (5.0, 0.9)]);
            line(&[(5.0, 3.8), (5.0, 6.2)]);
            line(&[(5.0, 7.3), (5.0, 7.7)]);
        }
    }
}

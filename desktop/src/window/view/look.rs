//! The look 松 · 雪 · 江: colours by role, type by token. A colour is never named elsewhere.

use eframe::egui::{
    Color32, Context, CornerRadius, FontFamily, FontId, Frame, Margin, RichText, Stroke, TextStyle,
    Visuals,
};
use quanshengshi::config::TextLanguage;

use crate::window::font::STRONG;
use crate::window::model::settings::Settings;
use crate::window::texts::Say;

const fn rgb(hex: u32) -> Color32 {
    let [_, red, green, blue] = hex.to_be_bytes();
    Color32::from_rgb(red, green, blue)
}

pub(crate) const PAGE: Color32 = rgb(0x00f3_f6f5);
pub(crate) const SURFACE: Color32 = rgb(0x00ff_ffff);
pub(crate) const SUNKEN: Color32 = rgb(0x00e8_eeec);
pub(crate) const LINE: Color32 = rgb(0x00d3_dcd9);
pub(crate) const INK: Color32 = rgb(0x0014_211f);
pub(crate) const HINT: Color32 = rgb(0x0056_6661);
pub(crate) const EDGE: Color32 = rgb(0x006d_7e78);
pub(crate) const PINE: Color32 = rgb(0x000b_5d56);
pub(crate) const PINE_TINT: Color32 = rgb(0x00e1_efec);
pub(crate) const ON_PINE: Color32 = rgb(0x00ff_ffff);
/// The river on a pine ground: decoration.
pub(crate) const RIVER: Color32 = rgb(0x0035_7a73);
pub(crate) const RED: Color32 = rgb(0x00b3_261e);
pub(crate) const RED_TINT: Color32 = rgb(0x00fd_ecea);
pub(crate) const AMBER: Color32 = rgb(0x007a_4a00);
pub(crate) const AMBER_TINT: Color32 = rgb(0x00ff_f2d6);
pub(crate) const GREEN: Color32 = rgb(0x0019_663a);
pub(crate) const GREEN_TINT: Color32 = rgb(0x00e0_f3e6);
pub(crate) const GOLD: Color32 = rgb(0x00ff_c640);
/// Grounds of wallet cards, white text on each; the last is of those that do not hold.
pub(crate) const CARDS: [Color32; 3] = [rgb(0x000b_5d56), rgb(0x001d_4a73), rgb(0x005f_4523)];
pub(crate) const CARD_VOID: Color32 = rgb(0x004c_5855);

/// Texts and sizes as the person chose them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Look {
    language: TextLanguage,
    scale: f32,
}

impl Look {
    pub(crate) fn of(settings: Settings) -> Self {
        Self {
            language: settings.language(),
            scale: if settings.large_text { 1.25 } else { 1.0 },
        }
    }

    pub(crate) fn say(self, say: Say) -> &'static str {
        say.text(self.language)
    }

    /// A size in points, as the person chose.
    pub(crate) fn size(self, points: f32) -> f32 {
        points * self.scale
    }

    /// Page title.
    pub(crate) fn title(self, text: impl Into<String>) -> RichText {
        self.strong(text, 26.0)
    }

    /// Heading of a bar or a card.
    pub(crate) fn heading(self, text: impl Into<String>) -> RichText {
        self.strong(text, 20.0)
    }

    pub(crate) fn label(self, text: impl Into<String>) -> RichText {
        self.strong(text, 17.0)
    }

    pub(crate) fn body(self, text: impl Into<String>) -> RichText {
        RichText::new(text).size(self.size(17.0)).color(INK)
    }

    pub(crate) fn hint(self, text: impl Into<String>) -> RichText {
        RichText::new(text).size(self.size(15.0)).color(HINT)
    }

    pub(crate) fn strong(self, text: impl Into<String>, points: f32) -> RichText {
        RichText::new(text)
            .font(self.strong_font(points))
            .color(INK)
    }

    pub(crate) fn strong_font(self, points: f32) -> FontId {
        FontId::new(self.size(points), FontFamily::Name(STRONG.into()))
    }

    pub(crate) fn font(self, points: f32) -> FontId {
        FontId::proportional(self.size(points))
    }

    /// Sets what every widget shares.
    pub(crate) fn dress(self, context: &Context) {
        context.all_styles_mut(|style| {
            style.visuals = visuals();
            style.spacing.item_spacing = [8.0, 8.0].into();
            style.spacing.button_padding = [16.0, 10.0].into();
            style.text_styles.insert(TextStyle::Body, self.font(17.0));
            style
                .text_styles
                .insert(TextStyle::Button, self.strong_font(17.0));
            style.text_styles.insert(TextStyle::Small, self.font(14.0));
        });
    }
}

fn visuals() -> Visuals {
    let mut visuals = Visuals::light();
    visuals.panel_fill = PAGE;
    visuals.override_text_color = Some(INK);
    visuals.text_edit_bg_color = Some(SURFACE);
    visuals.selection.bg_fill = PINE_TINT;
    visuals.selection.stroke = Stroke::new(2.0, PINE);
    let widgets = &mut visuals.widgets;
    for widget in [
        &mut widgets.noninteractive,
        &mut widgets.inactive,
        &mut widgets.hovered,
        &mut widgets.active,
        &mut widgets.open,
    ] {
        widget.corner_radius = CornerRadius::same(8);
        widget.bg_stroke = Stroke::new(1.5, EDGE);
        widget.expansion = 0.0;
    }
    widgets.noninteractive.bg_stroke = Stroke::new(1.0, LINE);
    visuals
}

/// A card on the page.
pub(crate) fn card() -> Frame {
    Frame::new()
        .fill(SURFACE)
        .stroke(Stroke::new(1.0, LINE))
        .corner_radius(14)
        .inner_margin(Margin::same(16))
}

//! The page under the pen: objects of two layers as OFD content XML.

use std::fmt::Write as _;

use super::WriteError;
use super::typeface::Typeface;

/// The width of the page, in millimetres (A4 upright).
pub(super) const PAGE_WIDTH: f32 = 210.0;
/// The height of the page, in millimetres.
pub(super) const PAGE_HEIGHT: f32 = 297.0;
/// The id of the embedded font.
pub(super) const FONT_ID: u32 = 1;
/// The id of the seal picture.
pub(super) const SEAL_ID: u32 = 2;
/// The id of the portrait.
pub(super) const PORTRAIT_ID: u32 = 3;
const FIRST_OBJECT_ID: u32 = 10;

/// How much of an em square lies over the baseline.
const ASCENT: f32 = 0.88;

/// A colour and how opaque it is, 0 to 255.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ink {
    pub(super) rgb: [u8; 3],
    pub(super) opacity: u8,
}

impl Ink {
    pub(super) const fn opaque(red: u8, green: u8, blue: u8) -> Self {
        Self {
            rgb: [red, green, blue],
            opacity: 255,
        }
    }

    fn attributes(self) -> String {
        let [red, green, blue] = self.rgb;
        let alpha = if self.opacity == 255 {
            String::new()
        } else {
            format!(" Alpha=\"{}\"", self.opacity)
        };
        format!("Value=\"{red} {green} {blue}\"{alpha}")
    }
}

/// How a line of text is set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    pub(super) size: f32,
    pub(super) ink: Ink,
    /// Extra space after each sign, in em squares.
    pub(super) spacing: f32,
    /// The width of an outline that makes it bold, in millimetres.
    pub(super) bold: f32,
}

impl Style {
    pub(super) const fn new(size: f32, ink: Ink) -> Self {
        Self {
            size,
            ink,
            spacing: 0.0,
            bold: 0.0,
        }
    }
}

/// Which of the two layers an object lies in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layer {
    Body,
    Over,
}

/// A page being written.
pub(super) struct Sheet<'f> {
    pub(super) typeface: Typeface<'f>,
    size: (f32, f32),
    body: String,
    over: String,
    next_id: u32,
}

/// The objects of a finished page.
pub(super) struct Content {
    /// The page as XML.
    pub(super) xml: String,
    /// The highest id in it.
    pub(super) max_id: u32,
    /// Width and height of the page, in millimetres.
    pub(super) size: (f32, f32),
}

impl Content {
    /// The page's identifier.
    pub(super) fn page_id(&self) -> u32 {
        self.max_id + 1
    }
}

impl<'f> Sheet<'f> {
    /// An empty page of a width and a height.
    pub(super) fn of_size(typeface: Typeface<'f>, size: (f32, f32)) -> Self {
        Self {
            typeface,
            size,
            body: String::new(),
            over: String::new(),
            next_id: FIRST_OBJECT_ID,
        }
    }

    /// How wide a line would be, in millimetres.
    pub(super) fn width(&mut self, line: &str, style: Style) -> Result<f32, WriteError> {
        let gaps = line.chars().skip(1).map(|_| style.spacing).sum::<f32>();
        Ok((self.typeface.width(line)? + gaps) * style.size)
    }

    /// Sets a line with its baseline beginning at (`x`, `y`).
    pub(super) fn text(
        &mut self,
        line: &str,
        x: f32,
        y: f32,
        style: Style,
    ) -> Result<(), WriteError> {
        let top = style.size * ASCENT;
        let width = self.width(line, style)?;
        let boundary = [x, y - top, width, style.size * 1.2];
        self.push_text(Layer::Body, line, boundary, None, (0.0, top), style)
    }

    /// Sets a line centred on `x`.
    pub(super) fn centred(
        &mut self,
        line: &str,
        x: f32,
        y: f32,
        style: Style,
    ) -> Result<(), WriteError> {
        let width = self.width(line, style)?;
        self.text(line, x - width / 2.0, y, style)
    }

    /// Sets a centred line, smaller if it is wider than `widest`, down to a third of its size.
    pub(super) fn fitted(
        &mut self,
        line: &str,
        x: f32,
        y: f32,
        widest: f32,
        mut style: Style,
    ) -> Result<(), WriteError> {
        self.shrink(line, widest, &mut style)?;
        self.centred(line, x, y, style)
    }

    /// Sets a line from `x` on, smaller if it is wider than `widest`, down to a third of its size.
    pub(super) fn text_within(
        &mut self,
        line: &str,
        x: f32,
        y: f32,
        widest: f32,
        mut style: Style,
    ) -> Result<(), WriteError> {
        self.shrink(line, widest, &mut style)?;
        self.text(line, x, y, style)
    }

    fn shrink(&mut self, line: &str, widest: f32, style: &mut Style) -> Result<(), WriteError> {
        let factor = (widest / self.width(line, *style)?).min(1.0);
        if factor < 0.33 {
            return Err(WriteError::Overflow);
        }
        style.size *= factor;
        style.bold *= factor;
        Ok(())
    }

    /// Sets a line over everything, turned: `matrix` maps its baseline's start to the page.
    pub(super) fn turned(
        &mut self,
        line: &str,
        matrix: [f32; 6],
        style: Style,
    ) -> Result<(), WriteError> {
        let page = [0.0, 0.0, self.size.0, self.size.1];
        self.push_text(Layer::Over, line, page, Some(matrix), (0.0, 0.0), style)
    }

    fn push_text(
        &mut self,
        layer: Layer,
        line: &str,
        boundary: [f32; 4],
        matrix: Option<[f32; 6]>,
        at: (f32, f32),
        style: Style,
    ) -> Result<(), WriteError> {
        let mut steps = Vec::new();
        for character in line.chars() {
            steps.push(mm(
                (self.typeface.advance(character)? + style.spacing) * style.size
            ));
        }
        // The last sign's step leads to nothing.
        steps.pop();
        let delta = if steps.is_empty() {
            String::new()
        } else {
            format!(" DeltaX=\"{}\"", runs(&steps))
        };
        let turned = matrix
            .map(|m| format!(" CTM=\"{}\"", m.map(exact).join(" ")))
            .unwrap_or_default();
        let (bold, stroke) = if style.bold > 0.0 {
            let ink = style.ink.attributes();
            (
                format!(" Stroke=\"true\" LineWidth=\"{}\"", mm(style.bold)),
                format!("<ofd:StrokeColor {ink}/>"),
            )
        } else {
            (String::new(), String::new())
        };
        let xml = format!(
            "<ofd:TextObject ID=\"{}\" Boundary=\"{}\" Font=\"{FONT_ID}\" Size=\"{}\"{turned}{bold}>\
             <ofd:FillColor {}/>{stroke}<ofd:TextCode X=\"{}\" Y=\"{}\"{delta}>{}</ofd:TextCode>\
             </ofd:TextObject>",
            self.id(),
            boundary.map(mm).join(" "),
            mm(style.size),
            style.ink.attributes(),
            mm(at.0),
            mm(at.1),
            escaped(line),
        );
        self.layer(layer).push_str(&xml);
        Ok(())
    }

    /// Draws the line of a path; its coordinates count from the corner of `boundary`.
    pub(super) fn line(&mut self, boundary: [f32; 4], path: &str, width: f32, ink: Ink) {
        self.path(boundary, path, "", width, None, Some(ink));
    }

    /// Draws the line of a path mirrored or moved by `matrix`.
    pub(super) fn line_by(
        &mut self,
        boundary: [f32; 4],
        path: &str,
        matrix: [f32; 6],
        width: f32,
        ink: Ink,
    ) {
        let turned = format!(" CTM=\"{}\"", matrix.map(exact).join(" "));
        self.path(boundary, path, &turned, width, None, Some(ink));
    }

    /// Fills a path.
    pub(super) fn area(&mut self, boundary: [f32; 4], path: &str, ink: Ink) {
        self.path(boundary, path, "", 0.0, Some(ink), None);
    }

    fn path(
        &mut self,
        boundary: [f32; 4],
        path: &str,
        turned: &str,
        width: f32,
        fill: Option<Ink>,
        stroke: Option<Ink>,
    ) {
        let mut colours = String::new();
        if let Some(ink) = fill {
            let _ = write!(colours, "<ofd:FillColor {}/>", ink.attributes());
        }
        if let Some(ink) = stroke {
            let _ = write!(colours, "<ofd:StrokeColor {}/>", ink.attributes());
        }
        let xml = format!(
            "<ofd:PathObject ID=\"{}\" Boundary=\"{}\" Fill=\"{}\" Stroke=\"{}\" LineWidth=\"{}\"{turned}>\
             {colours}<ofd:AbbreviatedData>{path}</ofd:AbbreviatedData></ofd:PathObject>",
            self.id(),
            boundary.map(mm).join(" "),
            fill.is_some(),
            stroke.is_some(),
            mm(width),
        );
        self.body.push_str(&xml);
    }

    /// Width and height of the page, in millimetres.
    pub(super) fn size(&self) -> (f32, f32) {
        self.size
    }

    /// Lays a picture of the package into `boundary`.
    pub(super) fn picture(&mut self, id: u32, boundary: [f32; 4]) {
        let [_, _, width, height] = boundary.map(mm);
        let xml = format!(
            "<ofd:ImageObject ID=\"{}\" Boundary=\"{}\" CTM=\"{width} 0 0 {height} 0 0\" \
             ResourceID=\"{id}\"/>",
            self.id(),
            boundary.map(mm).join(" "),
        );
        self.body.push_str(&xml);
    }

    fn id(&mut self) -> u32 {
        let id = self.next_id;
        self.next_id += 1;
        id
    }

    fn layer(&mut self, layer: Layer) -> &mut String {
        match layer {
            Layer::Body => &mut self.body,
            Layer::Over => &mut self.over,
        }
    }

    pub(super) fn finish(mut self) -> (Content, Typeface<'f>) {
        let (body, over) = (self.id(), self.id());
        let xml = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <ofd:Page xmlns:ofd=\"http://www.ofdspec.org/2016\"><ofd:Content>\
             <ofd:Layer ID=\"{body}\" Type=\"Body\">{}</ofd:Layer>\
             <ofd:Layer ID=\"{over}\" Type=\"Foreground\">{}</ofd:Layer>\
             </ofd:Content></ofd:Page>",
            self.body, self.over,
        );
        (
            Content {
                xml,
                max_id: self.next_id,
                size: self.size,
            },
            self.typeface,
        )
    }
}

/// A length to a thousandth of a millimetre.
pub(super) fn mm(value: f32) -> String {
    let text = format!("{value:.3}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" {
        "0".to_owned()
    } else {
        text.to_owned()
    }
}

/// A matrix element.
fn exact(value: f32) -> String {
    format!("{value:.5}")
}

/// Steps with repetitions as `g n v`.
fn runs(steps: &[String]) -> String {
    let mut words = Vec::new();
    for run in steps.chunk_by(|a, b| a == b) {
        match run {
            [one] => words.push(one.clone()),
            [one, two] => words.extend([one.clone(), two.clone()]),
            many => words.push(format!("g {} {}", many.len(), many[0])),
        }
    }
    words.join(" ")
}

/// Text for XML content and attributes.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
    out
}

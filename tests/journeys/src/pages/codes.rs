//! The codes on a page, as three readers see them on the glass.

use quanshengshi::scanner::Scanner;
use quanshengshi_frame::luma::Luma;
use quanshengshi_frame::rgb::Rgb;
use quanshengshi_pc::chromium::Chromium;
use serde_json::Value;

use crate::phone::layout;

/// The least side of a task's code, in CSS pixels.
const LEAST_SIDE: u32 = 240;
/// Modules of white around a code.
const QUIET: u32 = 4;

/// A code on a page.
#[derive(Debug, Clone, Copy)]
pub struct CodeOnPage {
    /// Where it is drawn.
    pub selector: &'static str,
    /// The attribute with its text.
    pub attribute: &'static str,
    /// Whether a phone reads it off the screen to go on with a task.
    pub of_task: bool,
}

/// The code of a task.
pub const TASK: CodeOnPage = CodeOnPage {
    selector: "svg.qr[data-qr]",
    attribute: "data-qr",
    of_task: true,
};
/// The code that leads to the app.
pub const APP: CodeOnPage = CodeOnPage {
    selector: "svg[data-app-qr]",
    attribute: "data-app-qr",
    of_task: false,
};

/// What is wrong with a code on the page that is open.
pub async fn read(pc: &Chromium, code: CodeOnPage) -> Vec<String> {
    // The code moves on every three seconds; a picture between two of them is taken again.
    for _ in 0..4 {
        let before = facts(pc, code).await;
        let picture = pc.look_at(code.selector).await.unwrap();
        if facts(pc, code).await == before {
            return faults(&picture, &before, code);
        }
    }
    vec![format!("{} never stood still", code.selector)]
}

/// What is wrong with the paper of a certificate: it is light in every theme, as what is printed.
pub async fn read_paper(pc: &Chromium) -> Vec<String> {
    let luma = pc.look_at(".sheet, img.paper").await.unwrap().luma();
    let sum: u64 = luma.pixels.iter().map(|value| u64::from(*value)).sum();
    let mean = sum / (luma.pixels.len() as u64).max(1);
    if mean < 200 {
        return vec![format!("the paper is {mean} of 255 light")];
    }
    Vec::new()
}

#[derive(Debug, PartialEq, Eq)]
struct Facts {
    text: String,
    /// Modules of a side, quiet zone included.
    units: u32,
}

async fn facts(pc: &Chromium, code: CodeOnPage) -> Facts {
    let script = "const code = document.querySelector(arguments[0]);
        return [code.getAttribute(arguments[1]), code.viewBox.baseVal.width];";
    let arguments = vec![Value::from(code.selector), Value::from(code.attribute)];
    let told = pc.run("code", script, arguments).await.unwrap();
    Facts {
        text: told[0].as_str().unwrap_or_default().to_owned(),
        units: told[1]
            .as_u64()
            .and_then(|units| units.try_into().ok())
            .unwrap_or(1),
    }
}

fn faults(picture: &Rgb, facts: &Facts, code: CodeOnPage) -> Vec<String> {
    let mut faults = Vec::new();
    let luma = picture.luma();
    let name = code.selector;
    if code.of_task && picture.width.min(picture.height) < LEAST_SIDE {
        faults.push(format!("{name} is only {} px wide", picture.width));
    }
    for (reader, read) in [
        ("ours", ours(picture)),
        ("rqrr", rqrr(&luma)),
        ("rxing", rxing(&luma)),
    ] {
        if read.as_deref() != Some(facts.text.as_str()) {
            faults.push(format!(
                "{name}: {reader} reads {read:?}, not {}",
                facts.text
            ));
        }
    }
    faults.extend(colours(&luma, facts.units).map(|fault| format!("{name} {fault}")));
    faults
}

/// Black on white, with white around it.
fn colours(luma: &Luma, units: u32) -> Option<String> {
    // A border and rounded corners may take two pixels of the edge.
    let (edge, quiet) = (6, luma.width * QUIET / units - 1);
    for y in edge..luma.height - edge {
        for x in edge..luma.width - edge {
            let inside = |at: u32, side: u32| at > quiet && at < side - 1 - quiet;
            if inside(x, luma.width) && inside(y, luma.height) {
                continue;
            }
            let value = luma.at(x, y).unwrap_or(0);
            if value < 250 {
                return Some(format!("has {value} at {x}, {y} of its quiet zone"));
            }
        }
    }
    let darkest = luma.pixels.iter().min().copied().unwrap_or(255);
    (darkest > 5).then(|| format!("is not black but {darkest}"))
}

fn ours(picture: &Rgb) -> Option<String> {
    let codes = Scanner::new()
        .offer(&picture.pixels, layout(picture), 0)
        .ok()?;
    codes.into_iter().next().map(|code| code.text)
}

fn rqrr(luma: &Luma) -> Option<String> {
    let (width, height) = (luma.width as usize, luma.height as usize);
    let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| {
        luma.pixels.get(y * width + x).copied().unwrap_or(255)
    });
    let grids = prepared.detect_grids();
    let read = grids.into_iter().find_map(|grid| grid.decode().ok());
    read.map(|(_, text)| text)
}

fn rxing(luma: &Luma) -> Option<String> {
    use rxing::Reader as _;
    let source = rxing::Luma8Source::new_with_slice(&luma.pixels, luma.width, luma.height).ok()?;
    let mut bitmap = rxing::BinaryBitmap::new(rxing::common::HybridBinarizer::new(source));
    let mut reader = rxing::qrcode::cpp_port::QrReader;
    let read = reader.decode(&mut bitmap).ok()?;
    Some(read.getText().to_owned())
}

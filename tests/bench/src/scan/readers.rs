//! The readers that are compared, each as it is meant to be used.

use std::panic::catch_unwind;
use std::time::Duration;

use quanshengshi_frame::luma::Luma;
use quanshengshi_scan::deadline::Deadline;
use quanshengshi_scan::scanner::Scanner;

use crate::clock::cpu_ms;

/// How often a picture is offered to a reader that keeps state, as a camera would offer frames of one
/// view.
const OFFERS: usize = 4;
/// What such an offer may take.
pub(crate) const LIMIT: Duration = Duration::from_millis(25);

/// Reads a picture: the texts, and the CPU milliseconds of each offer.
type Read = fn(&Luma) -> (Vec<String>, Vec<f64>);

/// Name and way.
pub(crate) const READERS: [(&str, Read); 5] = [
    ("ours", ours),
    ("rxing, C++ port", |luma| timed(luma, rxing_cpp)),
    ("rxing, filtered", |luma| timed(luma, rxing_filtered)),
    ("rqrr", |luma| timed(luma, rqrr)),
    ("quircs", |luma| timed(luma, quircs)),
];

/// What a reader made of a picture.
pub(crate) struct Reading {
    pub(crate) texts: Vec<String>,
    pub(crate) times: Vec<f64>,
    pub(crate) panicked: bool,
}

impl Reading {
    pub(crate) fn of(read: Read, luma: &Luma) -> Self {
        let start = cpu_ms();
        match catch_unwind(|| read(luma)) {
            Ok((texts, times)) => Self {
                texts,
                times,
                panicked: false,
            },
            Err(_) => Self {
                texts: Vec::new(),
                times: vec![cpu_ms() - start],
                panicked: true,
            },
        }
    }
}

fn timed(luma: &Luma, read: fn(&Luma) -> Option<Vec<String>>) -> (Vec<String>, Vec<f64>) {
    let start = cpu_ms();
    let texts = read(luma).unwrap_or_default();
    (texts, vec![cpu_ms() - start])
}

fn ours(luma: &Luma) -> (Vec<String>, Vec<f64>) {
    let mut scanner = Scanner::new();
    let mut times = Vec::new();
    for _ in 0..OFFERS {
        let start = cpu_ms();
        let texts = offered(&mut scanner, luma);
        times.push(cpu_ms() - start);
        if !texts.is_empty() {
            return (texts, times);
        }
    }
    (Vec::new(), times)
}

/// The texts of one offer under the limit, in CPU time of the thread.
pub(crate) fn offered(scanner: &mut Scanner, luma: &Luma) -> Vec<String> {
    let start = cpu_ms();
    let spent = || Duration::from_secs_f64((cpu_ms() - start).max(0.0) / 1e3);
    let glance = scanner.look_at(luma, &Deadline::within(LIMIT, &spent));
    glance.codes.into_iter().map(|code| code.text).collect()
}

fn rqrr(luma: &Luma) -> Option<Vec<String>> {
    let image = image::GrayImage::from_raw(luma.width, luma.height, luma.pixels.clone())?;
    let mut prepared = rqrr::PreparedImage::prepare(image);
    let grids = prepared.detect_grids();
    let decoded = grids.into_iter().filter_map(|grid| grid.decode().ok());
    Some(decoded.map(|(_, text)| text).collect())
}

#[expect(clippy::unnecessary_wraps, reason = "one of several readers")]
fn quircs(luma: &Luma) -> Option<Vec<String>> {
    let mut reader = quircs::Quirc::default();
    let codes = reader.identify(luma.width as usize, luma.height as usize, &luma.pixels);
    let decoded = codes.filter_map(|code| code.ok()?.decode().ok());
    Some(
        decoded
            .filter_map(|code| String::from_utf8(code.payload).ok())
            .collect(),
    )
}

fn rxing_cpp(luma: &Luma) -> Option<Vec<String>> {
    use rxing::Reader as _;
    let source = rxing::Luma8Source::new_with_slice(&luma.pixels, luma.width, luma.height).ok()?;
    let mut bitmap = rxing::BinaryBitmap::new(rxing::common::HybridBinarizer::new(source));
    let hints = rxing::DecodeHints {
        TryHarder: Some(true),
        ..rxing::DecodeHints::default()
    };
    let mut reader = rxing::qrcode::cpp_port::QrReader;
    let read = reader.decode_with_hints(&mut bitmap, &hints).ok()?;
    Some(vec![read.getText().to_owned()])
}

fn rxing_filtered(luma: &Luma) -> Option<Vec<String>> {
    use rxing::Reader as _;
    let source = rxing::Luma8Source::new_with_slice(&luma.pixels, luma.width, luma.height).ok()?;
    let mut bitmap = rxing::BinaryBitmap::new(rxing::common::HybridBinarizer::new(source));
    let mut reader = rxing::FilteredImageReader::new(rxing::qrcode::cpp_port::QrReader);
    let read = reader.decode(&mut bitmap).ok()?;
    Some(vec![read.getText().to_owned()])
}

//! The one door to rxing: a grey picture in, the codes it can read out.

use std::collections::HashSet;

use quanshengshi_frame::luma::Luma;
use rxing::common::HybridBinarizer;
use rxing::multi::MultipleBarcodeReader;
use rxing::qrcode::cpp_port::QrReader;
use rxing::{BarcodeFormat, BinaryBitmap, DecodeHints, Luma8Source, RXingResult};

use crate::code::QrText;

/// Reads QR codes (not Micro or rectangular ones) of a grey picture.
pub(crate) struct Reader {
    reader: QrReader,
    hints: DecodeHints,
}

impl Reader {
    pub(crate) fn new() -> Self {
        let hints = DecodeHints {
            TryHarder: Some(true),
            PossibleFormats: Some(HashSet::from([BarcodeFormat::QR_CODE])),
            ..DecodeHints::default()
        };
        Self {
            reader: QrReader,
            hints,
        }
    }

    /// Every code of the picture. rxing's errors mean "no code here" and its only other one, a
    /// length that does not fit the size, is ruled out by [`Luma`]'s makers: both give nothing.
    pub(crate) fn read(&mut self, picture: &Luma) -> Vec<QrText> {
        let source = Luma8Source::new_with_slice(&picture.pixels, picture.width, picture.height);
        let Ok(source) = source else {
            return Vec::new();
        };
        let mut bitmap = BinaryBitmap::new(HybridBinarizer::new(source));
        self.reader
            .decode_multiple_with_hints(&mut bitmap, &self.hints)
            .unwrap_or_default()
            .iter()
            .filter_map(code)
            .collect()
    }
}

/// A result without text is a code whose content is not text: nothing for a person. rxing gives
/// the corners in reading order (top left, top right, bottom left, bottom right).
fn code(result: &RXingResult) -> Option<QrText> {
    let &[first, second, third, fourth] = result.getPoints() else {
        return None;
    };
    let text = result.getText().to_owned();
    let corners = [first, second, fourth, third].map(|point| (point.x, point.y));
    (!text.is_empty()).then_some(QrText { text, corners })
}

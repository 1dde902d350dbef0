//! Two bytes of width, a byte of budget, then pixels: whatever they are, a scanner looks at them
//! three times and gives corners that are numbers.
#![no_main]

use std::cell::Cell;
use std::time::Duration;

use libfuzzer_sys::fuzz_target;
use quanshengshi_frame::frame::{Frame, FrameShape, PixelFormat};
use quanshengshi_scan::deadline::Deadline;
use quanshengshi_scan::scanner::Scanner;

fuzz_target!(|bytes: &[u8]| {
    let [low, high, budget, pixels @ ..] = bytes else {
        return;
    };
    let width = u32::from(u16::from_le_bytes([*low, *high])).clamp(1, 2048);
    let Ok(height) = u32::try_from(pixels.len() / width as usize) else {
        return;
    };
    let shape = FrameShape::dense(width, height, PixelFormat::Luma8);
    let Ok(frame) = Frame::new(pixels, shape, 0) else {
        return;
    };
    let mut scanner = Scanner::new();
    for _ in 0..3 {
        let asked = Cell::new(0u64);
        let spent = || {
            asked.set(asked.get() + 1);
            Duration::from_millis(asked.get())
        };
        let limit = Duration::from_millis(u64::from(*budget));
        let glance = scanner.look(&frame, &Deadline::within(limit, &spent));
        for code in &glance.codes {
            assert!(
                code.corners
                    .iter()
                    .all(|(x, y)| x.is_finite() && y.is_finite())
            );
        }
    }
});

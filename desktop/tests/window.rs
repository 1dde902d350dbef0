//! The program itself on a display: Xvfb keeps its screen in a file, and the file must show the home screen.
#![cfg(all(feature = "window", target_os = "linux"))]

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use quanshengshi_frame::rgb::Rgb;
use quanshengshi_frame::still::encode_png;

/// Looks at the screen before it counts as never coming, and the pause between two.
const PATIENCE: (usize, Duration) = (300, Duration::from_millis(200));
/// The ground of the page, and the pine of what can be pressed.
const PAGE: [u8; 3] = [0xf3, 0xf6, 0xf5];
const PINE: [u8; 3] = [0x0b, 0x5d, 0x56];

/// A program that ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A display without a screen, and its number; none where there is no Xvfb.
fn display(folder: &Path) -> Option<(Running, String)> {
    let mut started = Command::new("Xvfb")
        .args([
            "-displayfd",
            "1",
            "-screen",
            "0",
            "390x844x24",
            "-nolisten",
            "tcp",
            "-fbdir",
        ])
        .arg(folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let out = started.stdout.take()?;
    let running = Running(started);
    let mut number = String::new();
    BufReader::new(out).read_line(&mut number).ok()?;
    let number = number.trim();
    (!number.is_empty()).then(|| (running, format!(":{number}")))
}

/// The screen that Xvfb keeps as an XWD file: a header of big-endian words, its colours, then rows of
/// four bytes a pixel.
fn screen(folder: &Path) -> Option<Rgb> {
    let file = std::fs::read(folder.join("Xvfb_screen0")).ok()?;
    let word = |at: usize| -> Option<usize> {
        let bytes = file.get(at * 4..at * 4 + 4)?;
        Some(u32::from_be_bytes(bytes.try_into().ok()?) as usize)
    };
    let (header, width, height) = (word(0)?, word(4)?, word(5)?);
    let (row, colours) = (word(12)?, word(19)?);
    let pixels = file.get(header + colours * 12..)?;
    let rows = pixels.chunks(row).take(height);
    let bytes = rows.flat_map(|row| row.chunks_exact(4).take(width));
    Some(Rgb {
        width: u32::try_from(width).ok()?,
        height: u32::try_from(height).ok()?,
        pixels: bytes
            .flat_map(|pixel| [pixel[2], pixel[1], pixel[0]])
            .collect(),
    })
}

/// How much of the screen has a colour, in percent.
fn share(picture: &Rgb, colour: [u8; 3]) -> usize {
    let pixels = picture.pixels.as_chunks::<3>().0;
    let same = pixels.iter().filter(|pixel| **pixel == colour).count();
    same * 100 / pixels.len().max(1)
}

#[test]
fn the_program_opens_a_window_that_says_what_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    let Some((_display, number)) = display(folder.path()) else {
        println!("SKIP the window on a display: no Xvfb");
        return;
    };
    let mut window = Running(
        Command::new(env!("CARGO_BIN_EXE_qss"))
            .arg("--phone")
            .arg(folder.path().join("no-phone"))
            .env("DISPLAY", number)
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .env_remove("WAYLAND_DISPLAY")
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap(),
    );
    let mut before = None;
    for _ in 0..PATIENCE.0 {
        std::thread::sleep(PATIENCE.1);
        let ended = window.0.try_wait().unwrap();
        assert!(ended.is_none(), "the window closed by itself: {ended:?}");
        let Some(picture) = screen(folder.path()) else {
            continue;
        };
        // Its page, and the one filled button of the trouble's screen, whole; and nothing moves any more.
        let still = before.as_ref() == Some(&picture);
        if still && share(&picture, PAGE) >= 50 && share(&picture, PINE) >= 5 {
            // Beside the pictures of the journey.
            let program = Path::new(env!("CARGO_BIN_EXE_qss"));
            let shots = program.ancestors().nth(2).unwrap().join("window");
            std::fs::create_dir_all(&shots).unwrap();
            std::fs::write(shots.join("xvfb.png"), encode_png(&picture).unwrap()).unwrap();
            return;
        }
        before = Some(picture);
    }
    panic!("nothing was drawn");
}

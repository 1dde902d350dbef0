//! Random crops of pictures of people, and what the way from a camera's bytes to a crop costs.
#![expect(
    clippy::cast_precision_loss,
    reason = "sizes of pictures, and 24 bits by chance: f32 holds both"
)]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use quanshengshi_frame::frame::{Frame, FrameShape, PixelFormat, Rotation};
use quanshengshi_frame::patch::{Patch, Picture as _, Scale};
use quanshengshi_frame::rgb::Rgb;
use quanshengshi_frame::still;

use crate::clock::{cpu_ms, median};

/// -1 to 1, as the detector takes them.
const SIGNED: Scale = Scale {
    factor: 1.0 / 127.5,
    offset: -1.0,
};
/// 0 to 1, as the others take them.
const UNIT: Scale = Scale {
    factor: 1.0 / 255.0,
    offset: 0.0,
};

/// Pictures to cut from.
pub(super) struct Crops(Vec<Rgb>);

impl Crops {
    /// Every so many pictures of the larger set beside the checkout, or of the fixtures.
    pub(super) fn open() -> Result<Self, String> {
        let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let shared = top.join("../shared/data/people");
        let folder = if shared.exists() {
            shared
        } else {
            top.join("tests/fixtures/people")
        };
        let mut files = Vec::new();
        pictures(&folder, 0, &mut files);
        files.sort();
        let step = (files.len() / 24).max(1);
        let chosen = files.iter().step_by(step);
        let decoded = chosen.filter_map(|file| still::decode(&fs::read(file).ok()?).ok());
        let pictures: Vec<Rgb> = decoded.collect();
        if pictures.is_empty() {
            return Err(format!("no pictures in {}", folder.display()));
        }
        Ok(Self(pictures))
    }

    /// How many pictures.
    pub(super) fn pictures(&self) -> usize {
        self.0.len()
    }

    /// A crop: place, size and turn by chance, the same at every run.
    pub(super) fn crop(&self, at: usize, side: usize, signed: bool) -> Vec<f32> {
        let mut chance = Chance(at as u64 * 0x9e37 + side as u64);
        let picture = &self.0[at % self.0.len()];
        let (width, height) = (picture.width as f32, picture.height as f32);
        let (length, turn) = (width * chance.between(0.15, 1.2), chance.between(-0.6, 0.6));
        let patch = Patch {
            centre: [
                width * chance.between(0.1, 0.9),
                height * chance.between(0.1, 0.9),
            ],
            across: [length * turn.cos(), length * turn.sin()],
            mirrored: at.is_multiple_of(3),
        };
        picture.patch(&patch, side, if signed { SIGNED } else { UNIT })
    }
}

fn pictures(folder: &Path, deep: u8, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() && deep < 3 {
            pictures(&path, deep + 1, found);
        } else if path.extension().is_some_and(|kind| kind == "jpg") {
            found.push(path);
        }
    }
}

/// Numbers by chance (Knuth's MMIX), the same at every run.
struct Chance(u64);

impl Chance {
    fn between(&mut self, least: f32, most: f32) -> f32 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        least + (most - least) * ((self.0 >> 40) as f32 / (1u32 << 24) as f32)
    }
}

/// A table of CPU milliseconds: the whole frame converted, and only what the networks look at.
pub(super) fn conversions() -> String {
    let mut text = String::from(
        "\nFrom a camera's bytes (NV21, a quarter turn) to what a network looks at, CPU milliseconds, median\n\n\
         | frame | all colours | brightness | detector's 128 | mesh's 192, turned | two irises of 64 |\n|---|---|---|---|---|---|\n",
    );
    for (width, height) in [(640u32, 480u32), (1280, 720), (1920, 1080)] {
        let length = (width * height * 3 / 2) as usize;
        let bytes: Vec<u8> = (0..length)
            .map(|at| u8::try_from(at * 7 % 251).unwrap_or(0))
            .collect();
        let shape = FrameShape {
            rotation: Rotation::Clockwise270,
            mirrored: true,
            ..FrameShape::dense(width, height, PixelFormat::Nv21)
        };
        let Ok(frame) = Frame::new(&bytes, shape, 0) else {
            continue;
        };
        let (upright_width, upright_height) = (height as f32, width as f32);
        let patch = |side: f32, turn: f32| Patch {
            centre: [upright_width / 2.0, upright_height / 2.0],
            across: [side * turn.cos(), side * turn.sin()],
            mirrored: false,
        };
        let whole = patch(upright_height, 0.0);
        let face = patch(0.6 * upright_width, 0.15);
        let eye = patch(0.15 * upright_width, 0.15);
        let works: [&dyn Fn() -> usize; 5] = [
            &|| frame.rgb().pixels.len(),
            &|| frame.luma().pixels.len(),
            &|| frame.patch(&whole, 128, SIGNED).len(),
            &|| frame.patch(&face, 192, UNIT).len(),
            &|| frame.patch(&eye, 64, UNIT).len() + frame.patch(&eye, 64, UNIT).len(),
        ];
        let _ = write!(text, "| {width} × {height} ");
        for work in works {
            let times = (0..15).map(|_| {
                let start = cpu_ms();
                std::hint::black_box(work());
                cpu_ms() - start
            });
            let _ = write!(text, "| {:.2} ", median(times.collect()));
        }
        text.push_str("|\n");
    }
    text
}

//! Pictures in folders.

use std::path::{Path, PathBuf};

use quanshengshi_frame::luma::{Luma, brightness};

use crate::scan::Picture;

const ENDS: [&str; 4] = ["jpg", "jpeg", "png", "webp"];

/// The pictures in folders and below, by name.
pub(crate) fn pictures(folders: &[PathBuf]) -> impl Iterator<Item = Picture> + use<> {
    let mut files = Vec::new();
    for folder in folders {
        collect(folder, &mut files);
    }
    files.sort();
    files.into_iter().filter_map(|file| picture(&file))
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) {
    if let Ok(entries) = std::fs::read_dir(path) {
        for entry in entries.flatten() {
            collect(&entry.path(), files);
        }
    } else if path
        .extension()
        .is_some_and(|end| ENDS.iter().any(|known| end == *known))
    {
        files.push(path.to_owned());
    }
}

fn picture(file: &Path) -> Option<Picture> {
    Some(Picture {
        kind: file.parent()?.file_name()?.to_string_lossy().into_owned(),
        name: file.display().to_string(),
        luma: grey(file)?,
        text: std::fs::read_to_string(file.with_extension("txt")).ok(),
    })
}

/// As a camera would see it: what shines through is white.
fn grey(file: &Path) -> Option<Luma> {
    let picture = image::open(file).ok()?.to_rgba8();
    let on_white = |value: u8, opaque: u8| {
        let (value, opaque) = (u32::from(value), u32::from(opaque));
        ((value * opaque + 255 * (255 - opaque)) / 255) as u8
    };
    let pixels = picture.pixels().map(|pixel| {
        let [red, green, blue, opaque] = pixel.0;
        brightness(
            on_white(red, opaque),
            on_white(green, opaque),
            on_white(blue, opaque),
        )
    });
    Some(Luma {
        width: picture.width(),
        height: picture.height(),
        pixels: pixels.collect(),
    })
}

//! A contact sheet of what captures send: to be looked at.

use std::path::Path;

use quanshengshi_frame::rgb::Rgb;
use quanshengshi_frame::still;
use quanshengshi_presentations::recorded::sessions;
use quanshengshi_presentations::walk::{Presented, WalkError, Walker};

/// Size of one picture on the sheet.
const SIZE: [u32; 2] = [120, 160];
/// Pictures in a row and rows on the sheet.
const MOST: [usize; 2] = [14, 10];

/// One row a session that the phone let through: neutral still, then each prompt's peak and small
/// frames. As a JPEG, with the names of the rows.
pub(crate) fn sheet(folder: &Path) -> Result<(Vec<u8>, Vec<String>), WalkError> {
    let walker = Walker::load()?;
    let mut rows = Vec::new();
    let mut names = Vec::new();
    for session in sessions(&folder.join("sessions.json"))? {
        let presented = walker.present(folder, &session)?;
        if presented.captured && rows.len() < MOST[1] {
            names.push(format!("{} {}", session.id, presented.verdict.word()));
            rows.push(chosen(&presented));
        }
    }
    let width = SIZE[0] as usize * MOST[0];
    let mut pixels = vec![32u8; width * SIZE[1] as usize * rows.len() * 3];
    for (down, row) in rows.iter().enumerate() {
        for (along, picture) in row.iter().enumerate() {
            let picture = picture.resized(SIZE[0], SIZE[1]);
            let length = SIZE[0] as usize * 3;
            for (y, line) in picture.pixels.chunks_exact(length).enumerate() {
                let top = down * SIZE[1] as usize + y;
                let at = (top * width + along * SIZE[0] as usize) * 3;
                pixels[at..at + length].copy_from_slice(line);
            }
        }
    }
    let sheet = Rgb {
        width: width as u32,
        height: SIZE[1] * rows.len() as u32,
        pixels,
    };
    Ok((still::encode_jpeg(&sheet, 85).unwrap_or_default(), names))
}

/// The neutral still, then the peak and three small frames of each prompt.
fn chosen(presented: &Presented) -> Vec<Rgb> {
    let mut at = 1;
    let mut wanted = vec![0];
    for strip in &presented.strips {
        let last = at + strip;
        wanted.extend([at, at + 1, usize::midpoint(at, last), last]);
        at = last + 1;
    }
    wanted.truncate(MOST[0]);
    wanted
        .into_iter()
        .filter_map(|at| still::decode(presented.pictures.get(at)?).ok())
        .collect()
}

//! Whether a picture is good enough to judge, cheapest check first.

use quanshengshi_frame::patch::Picture;
use quanshengshi_protocol::refusal::RefusalCode;

use crate::cover::{covered_share, glare_share};
use crate::square::{Scaling, Square};
use crate::tracker::{Face, Seen};

/// What is wrong with a picture; at most one, the first found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Complaint {
    /// Too little light.
    Dark,
    /// Too much light.
    Bright,
    /// No face.
    Nobody,
    /// More than one face.
    Several,
    /// The face is too small.
    Far,
    /// The face is too large.
    Near,
    /// The face is not in the middle.
    OffCentre,
    /// The head is not straight.
    Tilt,
    /// The face is not sharp: hold still.
    Blur,
    /// Light on glasses hides an eye.
    Glare,
    /// A mask, or something else, covers the lower face.
    Occluded,
}

impl Complaint {
    /// Every complaint.
    pub const ALL: [Self; 11] = [
        Self::Dark,
        Self::Bright,
        Self::Nobody,
        Self::Several,
        Self::Far,
        Self::Near,
        Self::OffCentre,
        Self::Tilt,
        Self::Blur,
        Self::Glare,
        Self::Occluded,
    ];

    /// Its code in the table of texts (protocol 5.7).
    pub const fn code(self) -> RefusalCode {
        match self {
            Self::Dark => RefusalCode::QualityDark,
            Self::Bright => RefusalCode::QualityBright,
            Self::Nobody => RefusalCode::QualityNone,
            Self::Several => RefusalCode::QualityMultiple,
            Self::Far => RefusalCode::QualityFar,
            Self::Near => RefusalCode::QualityNear,
            Self::OffCentre => RefusalCode::QualityOffCentre,
            Self::Tilt => RefusalCode::QualityTilt,
            Self::Blur => RefusalCode::QualityBlur,
            Self::Glare => RefusalCode::QualityGlare,
            Self::Occluded => RefusalCode::QualityOccluded,
        }
    }
}

/// Limits of a good picture. Chosen on rendered persons (all five of the open half were in view) and on their
/// darkened, brightened, blurred and scaled copies; not tried on real cameras.
mod limit {
    /// Mean brightness of the whole picture, 0 to 255.
    pub(super) const DARK: f32 = 30.0;
    pub(super) const BRIGHT: f32 = 225.0;
    /// Mean brightness of the face; low enough for dark skin in ordinary light.
    pub(super) const FACE_DARK: f32 = 28.0;
    pub(super) const FACE_BRIGHT: f32 = 225.0;
    /// Width of the face over the width of the picture.
    pub(super) const FAR: f32 = 0.25;
    pub(super) const NEAR: f32 = 0.80;
    /// Distance of the face from the middle, over the width and the height of the picture.
    pub(super) const OFF_CENTRE: [f32; 2] = [0.20, 0.22];
    /// Degrees from straight; pitch has room for the offset of the person's face.
    pub(super) const YAW: f32 = 12.0;
    pub(super) const PITCH: f32 = 20.0;
    pub(super) const ROLL: f32 = 32.0;
    /// Energy of the second derivative over the variance of the face, per mille.
    pub(super) const SHARP: f32 = 40.0;
    /// Share of the pixels round an eye that are glare.
    pub(super) const GLARE: f32 = 0.10;
    /// Share of the skin's redness that is gone from all of the lower face.
    pub(super) const COVERED: f32 = 0.55;
}

/// So many pixels tell the light of a whole picture.
const LIGHT_PIXELS: u32 = 4096;

/// Side of the face patch in which light and sharpness are judged.
const PATCH: usize = 96;

/// Light of the whole picture: needs no network.
pub fn complaint_of_light(picture: &impl Picture) -> Option<Complaint> {
    let (width, height) = picture.size();
    let every = (width * height / LIGHT_PIXELS).isqrt().max(1);
    let light = picture.luma_of_every(every).pixels;
    let sum: u32 = light.iter().copied().map(u32::from).sum();
    let mean = sum as f32 / light.len().max(1) as f32;
    complaint_of_mean(mean, limit::DARK, limit::BRIGHT)
}

/// Who and where: a face of the right size in the middle.
pub fn complaint_of_place(picture: &impl Picture, seen: &Seen) -> Option<Complaint> {
    let face = match seen {
        Seen::Nobody => return Some(Complaint::Nobody),
        Seen::Several => return Some(Complaint::Several),
        Seen::One(face) => face,
    };
    let (least, most) = face.mesh.bounds();
    let (width, height) = picture.size();
    let (width, height) = (width as f32, height as f32);
    let share = (most.x - least.x).max((most.y - least.y) * 0.75) / width;
    let centre = least.middle(most);
    let off = [
        (centre.x / width - 0.5).abs(),
        (centre.y / height - 0.5).abs(),
    ];
    if share < limit::FAR {
        Some(Complaint::Far)
    } else if share > limit::NEAR {
        Some(Complaint::Near)
    } else if off[0] > limit::OFF_CENTRE[0] || off[1] > limit::OFF_CENTRE[1] {
        Some(Complaint::OffCentre)
    } else {
        None
    }
}

/// Whether the head is straight: asked only of the neutral pose.
pub fn complaint_of_pose(face: &Face) -> Option<Complaint> {
    let pose = face.pose;
    let straight = pose.yaw.abs() < limit::YAW
        && pose.pitch.abs() < limit::PITCH
        && pose.roll.abs() < limit::ROLL;
    (!straight).then_some(Complaint::Tilt)
}

/// Light and sharpness on the face itself.
pub fn complaint_of_surface(picture: &impl Picture, face: &Face) -> Option<Complaint> {
    let surface = Surface::of(picture, face);
    complaint_of_mean(surface.mean, limit::FACE_DARK, limit::FACE_BRIGHT)
        .or_else(|| (surface.sharpness < limit::SHARP).then_some(Complaint::Blur))
}

/// Whether something lies over the face.
pub fn complaint_of_cover(picture: &impl Picture, face: &Face) -> Option<Complaint> {
    if glare_share(picture, &face.mesh) > limit::GLARE {
        return Some(Complaint::Glare);
    }
    let covered = covered_share(picture, &face.mesh);
    covered
        .is_some_and(|share| share > limit::COVERED)
        .then_some(Complaint::Occluded)
}

/// Everything that is asked of a neutral picture.
pub fn complaint_of_neutral(picture: &impl Picture, seen: &Seen) -> Option<Complaint> {
    complaint_of_light(picture)
        .or_else(|| complaint_of_place(picture, seen))
        .or_else(|| match seen {
            Seen::One(face) => complaint_of_pose(face)
                .or_else(|| complaint_of_surface(picture, face))
                .or_else(|| complaint_of_cover(picture, face)),
            Seen::Nobody | Seen::Several => None,
        })
}

fn complaint_of_mean(mean: f32, dark: f32, bright: f32) -> Option<Complaint> {
    if mean < dark {
        Some(Complaint::Dark)
    } else if mean > bright {
        Some(Complaint::Bright)
    } else {
        None
    }
}

fn brightness([red, green, blue]: [f32; 3]) -> f32 {
    0.299 * red + 0.587 * green + 0.114 * blue
}

/// Brightness and sharpness of the face patch.
struct Surface {
    mean: f32,
    sharpness: f32,
}

impl Surface {
    /// The patch spans eyes to mouth, so background and hair have no say.
    fn of(picture: &impl Picture, face: &Face) -> Self {
        let around = face.mesh.square();
        let square = Square {
            side: around.side / 2.0,
            ..around
        };
        let values = square.read(picture, PATCH, Scaling::BYTES, false);
        let pixels = values.as_chunks::<3>().0.iter();
        let luma: Vec<f32> = pixels.copied().map(brightness).collect();
        let count = luma.len() as f32;
        let mean = luma.iter().sum::<f32>() / count;
        let variance = luma.iter().map(|value| (value - mean).powi(2)).sum::<f32>() / count;
        let mut energy = 0.0;
        for row in 1..PATCH - 1 {
            for column in 1..PATCH - 1 {
                let at = row * PATCH + column;
                let around = luma[at - 1] + luma[at + 1] + luma[at - PATCH] + luma[at + PATCH];
                energy += (4.0 * luma[at] - around).powi(2);
            }
        }
        let energy = energy / ((PATCH - 2) * (PATCH - 2)) as f32;
        Self {
            mean,
            sharpness: 1000.0 * energy / variance.max(1.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::Networks;
    use crate::tests::{clip, person, shared_person};
    use crate::tracker::Tracker;
    use quanshengshi_frame::rgb::Rgb;

    fn complaint(networks: &Networks, picture: &Rgb) -> Option<Complaint> {
        let seen = Tracker::default().look(networks, picture);
        complaint_of_neutral(picture, &seen)
    }

    fn mapped(picture: &Rgb, map: impl Fn(f32) -> f32) -> Rgb {
        let pixels = picture
            .pixels
            .iter()
            .map(|value| map(f32::from(*value)) as u8)
            .collect();
        Rgb {
            pixels,
            ..picture.clone()
        }
    }

    /// The picture shrunk or enlarged into its own size, moved by pixels, on a grey wall.
    fn placed(picture: &Rgb, scale: f32, right: i64, down: i64) -> Rgb {
        let (width, height) = (picture.width as f32 * scale, picture.height as f32 * scale);
        let small = picture.resized(width as u32, height as u32);
        let mut out = Rgb {
            pixels: vec![128; picture.pixels.len()],
            ..picture.clone()
        };
        let left = (i64::from(picture.width) - i64::from(small.width)) / 2 + right;
        let top = (i64::from(picture.height) - i64::from(small.height)) / 2 + down;
        for y in 0..i64::from(picture.height) {
            for x in 0..i64::from(picture.width) {
                let (from_x, from_y) = (x - left, y - top);
                if from_x >= 0
                    && from_y >= 0
                    && from_x < i64::from(small.width)
                    && from_y < i64::from(small.height)
                {
                    let from = (from_y * i64::from(small.width) + from_x) as usize * 3;
                    let to = (y * i64::from(picture.width) + x) as usize * 3;
                    out.pixels[to..to + 3].copy_from_slice(&small.pixels[from..from + 3]);
                }
            }
        }
        out
    }

    #[test]
    fn neutral_pictures_are_good_and_spoilt_ones_are_named() {
        let networks = Networks::load();
        for name in ["p01", "p09"] {
            let good = clip(&person(name).join("neutral")).remove(3);
            assert_eq!(complaint(&networks, &good), None, "{name}");
            let check = |picture: &Rgb, wanted: Complaint| {
                assert_eq!(complaint(&networks, picture), Some(wanted), "{name}");
            };
            check(&mapped(&good, |value| value * 0.12), Complaint::Dark);
            check(
                &mapped(&good, |value| 200.0 + value * 0.3),
                Complaint::Bright,
            );
            check(&placed(&good, 0.4, 0, 0), Complaint::Far);
            check(&placed(&good, 1.8, 0, 0), Complaint::Near);
            check(&placed(&good, 0.7, 80, 0), Complaint::OffCentre);
            let small = good.resized(good.width / 5, good.height / 5);
            check(&small.resized(good.width, good.height), Complaint::Blur);
            let turned = clip(&person(name).join("turn_left"));
            check(&turned[turned.len() / 2], Complaint::Tilt);
        }
    }

    #[test]
    fn skin_of_every_tuning_person_is_bright_and_sharp_enough() {
        let networks = Networks::load();
        for name in ["p01", "p03", "p04", "p07", "p09"] {
            let Some(folder) = shared_person(name) else {
                return;
            };
            for picture in clip(&folder.join("A_neutral")).iter().step_by(6) {
                let seen = Tracker::default().look(&networks, picture);
                let Seen::One(face) = &seen else {
                    panic!("{name} lost")
                };
                let surface = Surface::of(picture, face);
                println!(
                    "{name}: face {:.0}, sharpness {:.1}",
                    surface.mean, surface.sharpness
                );
                assert_eq!(complaint_of_neutral(picture, &seen), None, "{name}");
            }
        }
    }

    #[test]
    fn every_complaint_has_its_own_code() {
        let mut codes: Vec<&str> = Complaint::ALL
            .iter()
            .map(|item| item.code().code())
            .collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), Complaint::ALL.len());
    }
}

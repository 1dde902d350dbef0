//! Whether a face sits in a frame of straight edges: the border of a sheet or a screen.
//!
//! A print or a tablet that does not fill the picture shows its edges: nearly straight, nearly
//! level, round the face on every side. A room has edges too (a door, a shelf), but hardly on
//! three sides at once.

use quanshengshi_frame::rgb::Rgb;

use crate::mesh::Mesh;

/// Width to which the picture is shrunk.
const WIDTH: u32 = 120;
/// Largest slope of an edge, in pixels along for pixels across.
const SLOPE: f32 = 0.20;
/// Steps of the slope to each side.
const SLOPES: i32 = 8;
/// Brightness must change by so much over the edge, 0 to 255.
const CONTRAST: f32 = 14.0;

/// The share of its length on which the third-best of the four sides is a straight edge, 0 to 1.
pub fn border_share(picture: &Rgb, mesh: &Mesh) -> f32 {
    let scale = WIDTH as f32 / picture.width.max(1) as f32;
    let height = (picture.height as f32 * scale).round().max(1.0) as u32;
    let plane = Plane::of(&picture.resized(WIDTH, height));
    let (least, most) = mesh.bounds();
    let [left, top] = [least.x * scale, least.y * scale];
    let [right, bottom] = [most.x * scale, most.y * scale];
    let (wide, tall) = (right - left, bottom - top);
    let down = [top - 0.3 * tall, bottom + 0.1 * tall];
    let along = [left - 0.1 * wide, right + 0.1 * wide];
    let mut sides = [
        plane.best(false, [0.0, left - 0.05 * wide], down),
        plane.best(false, [right + 0.05 * wide, plane.size(false)], down),
        plane.best(true, [0.0, top - 0.25 * tall], along),
        plane.best(true, [bottom + 0.1 * tall, plane.size(true)], along),
    ];
    sides.sort_by(|a, b| b.total_cmp(a));
    sides[2]
}

struct Plane {
    width: usize,
    height: usize,
    luma: Vec<f32>,
}

impl Plane {
    fn of(picture: &Rgb) -> Self {
        let pixels = picture.pixels.as_chunks::<3>().0.iter();
        Self {
            width: picture.width as usize,
            height: picture.height as usize,
            luma: pixels
                .map(|[red, green, blue]| {
                    0.299 * f32::from(*red) + 0.587 * f32::from(*green) + 0.114 * f32::from(*blue)
                })
                .collect(),
        }
    }

    /// How far a place may lie across: rows for level edges, columns for upright ones.
    fn size(&self, level: bool) -> f32 {
        (if level { self.height } else { self.width }) as f32
    }

    fn at(&self, level: bool, across: f32, along: f32) -> Option<f32> {
        let (x, y) = if level {
            (along, across)
        } else {
            (across, along)
        };
        let inside = x >= 0.0 && y >= 0.0 && x < self.width as f32 && y < self.height as f32;
        inside.then(|| self.luma[y as usize * self.width + x as usize])
    }

    /// The best share of all edges that lie between two places across and run over a stretch.
    fn best(&self, level: bool, between: [f32; 2], over: [f32; 2]) -> f32 {
        let middle = f32::midpoint(over[0], over[1]);
        let steps = (over[1] - over[0]).max(0.0) as i32;
        let mut best = 0.0f32;
        for slope in -SLOPES..=SLOPES {
            let slope = SLOPE * slope as f32 / SLOPES as f32;
            let mut place = between[0].max(0.0);
            while place < between[1] {
                let (mut rises, mut falls) = (0, 0);
                for step in 0..steps {
                    let along = over[0] + step as f32;
                    let across = place + slope * (along - middle);
                    let pair = (
                        self.at(level, across - 1.5, along),
                        self.at(level, across + 1.5, along),
                    );
                    if let (Some(before), Some(after)) = pair {
                        rises += i32::from(after - before > CONTRAST);
                        falls += i32::from(before - after > CONTRAST);
                    }
                }
                best = best.max(rises.max(falls) as f32 / steps.max(1) as f32);
                place += 1.0;
            }
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::Networks;
    use crate::tests::{clip, person, shared_person};
    use crate::tracker::{Seen, Tracker};

    fn share(picture: &Rgb) -> f32 {
        let networks = Networks::load();
        let Seen::One(face) = Tracker::default().look(&networks, picture) else {
            panic!("no face");
        };
        border_share(picture, &face.mesh)
    }

    #[test]
    fn a_demo_person_on_a_held_sheet_has_a_border() {
        for name in ["p01", "p09"] {
            let plain = clip(&person(name).join("neutral")).remove(0);
            let small = plain.resized(plain.width * 3 / 4, plain.height * 3 / 4);
            let mut sheet = Rgb {
                pixels: vec![96; plain.pixels.len()],
                ..plain.clone()
            };
            let (left, top) = (plain.width / 8, plain.height / 8);
            for y in 0..small.height {
                let from = (y * small.width * 3) as usize;
                let to = (((y + top) * plain.width + left) * 3) as usize;
                let row = (small.width * 3) as usize;
                sheet.pixels[to..to + row].copy_from_slice(&small.pixels[from..from + row]);
            }
            let (without, with) = (share(&plain), share(&sheet));
            println!("{name}: {without:.2} in a room, {with:.2} on a sheet");
            assert!(with > 0.8 && without < 0.6, "{name} {without} {with}");
        }
    }

    #[test]
    fn rooms_have_none_and_rendered_sheets_and_tablets_have_one() {
        for (name, folder, held) in [
            ("p03", "A_neutral", false),
            ("p04", "A_neutral", false),
            ("p07", "A_neutral", false),
            ("p01", "A_neutral", false),
            ("p01", "B_neutral", false),
            ("p09", "A_neutral", false),
            ("p03", "attack_replay_bezel_turn_left", true),
            ("p04", "attack_replay_bezel_turn_left", true),
            ("p03", "attack_print_bent_turn_left", true),
            ("p01", "attack_print_flat_turn_left", true),
        ] {
            let Some(person) = shared_person(name) else {
                return;
            };
            let found = share(&clip(&person.join(folder))[0]);
            println!("{name} {folder}: {found:.2}");
            assert_eq!(found > 0.75, held, "{name} {folder} {found}");
        }
    }
}

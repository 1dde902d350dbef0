//! The puzzle's landscape: a snowfield with peaks, a river and the winter sun, drawn anew for
//! every puzzle from its seed.

use quanshengshi_frame::rgb::Rgb;

/// Width of the picture in its own units.
pub const WIDTH: u32 = 400;
/// Height of the picture.
pub const HEIGHT: u32 = 150;
/// Side of the square piece.
pub const PIECE: u32 = 56;
/// Pixels of a unit.
const SCALE: u32 = 2;

const SKY: [u8; 3] = [0xdc, 0xea, 0xe8];
const SUN: [u8; 3] = [0xff, 0xc6, 0x40];
const SNOW: [u8; 3] = [0xff, 0xff, 0xff];
const SHADE: [u8; 3] = [0xc3, 0xd5, 0xd1];
const FIELD: [u8; 3] = [0xf3, 0xf6, 0xf5];
const RIVER: [u8; 3] = [0x0b, 0x5d, 0x56];
const PINE: [u8; 3] = [0x1d, 0x6f, 0x63];
const EDGE: [u8; 3] = [0xff, 0xff, 0xff];

/// What a puzzle's pictures are drawn from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scene {
    /// The landscape.
    pub seed: u32,
    /// Left side of the dark square.
    pub x: u32,
    /// Its top.
    pub y: u32,
}

impl Scene {
    /// The whole picture with the dark square in it.
    pub fn landscape(&self) -> Rgb {
        let world = World::of(self.seed);
        draw(WIDTH, HEIGHT, |x, y| {
            let colour = world.colour(x, y);
            match self.inside(x, y) {
                Inside::No => colour,
                Inside::Edge => EDGE,
                Inside::Square => colour.map(|part| part / 2),
            }
        })
    }

    /// The piece that belongs into the square.
    pub fn piece(&self) -> Rgb {
        let world = World::of(self.seed);
        draw(PIECE, PIECE, |x, y| {
            let (x, y) = (x + f64::from(self.x), y + f64::from(self.y));
            match self.inside(x, y) {
                Inside::Edge => RIVER,
                Inside::No | Inside::Square => world.colour(x, y),
            }
        })
    }

    fn inside(&self, x: f64, y: f64) -> Inside {
        let (x, y) = (x - f64::from(self.x), y - f64::from(self.y));
        let side = f64::from(PIECE);
        if !(0.0..side).contains(&x) || !(0.0..side).contains(&y) {
            return Inside::No;
        }
        let depth = x.min(y).min(side - x).min(side - y);
        if depth < 2.0 {
            Inside::Edge
        } else {
            Inside::Square
        }
    }
}

enum Inside {
    No,
    Edge,
    Square,
}

fn draw(width: u32, height: u32, colour: impl Fn(f64, f64) -> [u8; 3]) -> Rgb {
    let (wide, high) = (width * SCALE, height * SCALE);
    let mut pixels = Vec::with_capacity((wide * high * 3) as usize);
    for y in 0..high {
        for x in 0..wide {
            let unit = f64::from(SCALE);
            let at = ((f64::from(x) + 0.5) / unit, (f64::from(y) + 0.5) / unit);
            pixels.extend_from_slice(&colour(at.0, at.1));
        }
    }
    Rgb {
        width: wide,
        height: high,
        pixels,
    }
}

/// A landscape: ridges as sums of waves, a sun, a river, some trees.
struct World {
    phases: [f64; 8],
    sun: (f64, f64),
    trees: [(f64, f64); 9],
}

impl World {
    fn of(seed: u32) -> Self {
        let mut state = u64::from(seed).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let mut next = move || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            f64::from(u32::try_from(state >> 40).unwrap_or(0)) / f64::from(1_u32 << 24)
        };
        Self {
            phases: std::array::from_fn(|_| next() * std::f64::consts::TAU),
            sun: (60.0 + next() * 280.0, 24.0 + next() * 18.0),
            trees: std::array::from_fn(|_| (next() * 400.0, 104.0 + next() * 34.0)),
        }
    }

    fn colour(&self, x: f64, y: f64) -> [u8; 3] {
        if let Some(colour) = self.tree(x, y) {
            return colour;
        }
        let p = &self.phases;
        let river = 128.0 + 10.0 * (x / 47.0 + p[4]).sin() + 5.0 * (x / 19.0 + p[5]).sin();
        if (y - river).abs() < 4.0 + 2.0 * (x / 90.0).sin() {
            return RIVER;
        }
        let field = 108.0 + 6.0 * (x / 70.0 + p[3]).sin();
        if y > field {
            return FIELD;
        }
        let ridge = 66.0
            - 26.0 * zigzag(x / 118.0 + p[0])
            - 12.0 * zigzag(x / 47.0 + p[1])
            - 4.0 * zigzag(x / 13.0 + p[2]);
        if y > ridge {
            // The side away from the light, and rock where the snow has slid off.
            let slope = zigzag((x + 3.0) / 118.0 + p[0]) - zigzag(x / 118.0 + p[0]);
            let rock = zigzag((x * 1.7 + y) / 17.0 + p[6]) > 0.72 && y > ridge + 9.0;
            return if slope < 0.0 || rock { SHADE } else { SNOW };
        }
        let far = (x - self.sun.0).hypot(y - self.sun.1);
        if far < 16.0 { SUN } else { SKY }
    }

    fn tree(&self, x: f64, y: f64) -> Option<[u8; 3]> {
        self.trees
            .iter()
            .any(|(foot_x, foot_y)| {
                let up = foot_y - y;
                (0.0..26.0).contains(&up) && (x - foot_x).abs() < (26.0 - up) * 0.3
            })
            .then_some(PINE)
    }
}

/// A wave with straight sides between -1 and 1, of period 2π.
fn zigzag(at: f64) -> f64 {
    let turn = (at / std::f64::consts::TAU).rem_euclid(1.0);
    4.0 * (turn - 0.5).abs() - 1.0
}

#[cfg(test)]
mod tests {
    use super::{PIECE, SCALE, Scene};

    #[test]
    fn the_piece_is_what_the_square_hides() {
        let scene = Scene {
            seed: 7,
            x: 150,
            y: 40,
        };
        let (landscape, piece) = (scene.landscape(), scene.piece());
        assert_eq!((landscape.width, landscape.height), (800, 300));
        for (x, y) in [(10, 10), (60, 30), (PIECE * SCALE - 8, 70)] {
            let dark = landscape.at(scene.x * SCALE + x, scene.y * SCALE + y);
            let bright = piece.at(x, y).map(|colour| colour.map(|part| part / 2));
            assert_eq!(dark, bright, "{x} {y}");
        }
    }

    #[test]
    fn another_seed_is_another_landscape() {
        let scene = |seed| Scene {
            seed,
            x: 150,
            y: 40,
        };
        assert_ne!(scene(1).landscape(), scene(2).landscape());
    }
}

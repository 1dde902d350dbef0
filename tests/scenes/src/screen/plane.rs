//! The screen as a plane in space, seen by a pinhole camera.

use quanshengshi_frame::rgb::Rgb;

use super::light::{Light, to_light};
use super::view::View;

/// Distance to the image plane in photo widths: the angle of a phone's main camera.
const FOCAL_WIDTHS: f32 = 1.1;
/// Part of the photo the screenshot fills at zoom 1.
const FILL: f32 = 0.92;
/// Width of the bezel in parts of the screenshot's width.
const BEZEL: f32 = 0.02;
const BEZEL_COLOUR: [u8; 3] = [26, 27, 30];
/// The wall behind the screen, from above to below.
const WALL: [[u8; 3]; 2] = [[112, 106, 98], [58, 54, 52]];

/// Where the camera stands: rays through photo pixels, as places on the screenshot.
struct Camera {
    /// The screen's axes in camera space: right, down, and away.
    axes: [[f32; 3]; 3],
    focal: f32,
    distance: f32,
    centre: (f32, f32),
    aim: (f32, f32),
}

impl Camera {
    fn new(screenshot: &Rgb, view: &View, width: usize, height: usize) -> Self {
        let (sw, sh) = (
            screenshot.width.max(1) as f32,
            screenshot.height.max(1) as f32,
        );
        let fit = (width as f32 / sw).min(height as f32 / sh);
        let scale = fit * FILL * view.zoom.max(0.01);
        let focal = FOCAL_WIDTHS * width as f32;
        Self {
            axes: axes(view),
            focal,
            distance: focal / scale,
            centre: (width as f32 / 2.0, height as f32 / 2.0),
            aim: (view.aim.0 * sw, view.aim.1 * sh),
        }
    }

    /// The place on the screenshot behind a photo pixel; none where the ray misses the plane.
    fn place(&self, x: f32, y: f32) -> Option<(f32, f32)> {
        let [right, down, away] = self.axes;
        let ray = [x - self.centre.0, y - self.centre.1, self.focal];
        let facing = dot(ray, away);
        if facing < 1e-3 {
            return None;
        }
        let reach = self.distance * away[2] / facing;
        let hit = [
            ray[0] * reach,
            ray[1] * reach,
            ray[2] * reach - self.distance,
        ];
        Some((self.aim.0 + dot(hit, right), self.aim.1 + dot(hit, down)))
    }
}

fn dot(a: [f32; 3], b: [f32; 3]) -> f32 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

/// The rotated unit axes: roll in the picture after yaw and pitch of the screen.
fn axes(view: &View) -> [[f32; 3]; 3] {
    let (sy, cy) = view.yaw_degrees.to_radians().sin_cos();
    let (sp, cp) = view.pitch_degrees.to_radians().sin_cos();
    let (sr, cr) = view.roll_degrees.to_radians().sin_cos();
    let turned = |[x, y, z]: [f32; 3]| {
        let (x, z) = (x * cy + z * sy, z * cy - x * sy);
        let (y, z) = (y * cp - z * sp, z * cp + y * sp);
        [x * cr - y * sr, x * sr + y * cr, z]
    };
    [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]].map(turned)
}

/// The light that reaches each photo pixel: four rays averaged, and the beat of the screen's
/// pixel grid taken along a single one.
pub(super) fn seen(screenshot: &Rgb, view: &View) -> Light {
    let (width, height) = (view.width.max(16) as usize, view.height.max(16) as usize);
    let camera = Camera::new(screenshot, view, width, height);
    let source = Light {
        width: screenshot.width as usize,
        height: screenshot.height as usize,
        pixels: screenshot
            .pixels
            .as_chunks::<3>()
            .0
            .iter()
            .map(|pixel| to_light(*pixel))
            .collect(),
    };
    let mut pixels = Vec::with_capacity(width * height);
    for y in 0..height {
        let wall = to_light(wall_colour(y as f32 / height as f32));
        for x in 0..width {
            let mut sum = [0.0; 3];
            for (dx, dy) in [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)] {
                let place = camera.place(x as f32 + dx, y as f32 + dy);
                let light = place.map_or(wall, |place| at_place(&source, place, wall));
                for (sum, light) in sum.iter_mut().zip(light) {
                    *sum += light / 4.0;
                }
            }
            if let Some(place) = camera.place(x as f32 + 0.5, y as f32 + 0.5)
                && view.moire > 0.0
            {
                sum = beaten(sum, place, view.moire);
            }
            pixels.push(sum);
        }
    }
    Light {
        width,
        height,
        pixels,
    }
}

fn wall_colour(down: f32) -> [u8; 3] {
    let [above, below] = WALL;
    std::array::from_fn(|plane| {
        let (above, below) = (f32::from(above[plane]), f32::from(below[plane]));
        (above + (below - above) * down) as u8
    })
}

fn at_place(source: &Light, (x, y): (f32, f32), wall: [f32; 3]) -> [f32; 3] {
    let (width, height) = (source.width as f32, source.height as f32);
    let rim = BEZEL * width;
    let outside = |rim: f32| x < -rim || y < -rim || x >= width + rim || y >= height + rim;
    if source.pixels.is_empty() || outside(rim) {
        wall
    } else if outside(0.0) {
        to_light(BEZEL_COLOUR)
    } else {
        source.between(x - 0.5, y - 0.5)
    }
}

/// Stripes of red, green and blue inside every screen pixel and dark lines between its rows,
/// sampled once a photo pixel: they alias to slow coloured waves, as on a real sensor.
fn beaten(light: [f32; 3], (x, y): (f32, f32), strength: f32) -> [f32; 3] {
    let turn = std::f32::consts::TAU;
    let row = (y * turn).cos();
    std::array::from_fn(|plane| {
        let stripe = (turn * (x + plane as f32 / 3.0)).cos();
        light[plane] * (1.0 + strength * (0.7 * stripe + 0.3 * row))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn screenshot() -> Rgb {
        Rgb {
            width: 200,
            height: 100,
            pixels: vec![255; 200 * 100 * 3],
        }
    }

    fn camera(yaw_degrees: f32) -> Camera {
        let view = View {
            yaw_degrees,
            pitch_degrees: 0.0,
            roll_degrees: 0.0,
            ..View::default()
        };
        Camera::new(&screenshot(), &view, 400, 400)
    }

    #[test]
    fn the_middle_of_the_photo_is_the_aim() {
        for yaw in [0.0, 20.0] {
            let (x, y) = camera(yaw).place(200.0, 200.0).unwrap();
            assert!(
                (x - 100.0).abs() < 0.01 && (y - 50.0).abs() < 0.01,
                "{x} {y}"
            );
        }
    }

    #[test]
    fn a_tilted_screen_is_smaller_where_it_is_farther() {
        let camera = camera(20.0);
        let left = camera.place(100.0, 200.0).unwrap().0;
        let right = camera.place(300.0, 200.0).unwrap().0;
        let (near, far) = (100.0 - left, right - 100.0);
        assert!((near - far).abs() > 1.0, "{near} {far}");
    }
}

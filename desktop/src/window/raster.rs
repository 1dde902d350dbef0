//! Draws meshes on the processor: the notes of a copy, and pictures of the screens on a machine without a display.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "places on a screen and bytes of a colour, held within their bounds"
)]

use std::collections::HashMap;

use eframe::egui::epaint::textures::TexturesDelta;
use eframe::egui::epaint::{ClippedPrimitive, ImageData, Mesh, Primitive, Vertex};
use eframe::egui::{Color32, ColorImage, Pos2, Rect, TextureId};
use quanshengshi_frame::rgb::Rgb;

/// The textures of a context.
#[derive(Default)]
pub(crate) struct Raster {
    textures: HashMap<TextureId, ColorImage>,
}

impl Raster {
    /// Keeps what changed.
    pub(crate) fn take(&mut self, delta: &TexturesDelta) {
        for (id, change) in delta
            .set
            .iter()
            .flat_map(|(id, all)| all.iter().map(move |it| (id, it)))
        {
            let ImageData::Color(image) = &change.image;
            match change.pos {
                None => {
                    self.textures.insert(*id, ColorImage::clone(image));
                }
                Some([left, top]) => {
                    let Some(whole) = self.textures.get_mut(id) else {
                        continue;
                    };
                    let wide = whole.size[0];
                    for (row, from) in image.pixels.chunks(image.size[0]).enumerate() {
                        let at = (top + row) * wide + left;
                        whole.pixels[at..at + from.len()].copy_from_slice(from);
                    }
                }
            }
        }
        for id in &delta.free {
            self.textures.remove(id);
        }
    }

    /// The picture of the meshes.
    pub(crate) fn draw(&self, meshes: &[ClippedPrimitive], width: u32, height: u32) -> Rgb {
        let mut pixels = vec![[255.0_f32; 3]; (width * height) as usize];
        for clipped in meshes {
            if let Primitive::Mesh(mesh) = &clipped.primitive {
                self.mesh(mesh, clipped.clip_rect, &mut pixels, width);
            }
        }
        let bytes = pixels
            .iter()
            .flatten()
            .map(|value| value.round().clamp(0.0, 255.0) as u8);
        Rgb {
            width,
            height,
            pixels: bytes.collect(),
        }
    }

    fn mesh(&self, mesh: &Mesh, clip: Rect, pixels: &mut [[f32; 3]], width: u32) {
        let Some(texture) = self.textures.get(&mesh.texture_id) else {
            return;
        };
        let height = pixels.len() as u32 / width;
        let screen = Rect::from_min_max(Pos2::ZERO, Pos2::new(width as f32, height as f32));
        for corners in mesh.indices.as_chunks::<3>().0 {
            let corners = corners.map(|index| mesh.vertices[index as usize]);
            let [a, b, c] = corners.map(|corner| corner.pos);
            let area = edge(a, b, c);
            if area == 0.0 {
                continue;
            }
            let around = Rect::from_points(&[a, b, c])
                .intersect(clip)
                .intersect(screen);
            if !around.is_positive() {
                continue;
            }
            for y in around.top().floor() as u32..around.bottom().ceil() as u32 {
                for x in around.left().floor() as u32..around.right().ceil() as u32 {
                    let at = Pos2::new(x as f32 + 0.5, y as f32 + 0.5);
                    let weights =
                        [edge(b, c, at), edge(c, a, at), edge(a, b, at)].map(|it| it / area);
                    let inside = weights.iter().all(|weight| *weight >= 0.0);
                    let (Some(pixel), true, true) = (
                        pixels.get_mut((y * width + x) as usize),
                        inside,
                        clip.contains(at),
                    ) else {
                        continue;
                    };
                    let color = shade(texture, &corners, weights);
                    for (under, over) in pixel.iter_mut().zip(color) {
                        *under = over + *under * (1.0 - color[3] / 255.0);
                    }
                }
            }
        }
    }
}

fn edge(a: Pos2, b: Pos2, at: Pos2) -> f32 {
    (b.x - a.x) * (at.y - a.y) - (b.y - a.y) * (at.x - a.x)
}

/// Colour times texture, premultiplied.
fn shade(texture: &ColorImage, corners: &[Vertex; 3], weights: [f32; 3]) -> [f32; 4] {
    let mix = |part: &dyn Fn(&Vertex) -> f32| -> f32 {
        corners
            .iter()
            .zip(weights)
            .map(|(corner, weight)| part(corner) * weight)
            .sum()
    };
    let uv = (mix(&|corner| corner.uv.x), mix(&|corner| corner.uv.y));
    let texel = texel(texture, uv);
    let mut color = [0.0; 4];
    for (channel, (value, sampled)) in color.iter_mut().zip(texel).enumerate() {
        *value = mix(&|corner| f32::from(corner.color.to_array()[channel])) * sampled / 255.0;
    }
    color
}

/// Bilinear.
fn texel(texture: &ColorImage, (u, v): (f32, f32)) -> [f32; 4] {
    let [wide, high] = texture.size;
    let (x, y) = (u * wide as f32 - 0.5, v * high as f32 - 0.5);
    let (right, below) = (x - x.floor(), y - y.floor());
    let at = |dx: f32, dy: f32| -> Color32 {
        let column = (x.floor() + dx).clamp(0.0, wide as f32 - 1.0) as usize;
        let row = (y.floor() + dy).clamp(0.0, high as f32 - 1.0) as usize;
        texture.pixels[row * wide + column]
    };
    let corners = [
        (at(0.0, 0.0), (1.0 - right) * (1.0 - below)),
        (at(1.0, 0.0), right * (1.0 - below)),
        (at(0.0, 1.0), (1.0 - right) * below),
        (at(1.0, 1.0), right * below),
    ];
    let mut sum = [0.0; 4];
    for (color, weight) in corners {
        for (value, part) in sum.iter_mut().zip(color.to_array()) {
            *value += f32::from(part) * weight;
        }
    }
    sum
}

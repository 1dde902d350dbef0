//! Signs in what the pictures show: whether a head turned, and whether the picture is one of a
//! picture.

use quanshengshi_face::border::border_share;
use quanshengshi_face::liveness::movement::Neutral;
use quanshengshi_face::planarity::{bend_percent, planarity_percent};
use quanshengshi_face::raster::raster_strength;

use crate::conduct::{Scene, View};
use crate::cue::{Cue, Measured};

/// Growth of the mouth ratio up to which a mouth counts as still.
const STILL_MOUTH: f32 = 0.12;
/// Stills that must have something to say of a raster: one alone may have seen one thing of a room.
const STILLS_OF_A_RASTER: usize = 2;
/// Degrees from which a turn is judged for depth.
const TURNED: f32 = 8.0;

/// The cues of geometry and surface. A cue that nothing can be said about is left out.
pub fn measure(scene: &Scene) -> Vec<Measured> {
    let mut found = turn_cues(scene);
    // A screen carries its raster through the whole capture: the weakest still counts.
    let rasters: Vec<f32> = scene
        .stills()
        .filter_map(|view| raster_strength(&view.picture, &view.face.mesh))
        .collect();
    let raster = rasters.iter().copied().min_by(f32::total_cmp);
    let raster = raster.filter(|_| rasters.len() >= STILLS_OF_A_RASTER);
    found.extend(raster.map(|value| Measured {
        cue: Cue::Raster,
        value,
    }));
    let border = border_share(&scene.neutral.picture, &scene.neutral.face.mesh);
    found.push(Measured {
        cue: Cue::Border,
        value: border,
    });
    found
}

/// Depth over the turned angle at the peaks of turns, the worst of them.
fn turn_cues(scene: &Scene) -> Vec<Measured> {
    let neutral = Neutral::of(&scene.neutral.face);
    let turned = scene
        .acts
        .iter()
        .filter(|act| act.prompt.is_turn())
        .map(|act| &act.peak)
        .filter(|view| (view.face.mouth - neutral.mouth).abs() < STILL_MOUTH);
    let mut worst: Option<[f32; 2]> = None;
    for View { face, .. } in turned {
        let degrees = (face.pose.yaw - neutral.pose.yaw).abs();
        if degrees < TURNED {
            continue;
        }
        let percent = [
            planarity_percent(&neutral.mesh, &face.mesh),
            bend_percent(&neutral.mesh, &face.mesh),
        ];
        let ratio = percent.map(|percent| percent.unwrap_or(0.0) / degrees);
        let before = worst.unwrap_or([f32::MAX; 2]);
        worst = Some([before[0].min(ratio[0]), before[1].min(ratio[1])]);
    }
    worst.map_or_else(Vec::new, |[flat, bent]| {
        vec![
            Measured {
                cue: Cue::Flat,
                value: flat,
            },
            Measured {
                cue: Cue::Bent,
                value: bent,
            },
        ]
    })
}

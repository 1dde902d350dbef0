//! Signs in the way the frames came: their times, and frames that came twice.

use std::collections::HashSet;

use quanshengshi_protocol::camera::Camera;
use quanshengshi_protocol::evidence::EvidenceHeader;

use crate::cue::{Cue, Measured};

/// What is known of the device beside the evidence itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Device {
    /// Whether somebody the portal trusts vouches for app and device.
    pub attested: bool,
}

/// The cues of the channel.
pub fn measure(header: &EvidenceHeader, device: Device) -> Vec<Measured> {
    let mut seen = HashSet::new();
    let again = header
        .links
        .iter()
        .filter(|link| !seen.insert(link.digest))
        .count();
    let mut steps: Vec<f64> = header
        .links
        .windows(2)
        .map(|pair| pair[1].t_ms.saturating_sub(pair[0].t_ms) as f64)
        .collect();
    steps.sort_by(f64::total_cmp);
    let count = steps.len().max(1) as f64;
    let mean = steps.iter().sum::<f64>() / count;
    let spread = (steps.iter().map(|step| (step - mean).powi(2)).sum::<f64>() / count).sqrt();
    let usual = steps.get(steps.len() / 2).copied().unwrap_or(1.0).max(1.0);
    let longest = steps.last().copied().unwrap_or(0.0);
    let yes = |it: bool| f32::from(u8::from(it));
    [
        (Cue::Frozen, again as f32 / header.links.len().max(1) as f32),
        (Cue::Steady, (spread / mean.max(1.0)) as f32),
        (Cue::Gap, (longest / usual) as f32),
        (Cue::OtherCamera, yes(header.camera == Camera::Other)),
        (Cue::Unattested, yes(!device.attested)),
    ]
    .map(|(cue, value)| Measured { cue, value })
    .to_vec()
}

//! Signs in the way the frames came: their times, and frames that came twice.

use std::collections::HashSet;

use quanshengshi_protocol::camera::Camera;
use quanshengshi_protocol::chain::ChainLink;
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
    let again = repeats(&header.links);
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

/// Frames that came before, byte for byte. Once in a row is forgiven: drivers that promise thirty
/// frames a second and have fifteen hand out each one twice. A still or a loop comes again and again.
fn repeats(links: &[ChainLink]) -> usize {
    let mut seen = HashSet::new();
    let mut before = None;
    let mut count = 0;
    for link in links {
        let is_new = seen.insert(link.digest);
        if !is_new && before == Some(link.digest) {
            // Forgiven this time; a third one is not.
            before = None;
            continue;
        }
        count += usize::from(!is_new);
        before = is_new.then_some(link.digest);
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;
    use quanshengshi_protocol::ids::Digest;

    fn repeats_of(frames: &[u8]) -> usize {
        let links: Vec<ChainLink> = frames
            .iter()
            .map(|frame| ChainLink {
                t_ms: 0,
                digest: Digest::of(&[*frame]),
            })
            .collect();
        repeats(&links)
    }

    #[test]
    fn a_driver_that_doubles_is_forgiven_a_still_and_a_loop_are_not() {
        assert_eq!(repeats_of(&[1, 2, 3, 4]), 0);
        assert_eq!(repeats_of(&[1, 1, 2, 2, 3, 3]), 0);
        assert_eq!(repeats_of(&[1, 1, 1, 1, 1, 1]), 4);
        assert_eq!(repeats_of(&[1, 2, 3, 1, 2, 3]), 3);
        assert_eq!(repeats_of(&[1, 1, 2, 2, 1, 1, 2, 2]), 4);
        assert_eq!(repeats_of(&[]), 0);
    }
}

//! Finder patterns by their likeness in grey, where no threshold keeps them whole.
//!
//! In a dark or a moved picture the runs of a row are torn, and a search for runs sees nothing, but
//! a person still sees the three squares: the eye compares areas. So does this: at every place and
//! for a few sizes, the means of a pattern's middle, its light ring, its dark ring and the light
//! around it. It costs more than a search for runs and knows a place less exactly; the grid that is
//! laid afterwards needs no more.

mod corners;
mod map;
mod sums;

use quanshengshi_frame::luma::Luma;

use crate::sighting::Sighting;

/// Places that may be a code, best first, dark and light ones; modules of 1.5 to 3 pixels.
pub(crate) fn sightings(picture: &Luma) -> Vec<Sighting> {
    let [dark, light] = map::candidates(picture);
    let mut found = corners::sightings(&dark, false);
    found.extend(corners::sightings(&light, true));
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    found.into_iter().map(|(_, sighting)| sighting).collect()
}

#[cfg(test)]
mod tests;
